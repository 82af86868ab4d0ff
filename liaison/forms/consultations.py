"""Forms of asking, answering and withdrawing: shape only, no rules of state."""

from typing import Any

from django import forms

from dossiers.forms.acts import version_field
from dossiers.models import Attachment, Dossier
from liaison.asking import LONGEST_TEXT, Asked, Question
from liaison.models import TERM_UNITS
from liaison.statuses import AskingOrder, Verdict
from liaison.terms import Term
from organizations.models import Agency
from workdays.units import TimeUnit

# The rows of the page; a program may ask more agencies.
ROWS = (1, 2, 3)


class _LongText(forms.CharField):
    """A text of several lines, as long as the portal keeps."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=LONGEST_TEXT, widget=widget, **options)


class AskForm(forms.Form):
    """Lấy ý kiến."""

    version = version_field()
    content = _LongText(
        label="Nội dung lấy ý kiến",
        rows=4,
        help_text="Nêu rõ điều cần cơ quan phối hợp trả lời.",
        error_messages={"required": "Hãy ghi nội dung cần lấy ý kiến."},
    )
    order = forms.ChoiceField(
        label="Cách hỏi",
        choices=AskingOrder.choices,
        initial=AskingOrder.PARALLEL,
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(
        label="Hạn trả lời tính bằng",
        choices=[(unit.value, unit.label) for unit in TERM_UNITS],
        initial=TimeUnit.WORKING_DAY,
        help_text="Tính theo lịch làm việc của từng cơ quan; thời hạn của hồ sơ vẫn chạy.",
    )
    shared = forms.ModelMultipleChoiceField(
        label="Tệp gửi kèm",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cơ quan phối hợp chỉ mở được những tệp chọn ở đây.",
    )

    def __init__(self, *args: Any, dossier: Dossier, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.active().exclude(pk=dossier.agency_id).in_order()
        for number in ROWS:
            self.fields[f"agency_{number}"] = forms.ModelChoiceField(
                label=f"Cơ quan thứ {number}", queryset=agencies, required=number == 1,
                empty_label="Chọn cơ quan" if number == 1 else "Không có",
                error_messages={"required": "Hãy chọn cơ quan cần lấy ý kiến."},
            )  # fmt: skip
            self.fields[f"term_{number}"] = forms.IntegerField(
                label=f"Hạn trả lời của cơ quan thứ {number}",
                min_value=1, max_value=80, initial=days, required=number == 1,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        offered = self.fields["shared"]
        assert isinstance(offered, forms.ModelMultipleChoiceField)  # noqa: S101 (tells mypy)
        offered.queryset = dossier.attachments.order_by("pk")

    @property
    def agency_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Agency and term, side by side."""
        return [(self[f"agency_{number}"], self[f"term_{number}"]) for number in ROWS]

    def clean(self) -> dict[str, Any]:
        """An agency without a term has not been asked properly."""
        given: dict[str, Any] = super().clean() or {}
        for number in ROWS[1:]:
            unset = given.get(f"term_{number}") is None and f"term_{number}" not in self.errors
            if given.get(f"agency_{number}") and unset:
                self.add_error(f"term_{number}", "Hãy ghi hạn trả lời của cơ quan này.")
        return given

    @property
    def question(self) -> Question:
        """What a valid form asks."""
        given = self.cleaned_data
        unit = TimeUnit(given["unit"])
        asked = [
            Asked(agency=agency, term=Term(length=given[f"term_{number}"], unit=unit))
            for number in ROWS
            if (agency := given[f"agency_{number}"])
        ]
        return Question(
            content=given["content"],
            order=AskingOrder(given["order"]),
            agencies=asked,
            file_ids=[file.pk for file in given["shared"]],
        )


class AnswerForm(forms.Form):
    """Trả lời."""

    verdict = forms.ChoiceField(label="Ý kiến", choices=Verdict.choices, widget=forms.RadioSelect)
    answer = _LongText(
        label="Nội dung trả lời",
        rows=4,
        error_messages={"required": "Hãy ghi nội dung trả lời."},
    )
    file = forms.FileField(
        label="Văn bản trả lời",
        required=False,
        help_text="PDF, JPG hoặc PNG, nếu có.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class WithdrawForm(forms.Form):
    """Rút yêu cầu."""

    reason = forms.CharField(
        label="Lý do rút yêu cầu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi lý do rút yêu cầu để cơ quan phối hợp biết."},
    )
