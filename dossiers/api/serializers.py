"""Shapes of what clients send; the rules stand in the acts."""

from typing import Any

from rest_framework import serializers

from dossiers.api.shapes import Moment, Shape, Text
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from dossiers.worklists import TABS
from notifications.statuses import ChannelPreference
from procedures.statuses import ChannelKind
from workdays.units import TimeUnit


def _optional(most: int) -> Text:
    return Text(max_length=most, required=False, default="", allow_blank=True)


class ApplicantInput(Shape):
    """Chủ hồ sơ và người được ủy quyền."""

    kind = serializers.ChoiceField(choices=ApplicantKind.choices)
    name = Text(max_length=200)
    identity_number = _optional(20)
    tax_code = _optional(20)
    phone = _optional(20)
    email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    address = _optional(300)
    delegate_name = _optional(200)
    delegate_identity_number = _optional(20)
    delegate_phone = _optional(20)
    contact_preference = serializers.ChoiceField(
        choices=ChannelPreference.choices, required=False, default=ChannelPreference.ANY
    )
    is_identity_verified = serializers.BooleanField(required=False, default=False)
    uses_population_data = serializers.BooleanField(required=False, default=False)


class PaperInput(Shape):
    """Một giấy tờ nộp; `scans` là tên các tệp gửi kèm trong biểu mẫu nhiều phần."""

    name = Text(max_length=2000)
    required_paper = serializers.IntegerField(required=False, default=None, allow_null=True)
    originals = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    copies = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    is_digitised = serializers.BooleanField(required=False, default=False)
    is_reused = serializers.BooleanField(required=False, default=False)
    is_from_store = serializers.BooleanField(required=False, default=False)
    scans = serializers.ListField(
        child=Text(max_length=200), required=False, default=list, max_length=20
    )


class FeeInput(Shape):
    """Phí, lệ phí; có `method` là đã thu."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=0, min_value=0)
    name = Text(max_length=200, required=False, default="Phí, lệ phí giải quyết hồ sơ")
    method = serializers.ChoiceField(
        choices=PaymentMethod.choices, required=False, default=None, allow_null=True
    )


class DossierInput(Shape):
    """Một hồ sơ như công dân nộp."""

    procedure = serializers.CharField(max_length=8, help_text="Mã thủ tục, ví dụ 1.001193.")
    agency = serializers.CharField(max_length=35, help_text="Mã định danh cơ quan giải quyết.")
    counter = serializers.IntegerField(help_text="Số của bộ phận một cửa, xem /me/.")
    channel = serializers.ChoiceField(choices=ChannelKind.choices)
    case = serializers.IntegerField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Số của trường hợp; bỏ trống khi hình thức nộp chỉ có một trường hợp.",
    )
    applicant = ApplicantInput()
    summary = _optional(500)
    sets = serializers.IntegerField(min_value=1, max_value=99, required=False, default=1)
    return_method = serializers.ChoiceField(
        choices=ReturnMethod.choices, required=False, default=ReturnMethod.COUNTER.value
    )
    return_address = _optional(300)
    papers = serializers.ListField(child=PaperInput(), required=False, max_length=200)
    fee = FeeInput(required=False, allow_null=True)
    submission_key = serializers.UUIDField(
        required=False,
        default=None,
        allow_null=True,
        help_text="Gửi lại cùng khóa thì nhận lại cùng hồ sơ, không tạo hồ sơ thứ hai.",
    )


class ScannedDossierInput(serializers.Serializer[Any]):
    """Hồ sơ kèm tệp quét; mỗi giấy tờ nêu tên tệp của mình trong `scans`."""

    dossier = serializers.CharField(help_text="JSON như khi tiếp nhận không kèm tệp.")
    scans = serializers.ListField(child=serializers.FileField(), required=False, max_length=100)


class RefusedDossierInput(DossierInput):
    """Hồ sơ bị từ chối ngay tại quầy."""

    reason = Text(max_length=5000)


class ActInput(serializers.Serializer[Any]):
    """Số phiên bản của hồ sơ mà người dùng đã xem; cũ thì bị từ chối."""

    version = serializers.IntegerField(required=False, default=None, min_value=0)


class AssignInput(ActInput):
    """Người được phân công, theo tên đăng nhập."""

    officer = serializers.CharField(max_length=60)


class ReasonInput(ActInput):
    """Lý do."""

    reason = Text(max_length=5000)


class ProposalInput(ActInput):
    """Ý kiến thẩm định."""

    opinion = Text(max_length=5000)


class DraftedProposalInput(ProposalInput):
    """Ý kiến thẩm định kèm dự thảo kết quả."""

    draft = serializers.FileField(required=False, default=None)


class ResultInput(ActInput):
    """Kết quả như đã ban hành; không kèm tệp thì bản dự thảo là bản đã ký."""

    number = Text(max_length=60)
    issued_date = serializers.DateField()
    signer_name = Text(max_length=120)
    signer_title = Text(max_length=120)


class SignedResultInput(ResultInput):
    """Kết quả kèm tệp đã ký."""

    file = serializers.FileField(required=False, default=None)


class HandoverInput(ActInput):
    """Ai nhận kết quả và nhận bằng cách nào."""

    recipient_name = Text(max_length=200)
    recipient_identity_number = _optional(20)
    return_method = serializers.ChoiceField(
        choices=ReturnMethod.choices, required=False, default=ReturnMethod.COUNTER.value
    )
    tracking_number = _optional(40)


class MissingInput(serializers.Serializer[Any]):
    """Một giấy tờ, nội dung còn thiếu."""

    name = Text(max_length=1000)
    originals = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    certified_copies = serializers.IntegerField(
        min_value=0, max_value=999, required=False, default=0
    )
    copies = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)


class SupplementInput(ReasonInput):
    """Mọi giấy tờ còn thiếu, ghi một lần."""

    items = serializers.ListField(child=MissingInput(), min_length=1, max_length=20)
    basis = _optional(300)


class BroughtInput(ActInput):
    """Số thứ tự trên phiếu yêu cầu của những giấy tờ mà người nộp mang đến."""

    items = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=20), min_length=1, max_length=20
    )


class WithdrawalInput(ActInput):
    """Số, ngày của văn bản xin rút hồ sơ; có thể kèm tệp quét."""

    reference = _optional(500)


class ScannedWithdrawalInput(WithdrawalInput):
    """Văn bản xin rút hồ sơ kèm tệp quét."""

    file = serializers.FileField(required=False, default=None)


class PaymentInput(ActInput):
    """Hình thức thanh toán của mọi khoản chưa thu."""

    method = serializers.ChoiceField(choices=PaymentMethod.choices)


class FileInput(ActInput):
    """Một tệp PDF, JPG hoặc PNG."""

    file = serializers.FileField()


class DossierQuery(serializers.Serializer[Any]):
    """Danh sách và bộ lọc, như trên trang."""

    tab = serializers.ChoiceField(required=False, choices=[(tab.key, tab.label) for tab in TABS])
    after = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `next`.")
    before = serializers.CharField(required=False, help_text="Con trỏ; dùng địa chỉ `previous`.")
    q = serializers.CharField(required=False, help_text="Mã, tên, số định danh hoặc điện thoại.")
    status = serializers.ListField(required=False, child=serializers.CharField())
    channel = serializers.ChoiceField(required=False, choices=ChannelKind.choices)
    agency = serializers.CharField(required=False, help_text="Mã định danh cơ quan.")
    procedure = serializers.CharField(required=False, help_text="Mã thủ tục.")
    accepted_after = serializers.DateField(required=False)
    accepted_before = serializers.DateField(required=False)
    due_after = serializers.DateField(required=False)
    due_before = serializers.DateField(required=False)
    resolved_after = serializers.DateField(required=False)
    resolved_before = serializers.DateField(required=False)


class DeadlineQuery(serializers.Serializer[Any]):
    """Một thời hạn để tính thử."""

    start = Moment()
    limit = serializers.DecimalField(max_digits=9, decimal_places=3)
    unit = serializers.ChoiceField(choices=TimeUnit.choices)
    agency = serializers.CharField(max_length=35, help_text="Tính theo lịch làm việc của cơ quan.")
    pause = serializers.ListField(
        child=serializers.CharField(max_length=80),
        required=False,
        default=list,
        max_length=100,
        help_text="Lần tạm dừng: hai thời điểm cách nhau bởi dấu /.",
    )
