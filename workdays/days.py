"""Edits of single days: days off, make-up days, swaps, and the confirmation of provisional ones."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from workdays import loading, wording
from workdays.editing import EditRefused, Grounds, keep
from workdays.kinds import OBLIGATORY_WEEKDAYS, DayOffKind
from workdays.models import Holiday, MakeUpDay


@dataclass(frozen=True, kw_only=True)
class AddDayOff:
    """Thêm ngày nghỉ: a holiday, or a day off in compensation."""

    day: date
    kind: DayOffKind
    name: str
    is_provisional: bool = False

    @property
    def sentence(self) -> str:
        """What changes."""
        note = ", tạm tính" if self.is_provisional else ""
        return f"Thêm ngày nghỉ {wording.day(self.day)}: {self.name}{note}."

    @property
    def earliest_day(self) -> date:
        """The day itself."""
        return self.day

    def carry_out(self, grounds: Grounds) -> None:
        """Enter the day."""
        _check_named(self.name)
        _check_free(self.day)
        if self.kind != DayOffKind.HOLIDAY and self.day.isoweekday() not in OBLIGATORY_WEEKDAYS:
            raise EditRefused(
                f"{_capital(wording.day(self.day))} là ngày nghỉ hằng tuần nên không nghỉ bù hay "
                "hoán đổi vào ngày đó được. Hãy chọn một ngày trong tuần.",
                code="weekend",
            )
        keep(
            Holiday(
                date=self.day,
                kind=self.kind,
                name=self.name,
                decision=grounds.decision,
                is_provisional=self.is_provisional,
            )
        )


@dataclass(frozen=True, kw_only=True)
class AddMakeUpDay:
    """Thêm ngày làm bù for a day off that is already entered."""

    day: date
    replaces: date
    name: str

    @property
    def sentence(self) -> str:
        """What changes."""
        return f"Thêm ngày làm bù {wording.day(self.day)} cho {wording.day(self.replaces)}."

    @property
    def earliest_day(self) -> date:
        """The worked day; the replaced one is off already."""
        return self.day

    def carry_out(self, grounds: Grounds) -> None:
        """Enter the day."""
        _check_named(self.name)
        _check_free(self.day)
        if self.day.isoweekday() in OBLIGATORY_WEEKDAYS:
            raise EditRefused(
                f"{_capital(wording.day(self.day))} vốn là ngày làm việc. Hãy chọn thứ Bảy hoặc "
                "Chủ nhật để làm bù.",
                code="workday",
            )
        if not Holiday.objects.filter(date=self.replaces).exists():
            raise EditRefused(
                f"{_capital(wording.day(self.replaces))} chưa là ngày nghỉ nên chưa có gì để làm "
                "bù. Hãy dùng “Hoán đổi ngày làm việc” để nhập cả hai ngày.",
                code="nothing_replaced",
            )
        _check_not_made_up(self.replaces)
        keep(
            MakeUpDay(
                date=self.day,
                name=self.name,
                replaces_date=self.replaces,
                decision=grounds.decision,
            )
        )


@dataclass(frozen=True, kw_only=True)
class SwapDays:
    """Hoán đổi ngày làm việc: a weekday off and the weekend day worked for it, in one act."""

    day_off: date
    make_up: date

    @property
    def sentence(self) -> str:
        """What changes."""
        return (
            f"Hoán đổi: nghỉ {wording.day(self.day_off)}, làm bù vào {wording.day(self.make_up)}."
        )

    @property
    def earliest_day(self) -> date:
        """Whichever comes first."""
        return min(self.day_off, self.make_up)

    def carry_out(self, grounds: Grounds) -> None:
        """Enter both days, named as the government's notices name them."""
        off = AddDayOff(
            day=self.day_off,
            kind=DayOffKind.SWAPPED,
            name=f"Ngày nghỉ (hoán đổi với {self.make_up:%d/%m/%Y})",
        )
        worked = AddMakeUpDay(
            day=self.make_up,
            replaces=self.day_off,
            name=f"Làm bù cho ngày {self.day_off:%d/%m/%Y}",
        )
        off.carry_out(grounds)
        worked.carry_out(grounds)


@dataclass(frozen=True, kw_only=True)
class RemoveDay:
    """Bỏ một ngày: a swapped day goes together with the day that makes up for it."""

    day: date

    @property
    def sentence(self) -> str:
        """What changes."""
        days = " và ".join(f"{_kind_of(row)} {wording.day(row.date)}" for row in self._rows())
        return f"Bỏ {days}." if days else f"Bỏ {wording.day(self.day)}."

    @property
    def earliest_day(self) -> date:
        """The first of the days that go."""
        return min((row.date for row in self._rows()), default=self.day)

    def carry_out(self, grounds: Grounds) -> None:
        """Delete the day, and its partner."""
        rows = self._rows()
        if not rows:
            raise EditRefused(
                f"{_capital(wording.day(self.day))} không có trong lịch nghỉ và làm bù. "
                "Hãy chọn một ngày trong danh sách.",
                code="unknown_day",
            )
        for row in rows:
            row.delete()

    def _rows(self) -> list[Holiday | MakeUpDay]:
        worked = MakeUpDay.objects.filter(Q(date=self.day) | Q(replaces_date=self.day)).first()
        replaced = (worked.replaces_date if worked else None) or self.day
        off = Holiday.objects.filter(date__in={self.day, replaced}).first()
        if off and worked and off.date != self.day and off.kind != DayOffKind.SWAPPED:
            return [worked]
        return [row for row in (off, worked) if row]


@dataclass(frozen=True, kw_only=True)
class ConfirmDay:
    """Xác nhận ngày nghỉ tạm tính: the notice has come."""

    day: date

    @property
    def sentence(self) -> str:
        """What changes."""
        return f"Xác nhận ngày nghỉ {wording.day(self.day)}."

    @property
    def earliest_day(self) -> None:
        """The day was off already: nothing is counted anew."""
        return None

    def carry_out(self, grounds: Grounds) -> None:
        """Make the day definite."""
        confirmed = Holiday.objects.filter(date=self.day, is_provisional=True).update(
            is_provisional=False, decision=grounds.decision
        )
        if not confirmed:
            raise EditRefused(
                f"{_capital(wording.day(self.day))} không phải ngày nghỉ tạm tính nên không cần "
                "xác nhận. Hãy xem lại danh sách ngày nghỉ.",
                code="not_provisional",
            )


def _check_named(name: str) -> None:
    if not name.strip():
        raise EditRefused("Hãy nhập tên ngày nghỉ hoặc ngày làm bù.", code="name")


def _check_free(day: date) -> None:
    """A day is entered once, either as off or as worked, and year after year."""
    years = loading.known_years()
    if not years[0] <= day.year <= years[-1] + 1:
        raise EditRefused(
            f"Ngày {day:%d/%m/%Y} nằm ngoài lịch. Hãy nhập từ năm {years[0]} đến năm "
            f"{years[-1] + 1}, lần lượt từng năm.",
            code="beyond_calendar",
        )
    entered = Holiday.objects.filter(date=day).first() or MakeUpDay.objects.filter(date=day).first()
    if entered:
        raise EditRefused(
            f"{_capital(wording.day(day))} đã là {_kind_of(entered)} ({entered.name}). "
            "Nếu cần nhập lại, hãy bỏ ngày đó trước.",
            code="entered",
        )


def _check_not_made_up(day: date) -> None:
    other = MakeUpDay.objects.filter(replaces_date=day).first()
    if other:
        raise EditRefused(
            f"{_capital(wording.day(day))} đã được làm bù vào {wording.day(other.date)}. "
            "Hãy bỏ ngày làm bù đó trước.",
            code="made_up",
        )


def _kind_of(row: Holiday | MakeUpDay) -> str:
    return "ngày nghỉ" if isinstance(row, Holiday) else "ngày làm bù"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
