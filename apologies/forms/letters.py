"""What a head enters about a letter, or about many; and what the public shows for checking."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from apologies.holding import LONGEST_REASON
from apologies.issuing import CODE_LENGTH
from dossiers.statuses import Fault
from organizations.forms.administration import offer
from organizations.forms.days import day_field
from organizations.models import Agency

# A letter weighs about 60 KB.
LARGEST_UPLOAD = 2 * 1024 * 1024
MONTHS_BACK = 24


class RevisionForm(forms.Form):
    """The revision that the person was looking at, sent back unseen."""

    revision = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class TextForm(RevisionForm):
    """Nội dung phiếu: reason, whose doing, the new day."""

    reason = forms.CharField(
        label="Lý do chậm",
        help_text="Người dân đọc câu này trên phiếu và trên trang công khai.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    fault = forms.ChoiceField(label="Nguyên nhân thuộc về", choices=Fault.choices)
    new_day = day_field("Ngày hẹn mới", "Ngày/tháng/năm, một ngày làm việc.")


class WithdrawalForm(RevisionForm):
    """Thu hồi phiếu."""

    reason = forms.CharField(
        label="Phiếu sai ở đâu, vì sao thu hồi",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ManyForm(forms.Form):
    """Ký nhiều phiếu: one reason for the drafts that have none."""

    reason = forms.CharField(
        label="Lý do chung cho các phiếu chưa ghi lý do",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput,
    )
    fault = forms.ChoiceField(label="Nguyên nhân thuộc về", choices=Fault.choices)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4(), "fault": Fault.AGENCY})
        super().__init__(*args, **kwargs)


class MonthForm(forms.Form):
    """Lập phiếu của một cơ quan trong một tháng: the last two years, this month first."""

    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    month = forms.TypedChoiceField(label="Tháng của ngày hẹn trả", coerce=date.fromisoformat)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agencies: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        offer(self, "agency", agencies)
        month = self.fields["month"]
        assert isinstance(month, forms.TypedChoiceField)  # noqa: S101 (tells mypy what it is)
        month.choices = [(f"{day:%Y-%m-%d}", f"{day:%m/%Y}") for day in _months(today)]


def _months(today: date) -> list[date]:
    """The first days of next month, this one, and those before."""
    last = today.year * 12 + today.month
    numbers = [last - 1, last, *range(last - 2, last - MONTHS_BACK - 1, -1)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


class CodeForm(forms.Form):
    """Mã xác minh as people type it: in small letters, with spaces."""

    code = forms.CharField(
        label="Mã xác minh in dưới mã QR của phiếu",
        help_text="16 chữ và số; gõ thường hay hoa, có cách hay không đều được.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The bare code, also out of a scanned address."""
        text = self.cleaned_data["code"].rstrip("/").rpartition("/")[2]
        code = re.sub(r"[\s-]", "", text).upper()
        if not re.fullmatch(rf"[A-Z0-9]{{{CODE_LENGTH}}}", code):
            raise forms.ValidationError(
                "Mã xác minh gồm 16 chữ và số, in dưới mã QR của phiếu. Hãy xem lại phiếu.",
                code="code",
            )
        return code


class FileForm(forms.Form):
    """Tệp PDF của phiếu."""

    file = forms.FileField(
        label="Tệp PDF của phiếu",
        help_text="Tệp chỉ được đọc để kiểm tra, không được lưu lại.",
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                "Tệp lớn hơn 2 MB nên không phải phiếu xin lỗi. Hãy chọn đúng tệp phiếu.",
                code="size",
            )
        content: bytes = upload.read()
        return content
