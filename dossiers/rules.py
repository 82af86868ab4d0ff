"""Rules that law may change, as dated data: a dossier keeps the set in force at acceptance.

The sets stand in the database; a set may be entered only before its days begin and never
changes after, so what a process has read for a day holds for that day and every earlier one.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from dossiers.models import RuleBook
from procedures.statuses import ClockEffect


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Bộ quy tắc: the values of one decree and its circular of forms."""

    code: str
    in_force_from: date
    # Received after this hour, papers go to the agency at the start of the next working day.
    transfer_cutoff: time
    # How long after that opening the transfer still counts as "at the start of the day".
    transfer_grace_working_hours: Decimal
    # An online dossier must be accepted or refused within this time.
    acceptance_working_hours: Decimal
    # How often a supplement may be asked for, and within how many working days of reception.
    supplements_allowed: int
    supplement_within_working_days: Decimal
    # A supplement that has not come after so many days: handling may be stopped.
    supplement_waits_days: int
    # What the clock does while the citizen brings a supplement, or pays what the law asks.
    supplement_effect: ClockEffect
    payment_effect: ClockEffect
    # At the latest this many days before the promise runs out the apology must be there.
    apology_days_before: int
    receipt_form: str
    supplement_form: str
    refusal_form: str
    apology_form: str
    # Thông báo dừng giải quyết has no form before TT 03/2025.
    stop_form: str
    control_sheet_form: str
    register_form: str
    forms_of: str


@dataclass(frozen=True)
class Kind:
    """What a rule is called, how its text becomes a value, and how the value is said."""

    label: str
    parse: Callable[[str], Any]
    unit: str = ""

    def said(self, text: str) -> str:
        """The value in words."""
        if self.parse is ClockEffect:
            return str(ClockEffect(text).label)
        return f"{text} {self.unit}".strip() or "Không có"


def _amount(text: str) -> Decimal:
    value = Decimal(text.replace(",", "."))
    if not 0 < value <= 1000:
        raise ValueError(text)
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 1000:
        raise ValueError(text)
    return value


# By the field that each fills, in the order in which they are read.
KINDS: Mapping[str, Kind] = {
    "transfer_cutoff": Kind("Nhận sau giờ này thì chuyển ngày làm việc sau", time.fromisoformat),
    "transfer_grace_working_hours": Kind("“Đầu giờ” ngày làm việc sau kéo dài", _amount, "giờ"),
    "acceptance_working_hours": Kind("Trả lời hồ sơ trực tuyến trong", _amount, "giờ làm việc"),
    "supplements_allowed": Kind("Số lần yêu cầu bổ sung", _count, "lần"),
    "supplement_within_working_days": Kind(
        "Yêu cầu bổ sung kể từ khi tiếp nhận, trong", _amount, "ngày làm việc"
    ),
    "supplement_waits_days": Kind("Chờ bổ sung trước khi được dừng giải quyết", _count, "ngày"),
    "supplement_effect": Kind("Bổ sung xong thì thời hạn", ClockEffect),
    "payment_effect": Kind("Nộp tiền xong thì thời hạn", ClockEffect),
    "apology_days_before": Kind("Xin lỗi trước khi hết hạn ít nhất", _count, "ngày"),
    "receipt_form": Kind("Giấy tiếp nhận và hẹn trả", str),
    "supplement_form": Kind("Phiếu yêu cầu bổ sung", str),
    "refusal_form": Kind("Phiếu từ chối", str),
    "apology_form": Kind("Phiếu xin lỗi và hẹn lại", str),
    "stop_form": Kind("Thông báo dừng giải quyết", str),
    "control_sheet_form": Kind("Phiếu kiểm soát quá trình", str),
    "register_form": Kind("Sổ theo dõi", str),
    "forms_of": Kind("Văn bản ban hành mẫu", str),
}
_SHIPPED = Path(__file__).parent / "data" / "rule_sets.json"


def made_of(code: str, in_force_from: date, texts: Mapping[str, str]) -> RuleSet:
    """The set that these texts say; ValueError or ArithmeticError when one cannot be read."""
    values = {key: kind.parse(texts[key]) for key, kind in KINDS.items()}
    return RuleSet(code=code, in_force_from=in_force_from, **values)


def shipped_books() -> list[dict[str, Any]]:
    """The sets that come with the portal as they are written down: text, article, verified."""
    books: list[dict[str, Any]] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return books


def shipped() -> tuple[RuleSet, ...]:
    """The sets that come with the portal, the earliest first."""
    return tuple(
        made_of(
            book["code"],
            date.fromisoformat(book["in_force_from"]),
            {key: text for key, (text, *_) in book["values"].items()},
        )
        for book in shipped_books()
    )


class _Shelf(Mapping[str, RuleSet]):
    """The sets by code, as read for a day; asked for a later day they are read again."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Read again at the next question."""
        self._sets: tuple[RuleSet, ...] = ()
        self._until = date.min

    def on(self, day: date) -> tuple[RuleSet, ...]:
        """The sets, the earliest first, of which none that begins by this day is missing."""
        if day > self._until or not self._sets:
            self._sets, self._until = _read(), day
        return self._sets

    def __getitem__(self, code: str) -> RuleSet:
        for rules in self._sets:
            if rules.code == code:
                return rules
        # One that was entered since; the days for which the others are complete stay.
        self._sets = _read()
        for rules in self._sets:
            if rules.code == code:
                return rules
        raise KeyError(code)

    def __iter__(self) -> Iterator[str]:
        return iter([rules.code for rules in _read()])

    def __len__(self) -> int:
        return len(_read())


def _read() -> tuple[RuleSet, ...]:
    """From the database; a database without any answers with the shipped ones."""
    books = RuleBook.objects.in_order().prefetch_related("values")
    return (
        tuple(
            made_of(
                book.code,
                book.in_force_from,
                {value.key: value.text for value in book.values.all()},
            )
            for book in books
        )
        or shipped()
    )


BY_CODE = _Shelf()


def in_force_on(day: date) -> RuleSet:
    """The rule set that governs a dossier accepted on this day; ValueError before mid 2018.

    Not for days to come: a set may still be entered for them.
    """
    for rules in reversed(BY_CODE.on(day)):
        if rules.in_force_from <= day:
            return rules
    raise ValueError(f"Không có bộ quy tắc nào có hiệu lực vào ngày {day:%d/%m/%Y}.")
