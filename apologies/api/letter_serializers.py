"""Shapes of what clients of letters, runs and notices send and get."""

from typing import Any

from rest_framework import serializers

from apologies.api.extension_serializers import PageQuery
from apologies.holding import LONGEST_REASON
from apologies.statuses import Authority, Drafted, LetterStatus, NoticeKind, Outcome
from dossiers.statuses import Fault
from organizations.api.serializers import AgencyName


class LettersQuery(PageQuery):
    """Tình trạng và trang."""

    status = serializers.ChoiceField(choices=LetterStatus.choices, required=False)


class LetterOutput(serializers.Serializer[Any]):
    """Một phiếu xin lỗi và hẹn lại."""

    id = serializers.IntegerField(source="pk")
    code = serializers.CharField(source="dossier.code")
    agency = AgencyName()
    status = serializers.ChoiceField(choices=LetterStatus.choices)
    revision = serializers.IntegerField(help_text="Gửi lại khi ký, sửa hoặc thu hồi.")
    reason = serializers.CharField()
    fault = serializers.ChoiceField(choices=Fault.choices)
    promised_at = serializers.DateTimeField()
    new_day = serializers.DateField(allow_null=True)
    number = serializers.CharField(source="full_number")
    signed_at = serializers.DateTimeField(allow_null=True)
    signer_name = serializers.CharField()
    signer_title = serializers.CharField()
    authority = serializers.ChoiceField(choices=Authority.choices, allow_blank=True)
    sent_at = serializers.DateTimeField(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawal_reason = serializers.CharField()
    verification_code = serializers.CharField(allow_null=True)


class LetterList(serializers.Serializer[Any]):
    """Một trang phiếu."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = LetterOutput(many=True)


class RevisionInput(serializers.Serializer[Any]):
    """Lần sửa mà người dùng đã xem; cũ thì bị từ chối."""

    revision = serializers.IntegerField(required=False, default=None, min_value=0)


class ReviseInput(RevisionInput):
    """Nội dung mới của dự thảo."""

    reason = serializers.CharField(max_length=LONGEST_REASON)
    fault = serializers.ChoiceField(choices=Fault.choices)
    new_day = serializers.DateField(help_text="Một ngày làm việc sau ngày hẹn cũ.")


class WithdrawLetterInput(RevisionInput):
    """Thu hồi phiếu sai."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class MarkedLetter(RevisionInput):
    """Một phiếu trong đợt ký."""

    id = serializers.IntegerField(min_value=1)


class SigningRunInput(serializers.Serializer[Any]):
    """Ký nhiều phiếu; gửi lại cùng một key thì được đợt đã có."""

    key = serializers.UUIDField()
    letters = MarkedLetter(many=True, allow_empty=False)
    reason = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=LONGEST_REASON
    )
    fault = serializers.ChoiceField(choices=Fault.choices, default=Fault.AGENCY)


class SignedItem(serializers.Serializer[Any]):
    """Kết quả ký một phiếu."""

    letter = serializers.IntegerField(source="letter_id")
    code = serializers.CharField(source="letter.dossier.code")
    number = serializers.CharField(source="letter.full_number")
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    refusal = serializers.CharField()
    sent_at = serializers.DateTimeField(source="letter.sent_at", allow_null=True)


class SigningRunOutput(serializers.Serializer[Any]):
    """Một đợt ký."""

    id = serializers.IntegerField(source="run.pk")
    asked_at = serializers.DateTimeField(source="run.asked_at")
    is_over = serializers.BooleanField(source="progress.is_over")
    total = serializers.IntegerField(source="progress.total")
    waiting = serializers.IntegerField(source="progress.waiting")
    signed = serializers.IntegerField(source="progress.signed")
    refused = serializers.IntegerField(source="progress.refused")
    sent = serializers.IntegerField(source="progress.sent", help_text="Đã có PDF ký số và đã gửi.")
    items = SignedItem(source="progress.items", many=True)


class DraftingRunInput(serializers.Serializer[Any]):
    """Lập phiếu của một tháng; gửi lại cùng một key thì được đợt đã có."""

    key = serializers.UUIDField()
    agency = serializers.CharField(help_text="Mã định danh cơ quan.")
    month = serializers.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", help_text="2026-11")


class DraftedItem(serializers.Serializer[Any]):
    """Kết quả lập phiếu cho một hồ sơ."""

    code = serializers.CharField(source="dossier.code")
    letter = serializers.IntegerField(source="letter_id", allow_null=True)
    outcome = serializers.ChoiceField(choices=Drafted.choices)
    why_not = serializers.CharField()
    is_drawn = serializers.BooleanField(help_text="Đã có bản xem trước.")


class DraftingRunOutput(serializers.Serializer[Any]):
    """Một đợt lập phiếu."""

    id = serializers.IntegerField(source="run.pk")
    agency = AgencyName(source="run.agency")
    month = serializers.DateField(source="run.month")
    asked_at = serializers.DateTimeField(source="run.asked_at")
    is_over = serializers.BooleanField(source="progress.is_over")
    total = serializers.IntegerField(source="progress.total")
    waiting = serializers.IntegerField(source="progress.waiting")
    drafted = serializers.IntegerField(source="progress.drafted")
    drawn = serializers.IntegerField(source="progress.drawn")
    unneeded = serializers.IntegerField(source="progress.unneeded")
    failed = serializers.IntegerField(source="progress.failed")
    items = DraftedItem(
        source="progress.items", many=True, help_text="Tối đa 200 hồ sơ, cần chú ý trước."
    )


class NoticeOutput(serializers.Serializer[Any]):
    """Một thông báo bằng văn bản cho bộ phận một cửa."""

    id = serializers.IntegerField(source="pk")
    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    code = serializers.CharField(source="letter.dossier.code")
    letter = serializers.IntegerField(source="letter_id")
    number = serializers.CharField(source="letter.full_number")
    agency = AgencyName(source="letter.agency")
    new_day = serializers.DateField(source="letter.new_day")
    reason = serializers.CharField(source="letter.reason")
    sent_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NoticeList(serializers.Serializer[Any]):
    """Một trang thông báo."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = NoticeOutput(many=True)
