"""Shape of what is sent to take a list out as a file."""

from typing import Any
from uuid import uuid4

from django import forms

from dossiers.columns import COLUMNS

USUAL = [column.key for column in COLUMNS if column.key not in {"first_due_at", "summary"}]


class ExportForm(forms.Form):
    """Xuất Excel: which columns of the list that was open."""

    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy mở lại danh sách.",
            "invalid": "Biểu mẫu không đúng. Hãy mở lại danh sách.",
        },
    )
    columns = forms.MultipleChoiceField(
        label="Các cột",
        choices=[(column.key, column.label) for column in COLUMNS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một cột để xuất.",
            "invalid_choice": "Có cột không còn. Hãy mở lại trang rồi chọn lại.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission_key", uuid4())
        self.initial.setdefault("columns", USUAL)
