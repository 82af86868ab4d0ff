"""Guidance before acceptance: what an applicant was told to bring, with no dossier received."""

from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from desk.querysets import GuidanceQuerySet
from organizations.models import ServiceCounter, User
from procedures.models import ProcedureVersion

MAX_ATTEMPTS = 5


class Guidance(models.Model):
    """Phiếu hướng dẫn tại quầy (Mẫu số 02): no dossier comes of it until the applicant returns."""

    # The key of the intake form: the dossier that comes of it later carries the same.
    submission_key = models.UUIDField(unique=True, editable=False)
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, db_index=False, verbose_name="bộ phận một cửa"
    )
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, verbose_name="thủ tục")
    # Within a counter and a year, as it is printed.
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")

    applicant_name = models.CharField("người nộp", max_length=200)
    applicant_key = models.GeneratedField(
        expression=Func(F("applicant_name"), function="vn_key"),
        output_field=models.TextField(),
        db_persist=True,
    )
    identity_number = models.CharField("số định danh, mã số thuế", max_length=20, blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    # The intake form as it was typed, to go on with.
    content = models.JSONField("nội dung đã nhập")
    reason = models.TextField("lý do", blank=True)

    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField("hướng dẫn lúc")
    rendered_at = models.DateTimeField("tạo xong lúc", null=True)
    file = models.FileField("tệp PDF", upload_to="guidance/%Y/%m/%d", blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu hướng dẫn"
        constraints = [
            models.UniqueConstraint(
                fields=["counter", "year", "number"],
                name="guidance_number_unique_at_counter",
                violation_error_message="Số phiếu này đã được cấp. Hãy gửi lại.",
            ),
            models.CheckConstraint(
                condition=~Q(applicant_name=""),
                name="guidance_is_for_somebody",
                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của người nộp.",
            ),
        ]
        indexes = [
            # The page of a counter: the latest first.
            models.Index("counter", F("id").desc(), name="guidance_of_counter"),
            # For tasks.draw_waiting_guidance.
            models.Index(
                "given_at", name="guidance_undrawn", condition=Q(rendered_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Phiếu hướng dẫn {self.number}/{self.year}"

    def get_absolute_url(self) -> str:
        """The page with the slip to print and the way on."""
        return reverse("desk:guidance", args=[self.pk])

    @property
    def is_given_up(self) -> bool:
        """Was it tried so often that it is drawn only when a person asks again?"""
        return self.rendered_at is None and self.attempts >= MAX_ATTEMPTS


class GuidanceItem(models.Model):
    """Giấy tờ còn thiếu: one line of the slip."""

    guidance = models.ForeignKey(Guidance, models.CASCADE, db_index=False, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("tên giấy tờ", max_length=500)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)

    class Meta:
        verbose_name = "giấy tờ còn thiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["guidance", "position"],
                name="guidance_item_position_unique",
                violation_error_message="Hai giấy tờ của phiếu không thể cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="guidance_item_has_a_name",
                violation_error_message="Hãy ghi tên giấy tờ còn thiếu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
