"""What changes a promise after it was given: pauses, supplements asked for, the one new day."""

from django.db import models
from django.db.models import F, Q

from dossiers.models.dossier import Dossier
from dossiers.querysets import PauseQuerySet
from dossiers.statuses import Fault, PauseKind
from organizations.models import User
from procedures.statuses import ClockEffect


class Pause(models.Model):
    """Tạm dừng: the clock stands still from `started_at` until just before `ended_at`."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="pauses")
    kind = models.CharField("lý do", max_length=12, choices=PauseKind)
    # Fixed when the pause begins: a rule that changes later does not reach back.
    effect = models.CharField("tác động đến ngày hẹn", max_length=8, choices=ClockEffect)
    started_at = models.DateTimeField("từ lúc")
    ended_at = models.DateTimeField("đến lúc", null=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "tạm dừng"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(ended_at__isnull=True),
                name="pause_one_open_for_dossier",
                violation_error_message="Hồ sơ đang tạm dừng. Hãy kết thúc lần tạm dừng này trước.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="pause_ends_after_it_starts",
                violation_error_message="Lần tạm dừng không thể kết thúc trước khi bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PauseKind.values, effect__in=ClockEffect.values),
                name="pause_kind_and_effect_are_known",
                violation_error_message="Lý do hoặc tác động của lần tạm dừng không hợp lệ.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SupplementRequest(models.Model):
    """Yêu cầu bổ sung, hoàn thiện hồ sơ (Mẫu 02): all that is missing, asked for at once."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField("lần")
    pause = models.OneToOneField(Pause, models.PROTECT, related_name="supplement_request")
    reason = models.TextField("lý do")
    # The sector's own law, when it allows asking later than the rule set does.
    basis = models.CharField("căn cứ yêu cầu muộn", max_length=300, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("yêu cầu lúc")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("nhận đủ lúc", null=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "number"],
                name="supplement_number_unique_in_dossier",
                violation_error_message="Lần yêu cầu bổ sung này đã có. Hãy tải lại trang.",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(received_at__isnull=True),
                name="supplement_one_open_for_dossier",
                violation_error_message="Hồ sơ đang chờ bổ sung: chưa thể yêu cầu thêm lần nữa.",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__gte=F("asked_at"), received_by__isnull=False),
                name="supplement_received_has_person_and_moment",
                violation_error_message="Hồ sơ bổ sung đã nhận phải có người và thời điểm nhận.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(reason=""),
                name="supplement_has_number_and_reason",
                violation_error_message="Hãy ghi rõ lý do yêu cầu bổ sung.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}, lần {self.number}"


class SupplementItem(models.Model):
    """Giấy tờ, nội dung cần bổ sung: one line of Mẫu 02."""

    request = models.ForeignKey(SupplementRequest, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.TextField("giấy tờ, nội dung")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    certified_copies = models.PositiveSmallIntegerField("bản chứng thực", default=0)
    copies = models.PositiveSmallIntegerField("bản chụp", default=0)
    received_at = models.DateTimeField("nhận lúc", null=True)

    class Meta:
        verbose_name = "nội dung bổ sung"
        constraints = [
            models.UniqueConstraint(
                fields=["request", "position"],
                name="supplement_item_position_unique",
                violation_error_message="Hai nội dung bổ sung không thể cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="supplement_item_is_named",
                violation_error_message="Hãy ghi rõ giấy tờ hoặc nội dung cần bổ sung.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reschedule(models.Model):
    """Hẹn lại ngày trả kết quả: once for a dossier (NĐ 61/2018 Đ19(9)); `first_due_at` stays."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="reschedule")
    at = models.DateTimeField("hẹn lại lúc")
    previous_due_at = models.DateTimeField("ngày hẹn trước")
    new_due_at = models.DateTimeField("ngày hẹn mới")
    reason = models.TextField("lý do")
    fault = models.CharField("nguyên nhân thuộc về", max_length=14, choices=Fault)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "hẹn lại"
        constraints = [
            models.CheckConstraint(
                condition=Q(new_due_at__gt=F("previous_due_at")) & Q(new_due_at__gt=F("at")),
                name="reschedule_moves_forward",
                violation_error_message="Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay.",
            ),
            models.CheckConstraint(
                condition=Q(fault__in=Fault.values) & ~Q(reason=""),
                name="reschedule_says_why",
                violation_error_message="Hãy ghi lý do hẹn lại và nguyên nhân thuộc về ai.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.new_due_at:%d/%m/%Y}"
