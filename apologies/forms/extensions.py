"""What an officer enters to ask for a new day, and a head to decide: shape only."""

from django import forms

from apologies.extending import LONGEST_TEXT
from apologies.holding import LONGEST_REASON
from apologies.statuses import DelayReason
from dossiers.forms.acts import version_field
from dossiers.statuses import Fault
from organizations.forms.days import day_field


class _VersionForm(forms.Form):
    """The version of the dossier that the person was looking at, sent back unseen."""

    version = version_field()


def _day(label: str, name: str) -> forms.DateField:
    return day_field(label, "Ngày/tháng/năm, một ngày làm việc sau ngày hẹn cũ.", name=name)


class AskForm(_VersionForm):
    """Đề nghị gia hạn."""

    reason_kind = forms.ChoiceField(
        label="Lý do", choices=DelayReason.choices, widget=forms.RadioSelect
    )
    reason_text = forms.CharField(
        label="Nói rõ lý do",
        help_text="Câu này in trên phiếu xin lỗi và hiện trên trang công khai: không ghi tên ai.",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    fault = forms.ChoiceField(label="Nguyên nhân thuộc về", choices=Fault.choices)
    new_day = _day("Ngày đề nghị hẹn lại", "ngày đề nghị hẹn lại")


class AcceptForm(_VersionForm):
    """Đồng ý gia hạn: the day asked for, or another."""

    new_day = _day("Ngày hẹn mới", "ngày hẹn mới")


class RefusalForm(_VersionForm):
    """Không đồng ý gia hạn."""

    reason = forms.CharField(
        label="Lý do không đồng ý",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": "Hãy ghi lý do không đồng ý gia hạn để công chức biết phải làm gì."
        },
    )
