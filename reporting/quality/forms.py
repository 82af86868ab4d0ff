"""Forms of working through findings: shape only."""

from typing import Any

from django import forms

from organizations.forms.days import day_field
from organizations.models import Agency
from reporting.quality.campaigns import Plan
from reporting.statuses import FindingKind


class ExplainForm(forms.Form):
    """Giải trình: dữ liệu không sai."""

    reason = forms.CharField(
        label="Vì sao dữ liệu không sai",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi rõ vì sao dữ liệu không sai."},
    )


class ReopenForm(forms.Form):
    """Yêu cầu xem lại một giải trình."""

    reason = forms.CharField(
        label="Điều cần giải trình thêm",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Hãy ghi rõ điều cần giải trình thêm."},
    )


class CampaignForm(forms.Form):
    """Mở đợt làm sạch dữ liệu."""

    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy tải lại trang rồi thực hiện lại.",
            "invalid": "Biểu mẫu không đúng. Hãy tải lại trang rồi thực hiện lại.",
        },
    )
    name = forms.CharField(
        label="Tên đợt",
        max_length=200,
        error_messages={"required": "Hãy đặt tên cho đợt làm sạch."},
    )
    deadline = day_field("Hạn hoàn thành", name="hạn hoàn thành")
    kinds = forms.MultipleChoiceField(
        label="Loại dấu hiệu",
        choices=FindingKind.choices,
        initial=FindingKind.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một loại dấu hiệu."},
    )
    agencies = forms.ModelMultipleChoiceField(
        label="Cơ quan",
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        error_messages={"required": "Hãy chọn ít nhất một cơ quan."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agencies"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 (tells mypy)
        field.queryset = Agency.objects.active().in_order()

    @property
    def plan(self) -> Plan:
        """What a valid form asks."""
        given = self.cleaned_data
        return Plan(
            name=given["name"],
            kinds=[FindingKind(kind) for kind in given["kinds"]],
            agencies=list(given["agencies"]),
            deadline=given["deadline"],
            submission_key=given["submission_key"],
        )
