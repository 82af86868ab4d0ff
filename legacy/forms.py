"""Shape of what administrators send to take over an old system's export."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from legacy import ordering
from legacy.fields import FIELDS, NAMES_PROCEDURE, REQUIRED
from legacy.models import ImportRun, OldSystem
from organizations.models import Agency


class UploadForm(forms.Form):
    """Tải tệp của hệ thống cũ lên."""

    submission_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy mở lại trang.",
            "invalid": "Biểu mẫu không đúng. Hãy mở lại trang.",
        },
    )
    source = forms.CharField(
        label="Tên hệ thống cũ",
        max_length=100,
        help_text="Cùng một tên thì bảng ghép cột lần trước được dùng lại.",
    )
    agency = forms.ModelChoiceField(
        label="Cơ quan giải quyết của dòng không ghi cơ quan",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Không chọn: dòng đó không nhập được",
    )
    file = forms.FileField(
        label="Tệp Excel (.xlsx)",
        help_text="Không quá 50 MB và 200.000 dòng. Tệp được xóa sau 30 ngày.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission_key", uuid4())
        offered: Any = self.fields["agency"]
        offered.queryset = agencies
        self.fields["source"].widget.attrs["list"] = "old-systems"

    @property
    def systems(self) -> list[str]:
        """The names that were used before."""
        return list(OldSystem.objects.order_by("name").values_list("name", flat=True)[:50])


class MappingForm(forms.Form):
    """Ghép cột: for each field of ours the header of the file that holds it."""

    words = forms.CharField(
        label="Trạng thái riêng của hệ thống cũ",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một trạng thái và số của Cổng Dịch vụ công quốc gia, ví dụ: "
        "Đang thẩm định = 4. Các tên thường gặp đã có sẵn.",
    )

    def __init__(self, *args: Any, run: ImportRun, headers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("words", ordering.written_states(run.states))
        choices = [("", "Không có"), *((header, header) for header in dict.fromkeys(headers))]
        for key, field in FIELDS.items():
            self.fields[key] = forms.ChoiceField(
                label=_label(key, field.label),
                choices=choices,
                required=False,
                initial=run.columns.get(key, ""),
                error_messages={"invalid_choice": "Tệp không có cột này. Hãy chọn lại."},
            )
        self.order_fields([*FIELDS, "words"])

    def columns(self) -> Mapping[str, str]:
        """The header of each field that has one."""
        return {key: self.cleaned_data[key] for key in FIELDS if self.cleaned_data[key]}


def _label(key: str, label: str) -> str:
    if key in REQUIRED:
        return f"{label} (bắt buộc)"
    return f"{label} (cần mã hoặc tên)" if key in NAMES_PROCEDURE else label
