"""Rules that law may change: sets of them, each in force from a day, never changed after it."""

from django.db import models
from django.db.models import Q

from dossiers.querysets import RuleBookQuerySet
from organizations.models import User


class RuleBook(models.Model):
    """Bộ quy tắc: what one decree and its circular say, from a day on."""

    code = models.SlugField("mã", max_length=30, unique=True)
    title = models.CharField("tên", max_length=200)
    in_force_from = models.DateField("có hiệu lực từ", unique=True)
    # Both empty for the sets that came with the portal.
    scheduled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    scheduled_at = models.DateTimeField("đặt lịch lúc", null=True)

    objects = RuleBookQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ quy tắc"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="rule_book_has_title",
                violation_error_message="Hãy ghi tên các văn bản của bộ quy tắc.",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_by__isnull=True, scheduled_at__isnull=True)
                | Q(scheduled_by__isnull=False, scheduled_at__isnull=False),
                name="rule_book_scheduled_by_somebody",
                violation_error_message="Bộ quy tắc được đặt lịch phải có người và thời điểm.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RuleValue(models.Model):
    """Một quy tắc: its value as text, the article it comes from, and whether that was read."""

    book = models.ForeignKey(RuleBook, models.CASCADE, related_name="values")
    key = models.CharField("quy tắc", max_length=40)
    text = models.CharField("giá trị", max_length=100, blank=True)
    article = models.CharField("điều, khoản", max_length=200)
    is_verified = models.BooleanField("đã kiểm chứng", default=False)

    class Meta:
        verbose_name = "quy tắc"
        constraints = [
            models.UniqueConstraint(
                fields=["book", "key"],
                name="rule_value_once_in_book",
                violation_error_message="Mỗi quy tắc chỉ có một giá trị trong một bộ.",
            ),
            models.CheckConstraint(
                condition=~Q(article=""),
                name="rule_value_names_its_article",
                violation_error_message="Hãy ghi điều, khoản hoặc căn cứ của quy tắc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.text}"
