"""What the forms of the calendar share: the grounds of an edit and its schedules."""

from typing import Any

from django import forms

from workdays.editing import Edit, Grounds
from workdays.models import WorkSchedule


class EditForm(forms.Form):
    """What every edit needs: its grounds; the version that was previewed travels unseen."""

    title = ""
    lead = ""
    decision = forms.CharField(
        label="Số quyết định, công văn, thông báo",
        help_text="Căn cứ sửa lịch, ví dụ 9441/TB-BNV.",
        max_length=100,
    )
    reason = forms.CharField(
        label="Lý do",
        help_text="Bắt buộc khi sửa ngày đã qua; ghi vào lịch sử của từng hồ sơ đổi ngày hẹn.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [name for name in self.fields if name not in EditForm.base_fields]
        self.order_fields([*own, *EditForm.base_fields])

    @property
    def questions(self) -> list[forms.BoundField]:
        """What the person is asked, apart from the hours, which have a table."""
        return self.visible_fields()

    @property
    def grounds(self) -> Grounds:
        """Why the calendar may change."""
        return Grounds(decision=self.cleaned_data["decision"], reason=self.cleaned_data["reason"])

    def edit(self) -> Edit:
        """The edit that was entered."""
        raise NotImplementedError


def schedules() -> Any:
    return WorkSchedule.objects.order_by("name", "id")


def offer(form: forms.Form, name: str, queryset: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
    field.queryset = queryset
