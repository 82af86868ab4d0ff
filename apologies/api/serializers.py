"""Shapes of letters in the API: what is sent in, and what is told."""

from typing import Any

from rest_framework import serializers

from apologies.holding import LONGEST_REASON
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.statuses import Fault


class ApologyQuery(serializers.Serializer[Any]):
    """Danh sách nào: phiếu chờ người dùng ký, hoặc phiếu đã ký."""

    list = serializers.ChoiceField(choices=["to_sign", "signed"], default="to_sign")
    after = serializers.CharField(default="", allow_blank=True)
    before = serializers.CharField(default="", allow_blank=True)


class ApologyActInput(serializers.Serializer[Any]):
    """Lần sửa mà người dùng đang xem; bỏ trống thì không kiểm tra."""

    revision = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)


class ApologyTextInput(ApologyActInput):
    """Nội dung phiếu."""

    reason = serializers.CharField(max_length=LONGEST_REASON)
    fault = serializers.ChoiceField(choices=Fault.choices)
    new_day = serializers.DateField()


class ApologyWithdrawalInput(ApologyActInput):
    """Lý do thu hồi."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class ApologyOutput(serializers.ModelSerializer[ApologyLetter]):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả."""

    dossier = serializers.CharField(source="dossier.code")
    agency = serializers.CharField(source="agency.code")
    status = serializers.ChoiceField(choices=LetterStatus.choices)
    number = serializers.CharField(source="full_number", help_text="Rỗng khi còn là dự thảo.")
    sent_at = serializers.DateTimeField(
        allow_null=True, help_text="Có khi tệp PDF ký số đã xong: từ lúc này phiếu là đã gửi."
    )

    class Meta:
        model = ApologyLetter
        fields = (
            "id",
            "dossier",
            "agency",
            "status",
            "revision",
            "number",
            "year",
            "reason",
            "fault",
            "promised_at",
            "new_day",
            "signer_name",
            "signer_title",
            "signed_at",
            "sent_at",
            "verification_code",
            "withdrawn_at",
            "withdrawal_reason",
        )
        read_only_fields = fields


class ApologyList(serializers.Serializer[Any]):
    """Một trang phiếu."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ApologyOutput(many=True)
