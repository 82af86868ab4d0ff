"""Forms of citizens: send a petition, follow it, rate a dossier. Shape only."""

from typing import Any
from uuid import uuid4

from django import forms

from feedback.statuses import Category, Satisfaction
from organizations.models import Agency
from procedures.models import Procedure

ACCEPTED_FILES = "application/pdf,image/jpeg,image/png"
_ONE_LINE = {"autocomplete": "off", "spellcheck": "false"}


def _asked(sentence: str) -> dict[str, str]:
    """What to say when nothing was entered."""
    return {"required": sentence}


def _file(label: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text="Ảnh chụp hoặc bản quét: PDF, JPG hoặc PNG; không bắt buộc.",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
    )


class PetitionForm(forms.Form):
    """Gửi phản ánh, kiến nghị."""

    agency = forms.ModelChoiceField(
        label="Cơ quan được phản ánh",
        queryset=Agency.objects.none(),
        to_field_name="code",
        empty_label="Chọn cơ quan",
        error_messages={
            "required": "Hãy chọn cơ quan được phản ánh.",
            "invalid_choice": "Cơ quan được chọn không còn hoạt động. Hãy chọn lại.",
        },
    )
    category = forms.ChoiceField(
        label="Phản ánh về việc gì",
        choices=[("", "Chọn nội dung"), *Category.choices],
        error_messages={
            "required": "Hãy chọn nội dung phản ánh.",
            "invalid_choice": "Nội dung được chọn không có trong danh mục. Hãy chọn lại.",
        },
    )
    dossier_code = forms.CharField(
        label="Mã hồ sơ",
        help_text="Nếu phản ánh về một hồ sơ; in trên giấy tiếp nhận, ví dụ H41.15-261122-0001.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_ONE_LINE | {"autocapitalize": "characters"}),
    )
    procedure = forms.ModelChoiceField(
        label="Mã thủ tục",
        help_text="Nếu phản ánh về một thủ tục, ví dụ 1.001193.",
        required=False,
        queryset=Procedure.objects.all(),
        to_field_name="code",
        widget=forms.TextInput(attrs=_ONE_LINE),
        error_messages={"invalid_choice": "Không có thủ tục với mã này. Hãy sửa mã hoặc để trống."},
    )
    subject = forms.CharField(
        label="Tiêu đề",
        help_text="Nói ngắn gọn việc gì, ví dụ: Hồ sơ chậm trả kết quả.",
        max_length=200,
        error_messages=_asked("Hãy ghi tiêu đề của phản ánh."),
    )
    content = forms.CharField(
        label="Nội dung",
        help_text="Việc gì đã xảy ra, khi nào, ở đâu, và ông/bà mong được giải quyết thế nào.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages=_asked("Hãy ghi nội dung phản ánh."),
    )
    file = _file("Tệp kèm theo")
    sender_name = forms.CharField(
        label="Họ và tên",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=_asked("Hãy ghi họ và tên người gửi."),
    )
    phone = forms.CharField(
        label="Số điện thoại",
        help_text="Ghi số điện thoại hoặc thư điện tử để nhận câu trả lời.",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(label="Địa chỉ", required=False, max_length=300)
    # The trap: people do not see it, programs fill whatever they find.
    website = forms.CharField(label="Hãy để trống ô này", required=False, max_length=200)
    stamp = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    submission_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
        field.queryset = Agency.objects.active().in_order()

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Ô này phải để trống. Hãy xóa nội dung rồi gửi lại.")
        return ""

    def clean_submission_key(self) -> Any:
        """A form without its key gets one: it may then be sent twice, but it is not lost."""
        return self.cleaned_data["submission_key"] or uuid4()


class FollowForm(forms.Form):
    """Theo dõi phản ánh: the code and the secret that the sender was shown."""

    code = forms.CharField(
        label="Mã phản ánh",
        help_text="Ví dụ PA-261122-K7QF3M.",
        max_length=40,
        widget=forms.TextInput(attrs=_ONE_LINE | {"autocapitalize": "characters"}),
        error_messages=_asked("Hãy nhập mã phản ánh."),
    )
    secret = forms.CharField(
        label="Mã bí mật",
        help_text="12 chữ cái và số được hiện ra khi gửi.",
        max_length=40,
        widget=forms.TextInput(attrs=_ONE_LINE | {"autocapitalize": "characters"}),
        error_messages=_asked("Hãy nhập mã bí mật."),
    )


class SupplementForm(forms.Form):
    """Bổ sung theo yêu cầu."""

    text = forms.CharField(
        label="Nội dung bổ sung",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=_asked("Hãy ghi nội dung bổ sung."),
    )
    file = _file("Tệp kèm theo")


class ComplainAgainForm(forms.Form):
    """Phản ánh lại."""

    reason = forms.CharField(
        label="Điều gì trong câu trả lời chưa thỏa đáng",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=_asked("Hãy ghi rõ điều gì trong câu trả lời chưa thỏa đáng."),
    )


def _level(label: str, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=Satisfaction.choices,
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect,
        error_messages=_asked("Hãy chọn mức độ hài lòng chung."),
    )


class RatingForm(forms.Form):
    """Đánh giá hài lòng: three questions at most, one of them asked for."""

    satisfaction = _level("Ông/bà hài lòng thế nào về việc giải quyết hồ sơ này?", required=True)
    attitude = _level("Thái độ phục vụ của cán bộ (không bắt buộc)", required=False)
    timing = _level("Thời gian giải quyết (không bắt buộc)", required=False)
    remark = forms.CharField(
        label="Góp ý thêm",
        help_text="Không bắt buộc. Xin đừng ghi số điện thoại hay số định danh.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
