"""The petition: what a citizen says of an agency, and what the agency answered in public."""

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from dossiers.models import Dossier
from dossiers.models.conditions import exactly_when
from feedback.querysets import PetitionQuerySet
from feedback.statuses import (
    ANSWERED_STATUSES,
    OPEN_STATUSES,
    Category,
    PetitionStatus,
)
from organizations.models import Agency, User
from procedures.models import Procedure

_S = PetitionStatus
_OPEN = Q(status__in=OPEN_STATUSES)
_TO_ANSWER = (_S.SENT, _S.PROCESSING)


class Petition(models.Model):
    """Phản ánh, kiến nghị: about an agency, its procedures or one dossier."""

    code = models.CharField("mã phản ánh", max_length=20, unique=True)
    # Sent by the form, so that a second click finds the first's petition.
    submission_key = models.UUIDField(unique=True, editable=False)
    # SHA-256 of the follow-up code that the sender was shown once.
    secret_hash = models.CharField(max_length=64, editable=False)

    # The indexes below begin with the agency.
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, verbose_name="cơ quan")
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, related_name="petitions", verbose_name="hồ sơ"
    )
    procedure = models.ForeignKey(
        Procedure, models.PROTECT, null=True, related_name="petitions", verbose_name="thủ tục"
    )
    # As the sender wrote it; `dossier` is set when their telephone fits or a clerk confirms.
    dossier_code = models.CharField("mã hồ sơ người gửi ghi", max_length=60, blank=True)

    sender_name = models.CharField("họ và tên", max_length=200)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    category = models.CharField("nội dung", max_length=12, choices=Category)
    subject = models.CharField("tiêu đề", max_length=200)
    content = models.TextField("nội dung chi tiết")

    status = models.CharField("trạng thái", max_length=12, choices=PetitionStatus)
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    # What the public reads, without what would give a person away.
    public_subject = models.CharField("tiêu đề công khai", max_length=200, blank=True)
    public_content = models.TextField("nội dung công khai", blank=True)
    likes = models.PositiveIntegerField("hài lòng", default=0, editable=False)
    dislikes = models.PositiveIntegerField("không hài lòng", default=0, editable=False)

    sent_at = models.DateTimeField("gửi lúc")
    # Fixed when they begin to run; nothing but a supplement or a second complaint moves them.
    refuse_by = models.DateTimeField("từ chối trước", null=True)
    ask_by = models.DateTimeField("yêu cầu bổ sung trước")
    supplement_by = models.DateTimeField("người gửi bổ sung trước", null=True)
    answer_by = models.DateTimeField("trả lời trước")
    answer_near_at = models.DateTimeField(editable=False)
    publish_by = models.DateTimeField("công khai trước", null=True)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True)
    refused_at = models.DateTimeField("từ chối lúc", null=True)
    asked_at = models.DateTimeField("yêu cầu bổ sung lúc", null=True)
    supplemented_at = models.DateTimeField("bổ sung lúc", null=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    published_at = models.DateTimeField("công khai lúc", null=True)
    complained_again_at = models.DateTimeField("phản ánh lại lúc", null=True)
    hidden_at = models.DateTimeField("ẩn lúc", null=True)
    # When the first term of an earlier round was missed: a new round never hides it.
    late_since = models.DateTimeField(null=True, editable=False)
    # The term that binds now, and from when it is near.
    due_at = models.GeneratedField(
        expression=Case(
            When(status__in=_TO_ANSWER, then=F("answer_by")),
            When(status=_S.ANSWERED, then=F("publish_by")),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    near_at = models.GeneratedField(
        expression=Case(
            When(status__in=_TO_ANSWER, then=F("answer_near_at")),
            When(status=_S.ANSWERED, then=F("answered_at")),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    # By when the next act should happen, the shortest term first: the order of the worklist.
    act_by = models.GeneratedField(
        expression=Case(
            When(status=_S.SENT, then=F("refuse_by")),
            When(status=_S.PROCESSING, then=F("answer_by")),
            When(status=_S.ANSWERED, then=F("publish_by")),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )

    # The number of its latest event; also the version that forms send back.
    event_count = models.PositiveIntegerField(default=0, editable=False)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "phản ánh, kiến nghị"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^PA-[0-9]{6}-[A-HJ-NP-Z2-9]{6}$"),
                name="petition_code_has_its_form",
                violation_error_message="Mã phản ánh phải có dạng PA-261122-K7QF3M.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PetitionStatus.values),
                name="petition_status_is_known",
                violation_error_message="Trạng thái phản ánh không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(category__in=Category.values),
                name="petition_category_is_known",
                violation_error_message="Loại nội dung phản ánh không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(content="") & ~Q(sender_name=""),
                name="petition_says_who_and_what",
                violation_error_message="Hãy ghi họ tên, tiêu đề và nội dung phản ánh.",
            ),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="petition_sender_can_be_reached",
                violation_error_message="Hãy ghi số điện thoại hoặc thư điện tử để nhận trả lời.",
            ),
            exactly_when(
                "petition_refused_has_moment",
                "refused_at",
                (_S.REFUSED,),
                "Phản ánh không được tiếp nhận phải có thời điểm từ chối.",
            ),
            exactly_when(
                "petition_answered_has_moment",
                "answered_at",
                ANSWERED_STATUSES,
                "Phản ánh đã trả lời phải có thời điểm trả lời.",
            ),
            exactly_when(
                "petition_answered_has_term_to_publish",
                "publish_by",
                ANSWERED_STATUSES,
                "Phản ánh đã trả lời phải có hạn công khai.",
            ),
            exactly_when(
                "petition_published_has_moment",
                "published_at",
                (_S.PUBLISHED,),
                "Phản ánh đã công khai phải có thời điểm công khai.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ANSWERED_STATUSES)
                | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="petition_answered_has_answer",
                violation_error_message="Phản ánh đã trả lời phải có câu trả lời và người trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.NEEDS_MORE)
                | Q(asked_at__isnull=False, supplement_by__isnull=False),
                name="petition_waiting_was_asked",
                violation_error_message="Phản ánh chờ bổ sung phải có thời điểm yêu cầu.",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.SENT) | Q(refuse_by__isnull=False),
                name="petition_sent_has_term_to_refuse",
                violation_error_message="Phản ánh chờ phân loại phải có hạn từ chối.",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("sent_at"), ask_by__gt=F("sent_at")),
                name="petition_terms_follow_the_sending",
                violation_error_message="Các hạn xử lý phải sau lúc gửi phản ánh.",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | Q(status=_S.PUBLISHED),
                name="petition_hidden_was_published",
                violation_error_message="Chỉ ẩn được phản ánh đã công khai.",
            ),
        ]
        indexes = [
            # The tabs and counts of an agency: what is open, the next act first.
            models.Index("agency", "act_by", "id", name="petition_open_of_agency", condition=_OPEN),
            # The same for those who watch over the whole province.
            models.Index("due_at", "id", name="petition_open_by_due", condition=_OPEN),
            models.Index("act_by", "id", name="petition_open_by_act", condition=_OPEN),
            # "Tất cả": the newest first.
            models.Index(F("agency"), F("id").desc(), name="petition_of_agency"),
            # The public list, and that of one agency.
            models.Index(
                F("id").desc(),
                name="petition_public",
                condition=Q(status=_S.PUBLISHED, hidden_at__isnull=True),
            ),
            # Measures of a period.
            models.Index("agency", "sent_at", name="petition_sent_to_agency"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The page of this petition at the desks."""
        return reverse("feedback:petition", args=[self.code])
