"""Phiếu đề nghị gia hạn, and the second need of one that the law does not know."""

from django.db import models
from django.db.models import F, Q

from apologies.statuses import LIVE_EXTENSIONS, DelayReason, ExtensionStatus
from dossiers.models import Dossier
from dossiers.statuses import Fault
from organizations.models import User

_UNDECIDED = Q(
    status=ExtensionStatus.ASKED,
    decided_by__isnull=True,
    decided_at__isnull=True,
    granted_day__isnull=True,
    decision_reason="",
)
_DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False, decided_at__gte=F("asked_at"))
_ACCEPTED = _DECIDED & Q(status=ExtensionStatus.ACCEPTED, granted_day__isnull=False)
_REFUSED = (
    _DECIDED & Q(status=ExtensionStatus.REFUSED, granted_day__isnull=True) & ~Q(decision_reason="")
)


class ExtensionRequest(models.Model):
    """Phiếu đề nghị gia hạn: the officer asks for the one new day, the head decides (Đ19(9))."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extension_requests")
    status = models.CharField("trạng thái", max_length=10, choices=ExtensionStatus)

    reason_kind = models.CharField("lý do", max_length=14, choices=DelayReason)
    reason_text = models.TextField("nói rõ lý do", blank=True)
    fault = models.CharField("nguyên nhân thuộc về", max_length=14, choices=Fault)
    # The promise that will not be kept, and the day that the officer asks for.
    promised_at = models.DateTimeField("ngày hẹn trả")
    new_day = models.DateField("ngày đề nghị hẹn lại")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("đề nghị lúc")

    # The head may set another day than the one asked for.
    granted_day = models.DateField("ngày được đồng ý", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc", null=True)
    decision_reason = models.TextField("lý do không đồng ý", blank=True)

    class Meta:
        verbose_name = "phiếu đề nghị gia hạn"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(status=ExtensionStatus.ASKED),
                name="extension_one_open_for_dossier",
                violation_error_message="Hồ sơ đã có phiếu đề nghị gia hạn chờ quyết định.",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(status=ExtensionStatus.ACCEPTED),
                name="extension_one_accepted_for_dossier",
                violation_error_message="Mỗi hồ sơ chỉ được gia hạn một lần.",
            ),
            # Neither asked again while the first is accepted.
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(status__in=LIVE_EXTENSIONS),
                name="extension_asked_once_until_refused",
                violation_error_message="Hồ sơ đã được đề nghị gia hạn; không đề nghị lần nữa.",
            ),
            models.CheckConstraint(
                condition=Q(fault__in=Fault.values, reason_kind__in=DelayReason.values),
                name="extension_reason_and_fault_are_known",
                violation_error_message="Hãy chọn lý do chậm và nguyên nhân thuộc về ai.",
            ),
            models.CheckConstraint(
                condition=~Q(reason_kind=DelayReason.OTHER, reason_text=""),
                name="extension_other_reason_is_told",
                violation_error_message="Lý do khác phải được nói rõ.",
            ),
            models.CheckConstraint(
                condition=_UNDECIDED | _ACCEPTED | _REFUSED,
                name="extension_decision_is_whole",
                violation_error_message=(
                    "Quyết định gia hạn phải có người, thời điểm và ngày mới hoặc lý do từ chối."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="extension_decided_by_a_second_person",
                violation_error_message="Người đề nghị không được tự quyết định gia hạn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.get_status_display()}"

    @property
    def reason(self) -> str:
        """The reason as the letter will say it."""
        if self.reason_kind == DelayReason.OTHER:
            return self.reason_text
        label = self.get_reason_kind_display()
        return f"{label}: {self.reason_text}" if self.reason_text else label


class ExtensionViolation(models.Model):
    """Nhu cầu gia hạn lần hai: refused, and kept for the province's office to see."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extension_violations")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")
    on_day = models.DateField("ngày")
    reason = models.TextField("lý do nêu ra")

    class Meta:
        verbose_name = "nhu cầu gia hạn lần hai"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "on_day"],
                name="extension_violation_once_a_day",
                violation_error_message="Nhu cầu gia hạn lần hai của hồ sơ đã ghi trong ngày.",
            ),
        ]
        indexes = [
            # The province's page: the violations of a month, the latest first.
            models.Index(F("at").desc(), name="extension_violation_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}, {self.on_day:%d/%m/%Y}"
