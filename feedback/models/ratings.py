"""Ratings of dossiers after their result was returned; neither they nor moderations change."""

from django.db import models
from django.db.models import F, Q

from dossiers.models import Dossier
from feedback.querysets import RatingQuerySet
from feedback.statuses import RatingSource, Satisfaction
from organizations.models import Agency, User


class Rating(models.Model):
    """Đánh giá hài lòng: one for each dossier, at most three questions, given once for all."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, db_index=False, related_name="ratings", verbose_name="hồ sơ"
    )
    # Of the dossier, so that an agency's ratings are found without it.
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, verbose_name="cơ quan")
    satisfaction = models.PositiveSmallIntegerField("mức độ hài lòng chung", choices=Satisfaction)
    attitude = models.PositiveSmallIntegerField("thái độ phục vụ", choices=Satisfaction, null=True)
    timing = models.PositiveSmallIntegerField(
        "thời gian giải quyết", choices=Satisfaction, null=True
    )
    remark = models.TextField("góp ý thêm", blank=True)
    source = models.CharField("nơi đánh giá", max_length=8, choices=RatingSource)
    # Who started the screen at the counter.
    started_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    given_at = models.DateTimeField("đánh giá lúc")

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá hài lòng"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                name="rating_once_for_a_dossier",
                violation_error_message="Hồ sơ này đã được đánh giá. Xin cảm ơn ông/bà.",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__range=(1, 5))
                & (Q(attitude__isnull=True) | Q(attitude__range=(1, 5)))
                & (Q(timing__isnull=True) | Q(timing__range=(1, 5))),
                name="rating_answers_from_1_to_5",
                violation_error_message="Mức độ hài lòng phải từ 1 đến 5.",
            ),
            models.CheckConstraint(
                condition=Q(source=RatingSource.LINK, started_by__isnull=True)
                | Q(source=RatingSource.COUNTER, started_by__isnull=False),
                name="rating_at_the_counter_was_started_by_staff",
                violation_error_message="Đánh giá tại quầy phải do cán bộ một cửa mở màn hình.",
            ),
        ]
        indexes = [
            # The ratings of an agency, the newest first; and measures of a period.
            models.Index(F("agency"), F("id").desc(), name="rating_of_agency"),
            models.Index("agency", "given_at", name="rating_given_to_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.get_satisfaction_display()}"


class RatingModeration(models.Model):
    """Kiểm duyệt góp ý: who hid a remark in public or showed it again, when, and why."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="moderations")
    hides = models.BooleanField("ẩn góp ý")
    reason = models.TextField("lý do")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "kiểm duyệt góp ý"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="moderation_has_a_reason",
                violation_error_message="Hãy ghi rõ lý do ẩn hoặc hiện góp ý.",
            ),
        ]

    def __str__(self) -> str:
        return "Ẩn" if self.hides else "Hiện lại"
