"""What can be received and what cannot: wrong cases, unknown units, impossible numbers."""

from collections.abc import Callable
from unicodedata import normalize

from django.core.exceptions import ValidationError

from dossiers import identity
from dossiers.requests import Applicant, Request
from dossiers.statuses import ReturnMethod
from procedures.models import Channel


class IntakeRefused(ValidationError):
    """The dossier cannot be received as entered."""


def check(request: Request) -> None:
    """Refuse what cannot be received: wrong case, unit unknown, nowhere to send the result."""
    if request.case is not None:
        _check_case(request.case, request)
    if not 1 <= request.sets <= 99:
        raise IntakeRefused("Số bộ hồ sơ phải từ 1 đến 99.", code="sets")
    if request.return_method == ReturnMethod.POST and not (
        request.return_address.strip() or request.applicant.address.strip()
    ):
        raise IntakeRefused(
            "Hãy nhập địa chỉ nhận kết quả khi trả qua dịch vụ bưu chính.", code="return_address"
        )


def _check_case(case: Channel, request: Request) -> None:
    if case.version_id != request.version.pk or case.kind != request.channel:
        raise IntakeRefused(
            "Trường hợp đã chọn không thuộc thủ tục hoặc hình thức nộp này. Hãy chọn lại.",
            code="case",
        )
    if case.lacks_unit:
        raise IntakeRefused(
            "Danh mục quốc gia in thời hạn của thủ tục này thiếu đơn vị nên chưa thể hẹn ngày. "
            "Hãy đề nghị quản trị xác nhận đơn vị ở mục Danh mục.",
            code="unit_unknown",
        )


def checked_applicant(who: Applicant) -> Applicant:
    """The applicant with tidied text and numbers that can be real; NumberRefused otherwise."""
    if not tidy(who.name):
        raise IntakeRefused(
            "Hãy nhập họ tên hoặc tên tổ chức của chủ hồ sơ.", code="applicant_name"
        )
    return Applicant(
        kind=who.kind,
        name=tidy(who.name),
        identity_number=_number(identity.personal_number, who.identity_number),
        tax_code=_number(identity.tax_code, who.tax_code),
        phone=_number(identity.phone_number, who.phone),
        email=tidy(who.email),
        address=tidy(who.address),
        delegate_name=tidy(who.delegate_name),
        delegate_identity_number=_number(identity.personal_number, who.delegate_identity_number),
        delegate_phone=_number(identity.phone_number, who.delegate_phone),
        contact_preference=who.contact_preference,
        is_identity_verified=who.is_identity_verified,
        uses_population_data=who.uses_population_data,
    )


def _number(tidied: Callable[[str], str], text: str) -> str:
    return tidied(text) if text.strip() else ""


def tidy(text: str) -> str:
    """One spelling for each letter, whatever the keyboard sent, and single spaces."""
    return " ".join(normalize("NFC", text).split())


def checked_reason(text: str) -> str:
    """The reason of a refusal, which nobody may leave out (NĐ 61/2018 Đ17(1))."""
    clean = normalize("NFC", text).strip()
    if not clean:
        raise IntakeRefused("Hãy ghi rõ lý do từ chối tiếp nhận.", code="reason")
    return clean
