"""Shape of what is sent for a bulk run: the marks of a list, then the whole question."""

import re
from typing import Any
from uuid import uuid4

from django import forms

from desk.bulk import Mark, Wanted
from desk.statuses import BulkAct
from organizations.models import User
from organizations.roles import Role

_MARK = re.compile(r"([A-Z0-9.]+-[0-9]{6}-[0-9]{4,7})~([0-9]{1,9})")
_BROKEN = "Danh sách hồ sơ đánh dấu không đúng. Hãy mở lại danh sách và đánh dấu lại."


class MarksField(forms.Field):
    """Marks as they stand in a page: `code~version`, parted by spaces."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> list[Mark]:
        """Each dossier once, in the order of the list."""
        found: dict[str, Mark] = {}
        for word in str(value or "").split():
            match = _MARK.fullmatch(word)
            if match is None:
                raise forms.ValidationError(_BROKEN, code="marks")
            found[match[1]] = Mark(code=match[1], version=int(match[2]))
        return list(found.values())

    def prepare_value(self, value: Any) -> Any:
        """Back into the text of the page."""
        if isinstance(value, list):
            return " ".join(f"{mark.code}~{mark.version}" for mark in value)
        return value


class BulkForm(forms.Form):
    """Việc hàng loạt: asked once more, with the consequence, before it begins."""

    act = forms.ChoiceField(
        choices=BulkAct.choices,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Hãy chọn việc cần làm.",
            "invalid_choice": "Việc này không làm hàng loạt được. Hãy mở lại danh sách.",
        },
    )
    marks = MarksField(
        error_messages={"required": "Chưa có hồ sơ nào được đánh dấu. Hãy đánh dấu hồ sơ."},
    )
    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy mở lại danh sách.",
            "invalid": "Biểu mẫu không đúng. Hãy mở lại danh sách.",
        },
    )
    officer = forms.ModelChoiceField(
        label="Công chức xử lý",
        queryset=User.objects.none(),
        required=False,
        empty_label="Chọn công chức",
        error_messages={
            "invalid_choice": "Người được chọn không còn là công chức của cơ quan. Hãy chọn lại."
        },
    )
    reason = forms.CharField(
        label="Lý do, ghi chú",
        help_text="Không bắt buộc; được ghi vào quá trình giải quyết của từng hồ sơ.",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission_key", uuid4())
        officer = self.fields["officer"]
        assert isinstance(officer, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
        officer.queryset = (
            User.objects.filter(
                is_active=True,
                memberships__role=Role.OFFICER,
                memberships__agency__in=actor.agency_ids_for(Role.HEAD),
            )
            .distinct()
            .order_by("full_name", "id")
        )

    def clean(self) -> dict[str, Any]:
        """Whoever assigns says to whom."""
        given = super().clean() or self.cleaned_data
        if given.get("act") == BulkAct.ASSIGN and not given.get("officer"):
            self.add_error("officer", "Hãy chọn công chức xử lý.")
        return given

    def wanted(self) -> Wanted:
        """The run as asked for, as plain values."""
        given = self.cleaned_data
        act = BulkAct(given["act"])
        return Wanted(
            act=act,
            marks=given["marks"],
            submission_key=given["submission_key"],
            officer=given["officer"] if act == BulkAct.ASSIGN else None,
            reason=given["reason"],
        )
