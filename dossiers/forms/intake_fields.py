"""What stands on the intake form, field by field; numbers must be ones that can be real."""

from collections.abc import Callable
from typing import Any
from unicodedata import normalize

from django import forms

from dossiers import identity
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from notifications.statuses import ChannelPreference


class Words(forms.CharField):
    """Text in one spelling of each letter, whatever the keyboard sent."""

    def to_python(self, value: Any) -> str:
        """Composed before it is measured: some keyboards send a letter and its marks apart."""
        return normalize("NFC", str(super().to_python(value)))


class IntakeFields(forms.Form):
    """The fields of the intake; what can be chosen is set for each procedure by `IntakeForm`."""

    submission_key = forms.UUIDField(
        label="Biểu mẫu",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Biểu mẫu đã hỏng. Hãy gửi lại lần nữa."
        ),
    )
    version = forms.IntegerField(label="Phiên bản thủ tục", widget=forms.HiddenInput)

    counter = forms.TypedChoiceField(label="Bộ phận tiếp nhận")
    agency = forms.TypedChoiceField(label="Cơ quan giải quyết")
    channel = forms.ChoiceField(label="Hình thức nộp")
    case = forms.TypedChoiceField(label="Trường hợp", empty_value=None)

    applicant_kind = forms.ChoiceField(label="Chủ hồ sơ là", choices=ApplicantKind.choices)
    identity_number = Words(
        label="Số định danh cá nhân",
        max_length=30,
        required=False,
        help_text="Hoặc số chứng minh nhân dân, hộ chiếu.",
    )
    tax_code = Words(label="Mã số thuế", max_length=30, required=False)
    name = Words(label="Họ tên hoặc tên tổ chức", max_length=200)
    phone = Words(label="Số điện thoại", max_length=30, required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=254, required=False)
    contact_preference = forms.ChoiceField(
        label="Cách nhận thông báo",
        choices=ChannelPreference.choices,
        initial=ChannelPreference.ANY,
        required=False,
    )
    address = Words(label="Địa chỉ", max_length=300, required=False)
    is_identity_verified = forms.BooleanField(
        label="Danh tính đã xác thực (VNeID hoặc thẻ căn cước gắn chip)", required=False
    )
    uses_population_data = forms.BooleanField(
        label="Thông tin lấy từ Cơ sở dữ liệu quốc gia về dân cư", required=False
    )
    delegate_name = Words(label="Họ tên", max_length=200, required=False)
    delegate_identity_number = Words(label="Số định danh", max_length=30, required=False)
    delegate_phone = Words(label="Số điện thoại", max_length=30, required=False)
    summary = Words(
        label="Nội dung yêu cầu giải quyết",
        max_length=500,
        required=False,
        help_text="Để trống thì giấy tiếp nhận in tên thủ tục.",
    )

    sets = forms.IntegerField(
        label="Số bộ hồ sơ",
        min_value=1,
        max_value=99,
        initial=1,
        error_messages={
            "min_value": "Số bộ hồ sơ phải từ 1 đến 99.",
            "max_value": "Số bộ hồ sơ phải từ 1 đến 99.",
        },
    )
    fee_amount = forms.DecimalField(
        label="Phí, lệ phí (đồng)",
        min_value=0,
        max_digits=14,
        decimal_places=0,
        localize=True,
        required=False,
    )
    fee_method = forms.ChoiceField(
        label="Thu tiền", choices=[("", "Chưa thu"), *PaymentMethod.choices], required=False
    )
    return_method = forms.ChoiceField(label="Nhận kết quả", choices=ReturnMethod.choices)
    return_address = Words(
        label="Địa chỉ nhận kết quả",
        max_length=300,
        required=False,
        help_text="Để trống thì gửi đến địa chỉ của chủ hồ sơ.",
    )
    despite_duplicates = forms.BooleanField(
        label="Vẫn tiếp nhận: đây không phải hồ sơ nộp trùng", required=False
    )
    reason = Words(
        label="Lý do từ chối", required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def clean_identity_number(self) -> str:
        """A number that can be real."""
        return self._number("identity_number", identity.personal_number)

    def clean_tax_code(self) -> str:
        """A code whose check digit is right."""
        return self._number("tax_code", identity.tax_code)

    def clean_phone(self) -> str:
        """A number that can be dialled."""
        return self._number("phone", identity.phone_number)

    def clean_delegate_identity_number(self) -> str:
        """A number that can be real."""
        return self._number("delegate_identity_number", identity.personal_number)

    def clean_delegate_phone(self) -> str:
        """A number that can be dialled."""
        return self._number("delegate_phone", identity.phone_number)

    def _number(self, name: str, tidied: Callable[[str], str]) -> str:
        text = self.cleaned_data[name]
        return tidied(text) if text else ""
