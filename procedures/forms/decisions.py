"""The form of a decision (quyết định công bố): its head, its legal basis, the reason."""

from typing import Any

from django import forms

from organizations.forms.days import day_field
from procedures.parsing.wording import one_line, tidy
from procedures.publishing import Announcement
from procedures.statuses import PublisherLevel


class DecisionForm(forms.Form):
    """Quyết định công bố."""

    number = forms.CharField(
        label="Số, ký hiệu quyết định", max_length=60, help_text="Ví dụ 1234/QĐ-UBND."
    )
    issued_by = forms.CharField(
        label="Cơ quan ban hành", max_length=200, initial="Ủy ban nhân dân tỉnh"
    )
    level = forms.ChoiceField(
        label="Cấp công bố", choices=PublisherLevel.choices, initial=PublisherLevel.PROVINCE
    )
    issued_date = day_field("Ngày ban hành")
    effective_date = day_field(
        "Ngày có hiệu lực", "Thay đổi được áp dụng từ ngày này, ngày/tháng/năm."
    )
    basis = forms.CharField(
        label="Văn bản quy định thủ tục",
        max_length=300,
        help_text="Văn bản làm phát sinh việc công bố, ví dụ Nghị định 118/2025/NĐ-CP.",
    )
    basis_effective_date = day_field(
        "Ngày văn bản có hiệu lực", "Hạn công bố tính từ ngày này, ngày/tháng/năm."
    )
    is_shortened = forms.BooleanField(
        label="Văn bản ban hành theo trình tự, thủ tục rút gọn", required=False
    )
    note = forms.CharField(
        label="Nội dung thay đổi, lý do",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Một hai câu; nằm lại trong lịch sử của thủ tục.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def announcement(self) -> Announcement:
        """What was entered, as the acts take it."""
        given: dict[str, Any] = self.cleaned_data
        return Announcement(
            number=one_line(given["number"]),
            issued_by=one_line(given["issued_by"]),
            level=PublisherLevel(given["level"]),
            issued_date=given["issued_date"],
            effective_date=given["effective_date"],
            basis=one_line(given["basis"]),
            basis_effective_date=given["basis_effective_date"],
            is_shortened=given["is_shortened"],
            note=tidy(given["note"]),
        )
