"""Forms of the acts on a dossier, of search and of the public look-up: shape only."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms

from dossiers import settling
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from dossiers.statuses import ReturnMethod
from organizations.forms.days import day_field
from organizations.models import User
from organizations.roles import Role

ACCEPTED_FILES = "application/pdf,image/jpeg,image/png"


def asked(sentence: str) -> dict[str, str]:
    """What to say when nothing was entered."""
    return {"required": sentence}


def version_field() -> forms.IntegerField:
    """The version of the dossier that the person was looking at."""
    return forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Biểu mẫu không đầy đủ. Hãy tải lại trang rồi thực hiện lại.",
            "invalid": "Biểu mẫu không đúng. Hãy tải lại trang rồi thực hiện lại.",
        },
    )


class ActForm(forms.Form):
    """What every act sends: the version of the dossier that the person was looking at."""

    # Why the act cannot be done at this moment, though it is this person's.
    objection = ""
    # Does the act end the dossier without a result?
    is_final = False
    # A partial of its own, where a list of fields would not do.
    body = ""
    # Says in one sentence what follows from the act; shown above its button.
    consequence = ""
    version = version_field()

    def __init__(
        self, data: Any = None, files: Any = None, *, dossier: Dossier, actor: User, at: datetime
    ) -> None:
        self.dossier, self.actor, self.at = dossier, actor, at
        super().__init__(data, files, auto_id=f"id_{type(self).__name__.lower()}_%s")
        self.initial = self.suggested()

    def suggested(self) -> dict[str, Any]:
        """What is most likely to be entered."""
        return {}

    @property
    def questions(self) -> list[forms.BoundField]:
        """What the person is asked; the version travels unseen."""
        return [field for field in self if field.name != "version"]


class AcceptForm(ActForm):
    """Tiếp nhận hồ sơ nộp trực tuyến."""

    consequence = "Thời hạn giải quyết tính từ lúc tiếp nhận."


class TransferForm(ActForm):
    """Chuyển cơ quan giải quyết."""


class TakeForm(ActForm):
    """Nhận xử lý."""


class RefuseForm(ActForm):
    """Từ chối tiếp nhận."""

    is_final = True
    consequence = "Hồ sơ bị từ chối không mở lại được; người nộp phải nộp hồ sơ mới."
    reason = forms.CharField(
        label="Lý do từ chối",
        help_text="Ghi rõ căn cứ; lý do được in trên phiếu từ chối.",
        error_messages=asked("Hãy ghi rõ lý do từ chối tiếp nhận."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AssignForm(ActForm):
    """Phân công."""

    officer = forms.ModelChoiceField(
        label="Công chức xử lý",
        queryset=User.objects.none(),
        empty_label="Chọn công chức",
        error_messages={
            "required": "Hãy chọn công chức xử lý hồ sơ.",
            "invalid_choice": "Người được chọn không còn là công chức của cơ quan. Hãy chọn lại.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["officer"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells mypy what it is)
        field.queryset = User.objects.filter(
            is_active=True,
            memberships__role=Role.OFFICER,
            memberships__agency=self.dossier.agency_id,
        ).order_by("full_name", "id")


class ProposeForm(ActForm):
    """Trình phê duyệt."""

    opinion = forms.CharField(
        label="Ý kiến thẩm định",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=asked("Hãy ghi ý kiến thẩm định trước khi trình."),
    )
    draft = forms.FileField(
        label="Dự thảo kết quả",
        help_text="PDF, JPG hoặc PNG; không bắt buộc.",
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
    )


class SendBackForm(ActForm):
    """Trả lại để xử lý tiếp."""

    consequence = "Ngày hẹn trả cho người nộp không đổi."
    reason = forms.CharField(
        label="Nội dung cần xử lý tiếp",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=asked("Hãy ghi rõ nội dung cần xử lý tiếp."),
    )


class ApproveForm(ActForm):
    """Phê duyệt kết quả."""

    consequence = "Kết quả được chuyển về bộ phận một cửa để trả cho người nộp."
    number = forms.CharField(
        label="Số, ký hiệu kết quả",
        max_length=60,
        error_messages=asked("Hãy ghi số, ký hiệu của kết quả."),
    )
    issued_date = day_field("Ngày ban hành", name="ngày ban hành")
    signer_name = forms.CharField(
        label="Họ tên người ký", max_length=120, error_messages=asked("Hãy ghi họ tên người ký.")
    )
    signer_title = forms.CharField(
        label="Chức vụ người ký", max_length=120, error_messages=asked("Hãy ghi chức vụ người ký.")
    )
    file = forms.FileField(
        label="Tệp kết quả đã ký",
        help_text="PDF, JPG hoặc PNG. Để trống thì dự thảo sau cùng là kết quả.",
        required=False,
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED_FILES}),
    )

    def suggested(self) -> dict[str, Any]:
        """Today, signed by whoever approves."""
        return {
            "issued_date": local_date(self.at),
            "signer_name": self.actor.full_name,
            "signer_title": self.actor.title,
        }


class ReturnForm(ActForm):
    """Trả kết quả."""

    recipient_name = forms.CharField(
        label="Họ tên người nhận",
        max_length=200,
        error_messages=asked("Hãy ghi họ tên người nhận kết quả."),
    )
    recipient_identity_number = forms.CharField(
        label="Số định danh người nhận", max_length=20, required=False
    )
    method = forms.ChoiceField(
        label="Cách trả",
        choices=ReturnMethod.choices,
        error_messages=asked("Hãy chọn cách trả kết quả."),
    )
    tracking_number = forms.CharField(
        label="Số hiệu bưu gửi",
        help_text="Khi trả qua dịch vụ bưu chính.",
        max_length=40,
        required=False,
    )

    @cached_property
    def consequence(self) -> str:  # type: ignore[override]
        """What is still owed, said before the result is out of hand."""
        ends = "Hồ sơ kết thúc khi kết quả đã đến tay người nộp."
        if amount := settling.owed(self.dossier):
            return f"Còn {settling.in_words(amount)} phí, lệ phí chưa thu. {ends}"
        return ends

    def suggested(self) -> dict[str, Any]:
        """The delegate, or else the applicant, in the way that they asked for."""
        dossier = self.dossier
        if dossier.delegate_name:
            who = (dossier.delegate_name, dossier.delegate_identity_number)
        else:
            who = (dossier.applicant_name, dossier.identity_number)
        return {
            "recipient_name": who[0],
            "recipient_identity_number": who[1],
            "method": dossier.return_method,
        }


class AddFileForm(ActForm):
    """Thêm tệp."""

    upload = forms.FileField(
        label="Tệp",
        help_text="PDF, JPG hoặc PNG.",
        error_messages=asked("Hãy chọn tệp cần thêm."),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ACCEPTED_FILES}),
    )


class SearchForm(forms.Form):
    """Ô tìm kiếm."""

    q = forms.CharField(
        label="Mã hồ sơ, họ tên, số định danh hoặc điện thoại",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Hãy nhập mã hồ sơ, họ tên, số định danh hoặc điện thoại."},
    )


_DIGITS = {
    "inputmode": "numeric",
    "autocomplete": "off",
    "maxlength": "4",
    "pattern": "[0-9]{4}",
}


class DigitsForm(forms.Form):
    """Bốn số cuối điện thoại: proof enough to see the progress, and no more."""

    digits = forms.RegexField(
        label="Bốn số cuối điện thoại",
        help_text="Số điện thoại đã ghi trên giấy tiếp nhận.",
        regex=r"^[0-9]{4}\Z",
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={
            "required": "Hãy nhập bốn số cuối của số điện thoại.",
            "invalid": "Hãy nhập đúng bốn chữ số.",
        },
    )


class LookUpForm(forms.Form):
    """Tra cứu hồ sơ: the code, and the digits by who wants to see more."""

    code = forms.CharField(
        label="Mã hồ sơ",
        help_text="In trên giấy tiếp nhận, ví dụ H41.15-261122-0001.",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Hãy nhập mã hồ sơ in trên giấy tiếp nhận."},
    )
    digits = forms.RegexField(
        label="Bốn số cuối điện thoại",
        help_text="Không bắt buộc; nhập để xem từng bước giải quyết và ngày hẹn trả.",
        regex=r"^[0-9]{4}\Z",
        required=False,
        widget=forms.TextInput(attrs=_DIGITS),
        error_messages={"invalid": "Hãy nhập đúng bốn chữ số, hoặc để trống."},
    )
