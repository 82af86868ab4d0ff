"""Consultations of other agencies: what is asked, of whom, by when, and what they answered."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import Attachment, Dossier
from liaison.querysets import ConsultationQuerySet
from liaison.statuses import (
    CLOSED_CONSULTATIONS,
    OPEN_CONSULTATIONS,
    AskingOrder,
    ConsultationStatus,
    Verdict,
)
from organizations.models import Agency, ServiceCounter, User
from workdays.units import TimeUnit

_S = ConsultationStatus
# The units in which an agency's term may be set.
TERM_UNITS = (TimeUnit.WORKING_DAY, TimeUnit.WORKING_HOUR)


class ConsultationRound(models.Model):
    """Đợt lấy ý kiến: one question to one or several agencies, at once or one by one."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultation_rounds")
    order = models.CharField("cách hỏi", max_length=8, choices=AskingOrder)
    content = models.TextField("nội dung lấy ý kiến")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("lúc")
    files = models.ManyToManyField(Attachment, related_name="+", through="SharedFile")

    class Meta:
        verbose_name = "đợt lấy ý kiến"
        constraints = [
            models.CheckConstraint(
                condition=Q(order__in=AskingOrder.values),
                name="consultation_order_is_known",
                violation_error_message="Hãy chọn hỏi cùng một lúc hoặc lần lượt.",
            ),
            models.CheckConstraint(
                condition=~Q(content=""),
                name="consultation_asks_something",
                violation_error_message="Hãy ghi nội dung cần lấy ý kiến.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.asked_at:%d/%m/%Y}"


class SharedFile(models.Model):
    """Tệp gửi kèm: a file of the dossier that the consulted agencies may open."""

    round = models.ForeignKey(
        ConsultationRound, models.PROTECT, related_name="shared", db_index=False
    )
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tệp gửi kèm"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "attachment"],
                name="shared_file_once_in_round",
                violation_error_message="Tệp này đã được gửi kèm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.attachment_id}"


class Consultation(models.Model):
    """Lấy ý kiến một cơ quan (NĐ 61/2018 Đ19(5)): its term runs beside that of the dossier."""

    round = models.ForeignKey(
        ConsultationRound, models.PROTECT, related_name="consultations", db_index=False
    )
    # The round's own, for the rule that one agency is asked once at a time.
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="consultations", verbose_name="cơ quan phối hợp"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    status = models.CharField("trạng thái", max_length=9, choices=ConsultationStatus)

    # The term: how much of what, in the calendar of the consulted agency.
    term = models.PositiveSmallIntegerField("thời hạn trả lời")
    unit = models.CharField("đơn vị", max_length=12, choices=TimeUnit)

    verdict = models.CharField("ý kiến", max_length=9, choices=Verdict, blank=True)
    answer = models.TextField("nội dung trả lời", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    closing_reason = models.TextField("lý do rút", blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")

    # Fixed when the agency is asked; nothing moves them.
    asked_at = models.DateTimeField("hỏi lúc", null=True)
    due_at = models.DateTimeField("trả lời trước", null=True)
    remind_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    closed_at = models.DateTimeField("rút lúc", null=True)
    is_reminded = models.BooleanField(default=False, editable=False)
    late_noted = models.BooleanField(default=False, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "lấy ý kiến"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "position"],
                name="consultation_position_unique_in_round",
                violation_error_message="Hai cơ quan trong một đợt không thể cùng thứ tự.",
            ),
            models.UniqueConstraint(
                fields=["dossier", "agency"],
                condition=Q(status__in=OPEN_CONSULTATIONS),
                name="consultation_one_open_for_dossier_and_agency",
                violation_error_message="Cơ quan này đang được lấy ý kiến về hồ sơ.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_S.values),
                name="consultation_status_is_known",
                violation_error_message="Trạng thái lấy ý kiến không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(unit__in=TERM_UNITS, term__range=(1, 80)),
                name="consultation_term_is_measured",
                violation_error_message="Thời hạn trả lời từ 1 đến 80 ngày hoặc giờ làm việc.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(_S.ASKED, _S.ANSWERED))
                | Q(
                    asked_at__isnull=False,
                    remind_at__isnull=False,
                    due_at__gt=F("asked_at"),
                    due_at__isnull=False,
                ),
                name="consultation_asked_has_term",
                violation_error_message="Cơ quan được hỏi phải có hạn trả lời sau lúc hỏi.",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.WAITING) | Q(asked_at__isnull=True, due_at__isnull=True),
                name="consultation_waiting_has_no_term",
                violation_error_message="Cơ quan chưa đến lượt thì chưa có hạn trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(
                        status=_S.ANSWERED,
                        verdict__in=Verdict.values,
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    ),
                    ~Q(answer=""),
                )
                | Q(
                    ~Q(status=_S.ANSWERED),
                    verdict="",
                    answer="",
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                ),
                name="consultation_answered_is_whole",
                violation_error_message="Trả lời phải có ý kiến, nội dung, người và thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED_CONSULTATIONS, closed_at__isnull=False)
                | Q(
                    ~Q(status__in=CLOSED_CONSULTATIONS),
                    closed_at__isnull=True,
                    closed_by__isnull=True,
                ),
                name="consultation_closed_has_moment",
                violation_error_message="Yêu cầu đã rút phải có thời điểm rút.",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.WITHDRAWN)
                | (Q(closed_by__isnull=False) & ~Q(closing_reason="")),
                name="consultation_withdrawn_says_who_and_why",
                violation_error_message="Yêu cầu đã rút phải có người rút và lý do.",
            ),
        ]
        indexes = [
            # What an agency is asked, the nearest term first; the count beside "Liên thông".
            models.Index(
                "agency",
                "due_at",
                "id",
                name="consultation_asked_of_agency",
                condition=Q(status=_S.ASKED),
            ),
            # liaison.tasks.tend_consultations: terms that ran out and were not recorded.
            models.Index(
                "due_at",
                name="consultation_to_note_as_late",
                condition=Q(status=_S.ASKED, late_noted=False),
            ),
            # liaison.tasks.tend_consultations: terms to remind of.
            models.Index(
                "remind_at",
                name="consultation_to_remind_of",
                condition=Q(status=_S.ASKED, is_reminded=False),
            ),
            # liaison.tasks.tend_consultations: agencies whose turn comes; dossiers that ended.
            models.Index(
                "dossier",
                name="consultation_open_of_dossier",
                condition=Q(status__in=OPEN_CONSULTATIONS),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.agency_id}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """The page of this consultation, for those who ask and those who answer."""
        return reverse("liaison:consultation", args=[self.pk])


class AnswerFile(models.Model):
    """Văn bản trả lời: the file that came with an answer, never changed."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="answer_file")
    file = models.FileField("tệp", upload_to="consultations/%Y/%m/%d")
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("kích thước (byte)")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "văn bản trả lời"
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="answer_file_is_not_empty",
                violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LateNotice(models.Model):
    """Báo người đứng đầu bộ phận một cửa: an agency answers late (NĐ 61/2018 Đ19(5))."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, related_name="late_notice")
    counter = models.ForeignKey(ServiceCounter, models.PROTECT, db_index=False, related_name="+")
    sent_at = models.DateTimeField("gửi lúc")
    read_at = models.DateTimeField("đọc lúc", null=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")

    class Meta:
        verbose_name = "thông báo chậm trả lời"
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="late_notice_read_has_person",
                violation_error_message="Thông báo đã đọc phải có người đọc và thời điểm.",
            ),
        ]
        indexes = [
            # What a counter has not read: the count beside "Liên thông".
            models.Index("counter", name="late_notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}, {self.sent_at:%d/%m/%Y}"
