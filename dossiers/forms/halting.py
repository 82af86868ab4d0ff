"""Forms of the acts that stop the clock, let it run again, or end it without a result."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms

from dossiers import endings, settling, supplements
from dossiers.files import Upload
from dossiers.forms.acts import ACCEPTED_FILES, ActForm, asked
from dossiers.forms.checklist import MOST_COPIES, ScansField
from dossiers.models import SupplementItem
from dossiers.statuses import PAUSED_STATUSES, PaymentMethod
from dossiers.supplements import MOST_ITEMS, Missing, Need

# Lines on the page before more are unfolded.
FIRST_LINES = 3
_LINES = 12
_COPIES = {"originals": "Chính", "certified_copies": "Chứng thực", "copies": "Chụp"}


def _long_text(label: str, *, required: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=asked(required),
    )


@dataclass(frozen=True)
class Line:
    """One line of what is missing, as the page draws it."""

    number: int
    name: forms.BoundField
    copies: list[forms.BoundField]


class RequestSupplementForm(ActForm):
    """Yêu cầu bổ sung hồ sơ: every missing paper at once."""

    body = "dossiers/_act_request_supplement.html"
    consequence = (
        "Chỉ được yêu cầu bổ sung một lần và qua bộ phận một cửa: hãy ghi mọi giấy tờ còn thiếu. "
        "Thời hạn tạm dừng cho đến khi nhận đủ."
    )
    reason = _long_text(
        "Lý do",
        required="Hãy ghi rõ lý do yêu cầu bổ sung.",
        help_text="Được in trên phiếu yêu cầu bổ sung.",
    )
    basis = forms.CharField(
        label="Căn cứ yêu cầu muộn",
        help_text="Chỉ khi quá thời hạn yêu cầu bổ sung: điều, khoản của pháp luật chuyên ngành.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, _LINES + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=f"Giấy tờ, nội dung {number}", required=False, max_length=1000
            )
            for kind, label in _COPIES.items():
                self.fields[f"{kind}_{number}"] = forms.IntegerField(
                    label=label,
                    min_value=0,
                    max_value=MOST_COPIES,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )

    @cached_property
    def objection(self) -> str:  # type: ignore[override]
        """Asked before, or too late whatever the sector's law says."""
        return supplements.objection_to_asking(self.dossier, at=self.at)

    @property
    def lines(self) -> list[Line]:
        """The lines that stand on the page."""
        return list(self._lines())[:FIRST_LINES]

    @property
    def more_lines(self) -> list[Line]:
        """The lines to unfold."""
        return list(self._lines())[FIRST_LINES:]

    @property
    def more_is_open(self) -> bool:
        """Is something entered or wrong below the fold?"""
        return any(
            field.value() or field.errors
            for line in self.more_lines
            for field in (line.name, *line.copies)
        )

    def _lines(self) -> Iterator[Line]:
        for number in range(1, _LINES + 1):
            yield Line(number, self[f"name_{number}"], [self[f"{k}_{number}"] for k in _COPIES])

    def clean(self) -> dict[str, Any]:
        """At least one line, and no number of copies without its paper."""
        given = super().clean() or self.cleaned_data
        for number in range(1, _LINES + 1):
            counted = any(given.get(f"{kind}_{number}") for kind in _COPIES)
            if counted and not given.get(f"name_{number}"):
                self.add_error(f"name_{number}", f"Hãy ghi tên giấy tờ ở dòng {number}.")
        if not self.errors and not any(given.get(f"name_{n}") for n in range(1, _LINES + 1)):
            self.add_error("name_1", "Hãy ghi ít nhất một giấy tờ hoặc nội dung còn thiếu.")
        return given

    def need(self) -> Need:
        """What the officer entered, as the act takes it."""
        given = self.cleaned_data
        items = [
            Missing(
                name=given[f"name_{number}"],
                **{kind: given.get(f"{kind}_{number}") or 0 for kind in _COPIES},
            )
            for number in range(1, _LINES + 1)
            if given[f"name_{number}"]
        ]
        return Need(items=items, reason=given["reason"], basis=given["basis"])


assert _LINES <= MOST_ITEMS  # noqa: S101 (the act would refuse a full page)


class ReceiveSupplementForm(ActForm):
    """Nhận hồ sơ bổ sung: each paper ticked, with its scans."""

    consequence = (
        "Còn thiếu giấy tờ thì hồ sơ vẫn chờ bổ sung. Nhận đủ thì thời hạn được tính tiếp và "
        "ngày hẹn trả được tính lại."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(
            SupplementItem.objects.filter(
                request__dossier=self.dossier,
                request__received_at__isnull=True,
                received_at__isnull=True,
            ).order_by("position")
        )
        for item in self.items:
            self.fields[f"item_{item.position}"] = forms.BooleanField(
                label=f"{item.position}. {item.name}", required=False
            )
            scans = ScansField(label="Tệp quét", required=False)
            scans.widget.attrs |= {"accept": ACCEPTED_FILES, "aria-label": f"Tệp quét {item.name}"}
            self.fields[f"scans_{item.position}"] = scans

    def clean(self) -> dict[str, Any]:
        """A scan without its tick is a slip of the hand: ask, never drop it."""
        given = super().clean() or self.cleaned_data
        for item in self.items:
            if given.get(f"scans_{item.position}") and not given.get(f"item_{item.position}"):
                self.add_error(
                    f"item_{item.position}",
                    "Có tệp quét nhưng chưa đánh dấu đã nhận. Hãy đánh dấu, hoặc bỏ tệp này.",
                )
        ticked = any(given.get(f"item_{item.position}") for item in self.items)
        if self.items and not self.errors and not ticked:
            first = f"item_{self.items[0].position}"
            self.add_error(first, "Hãy đánh dấu ít nhất một giấy tờ mà người nộp mang đến.")
        return given

    def brought(self) -> dict[int, list[Upload]]:
        """The ticked items with their scans."""
        given = self.cleaned_data
        return {
            item.position: given[f"scans_{item.position}"]
            for item in self.items
            if given[f"item_{item.position}"]
        }


class SettleFeesForm(ActForm):
    """Thu phí, lệ phí."""

    method = forms.ChoiceField(
        label="Hình thức thanh toán",
        choices=PaymentMethod.choices,
        error_messages=asked("Hãy chọn hình thức thanh toán."),
    )

    @cached_property
    def consequence(self) -> str:  # type: ignore[override]
        """How much, and what the payer gets."""
        amount = settling.in_words(settling.owed(self.dossier))
        return f"Thu {amount}; mỗi khoản được cấp một số biên lai của năm."


class PauseForm(ActForm):
    """Tạm dừng chờ nghĩa vụ tài chính."""

    consequence = "Thời hạn tạm dừng cho đến khi người nộp xuất trình chứng từ nộp tiền."
    reason = _long_text(
        "Nghĩa vụ tài chính",
        required="Hãy ghi rõ nghĩa vụ tài chính và số thông báo đã gửi người nộp.",
        help_text="Khoản phải nộp, số và ngày của thông báo nộp tiền.",
    )


class ResumeForm(ActForm):
    """Ghi nhận đã thực hiện nghĩa vụ tài chính."""

    consequence = "Thời hạn được tính tiếp; ngày hẹn trả được tính lại."
    reason = forms.CharField(
        label="Chứng từ nộp tiền",
        help_text="Số, ngày của chứng từ.",
        max_length=500,
        error_messages=asked("Hãy ghi chứng từ nộp tiền mà người nộp đã xuất trình."),
    )


class DeclineForm(ActForm):
    """Từ chối giải quyết."""

    is_final = True
    reason = _long_text(
        "Lý do từ chối giải quyết",
        required="Hãy ghi rõ lý do từ chối giải quyết.",
        help_text="Ghi rõ căn cứ; lý do được in trên phiếu từ chối.",
    )

    @property
    def consequence(self) -> str:  # type: ignore[override]
        """Final, and late when the promise has passed."""
        final = "Hồ sơ kết thúc không có kết quả; người nộp nhận lại giấy tờ."
        if self.dossier.due_at is not None and self.dossier.due_at < self.at:
            return f"{final} Hồ sơ đã quá ngày hẹn trả nên lần từ chối này được ghi là trễ hạn."
        return final


class StopForm(ActForm):
    """Dừng giải quyết."""

    is_final = True
    consequence = "Hồ sơ dừng hẳn; người nộp nhận lại giấy tờ và phải nộp hồ sơ mới nếu cần."

    @cached_property
    def objection(self) -> str:  # type: ignore[override]
        """The applicant still has time to bring what was asked for."""
        return endings.objection_to_stopping(self.dossier, at=self.at)

    reason = _long_text(
        "Lý do dừng giải quyết",
        required="Hãy ghi rõ lý do dừng giải quyết.",
        help_text="Ghi rõ căn cứ; lý do được in trên thông báo.",
    )


class WithdrawForm(ActForm):
    """Ghi nhận người nộp rút hồ sơ."""

    is_final = True
    reference = forms.CharField(
        label="Văn bản xin rút",
        help_text="Số, ngày của đơn; hoặc chọn tệp quét.",
        required=False,
        max_length=500,
    )
    file = forms.FileField(
        label="Tệp quét văn bản xin rút",
        help_text="PDF, JPG hoặc PNG.",
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
    )

    @property
    def consequence(self) -> str:  # type: ignore[override]
        """Final; a pause ends with it."""
        waits = " Lần tạm dừng kết thúc." if self.dossier.status in PAUSED_STATUSES else ""
        return f"Hồ sơ kết thúc theo yêu cầu của người nộp; giấy tờ được trả lại.{waits}"
