"""Forms of proposing a correction and of deciding it: shape only."""

from datetime import datetime
from typing import Any

from django import forms

from dossiers.correcting import Claim
from dossiers.deadlines import HERE
from dossiers.forms.acts import ACCEPTED_FILES, asked, version_field
from dossiers.forms.hours import TIMES
from dossiers.statuses import MomentKind
from organizations.forms.days import day_field

_LONGEST = 2000


class CorrectionForm(forms.Form):
    """Đề nghị đính chính một mốc."""

    version = version_field()
    moment = forms.ChoiceField(
        label="Mốc cần đính chính",
        widget=forms.RadioSelect,
        error_messages=asked("Hãy chọn mốc cần đính chính."),
    )
    true_day = day_field("Ngày thực tế", name="ngày thực tế")
    true_time = forms.TimeField(
        label="Giờ thực tế",
        help_text="Giờ:phút, ví dụ 14:30.",
        input_formats=TIMES,
        widget=forms.TimeInput(
            format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Hãy ghi giờ thực tế.",
            "invalid": "Hãy ghi giờ thực tế theo dạng giờ:phút, ví dụ 14:30.",
        },
    )
    reason = forms.CharField(
        label="Lý do đính chính",
        help_text="Vì sao hệ thống ghi khác thực tế.",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=asked("Hãy ghi rõ lý do đính chính."),
    )
    reference = forms.CharField(
        label="Văn bản chứng minh",
        help_text="Số, ngày văn bản, trang sổ theo dõi… nếu không tải tệp lên.",
        max_length=300,
        required=False,
    )
    evidence = forms.FileField(
        label="Tệp chứng minh",
        help_text="PDF, JPG hoặc PNG.",
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
    )

    def __init__(self, *args: Any, offered: list[tuple[MomentKind, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["moment"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (tells mypy what it is)
        field.choices = [(moment.value, words) for moment, words in offered]
        if len(offered) == 1:
            field.initial = offered[0][0].value

    @property
    def claim(self) -> Claim:
        """What a valid form says."""
        given = self.cleaned_data
        true_at = datetime.combine(given["true_day"], given["true_time"], HERE)
        return Claim(
            moment=MomentKind(given["moment"]),
            true_at=true_at,
            reason=given["reason"],
            reference=given["reference"],
            evidence=given["evidence"],
        )


class AcceptCorrectionForm(forms.Form):
    """Chấp nhận."""

    note = forms.CharField(
        label="Ý kiến (không bắt buộc)",
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefuseCorrectionForm(forms.Form):
    """Không chấp nhận."""

    note = forms.CharField(
        label="Vì sao không chấp nhận",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=asked("Hãy ghi rõ vì sao không chấp nhận để người đề nghị biết."),
    )
