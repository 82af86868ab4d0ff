"""What a version is made of: channels, papers, legal bases, results, and reader's findings."""

from django.db import models
from django.db.models import Q

from procedures.models.catalogue import ProcedureVersion
from procedures.parsing.wording import NOTHING
from procedures.querysets import ChannelQuerySet, FindingQuerySet
from procedures.statuses import ChannelKind, FindingKind, Part
from workdays.units import TimeUnit


class Channel(models.Model):
    """Cách thức thực hiện: one way to hand in, one case, with its time limit and fee.

    An empty unit beside a number means that the source printed none. Nobody may
    count with it until an administrator confirms the unit, which makes a new version.
    """

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="channels")
    position = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("hình thức nộp", max_length=6, choices=ChannelKind)
    case_text = models.TextField("trường hợp", blank=True)
    time_limit = models.DecimalField(
        "thời hạn", max_digits=9, decimal_places=3, null=True, blank=True
    )
    time_unit = models.CharField("đơn vị", max_length=12, choices=TimeUnit, blank=True)
    time_text = models.TextField("thời hạn như in", blank=True)
    is_unit_confirmed = models.BooleanField("đơn vị do quản trị xác nhận", default=False)
    # Only when the source prints one plain amount, or says that it is free.
    fee_amount = models.DecimalField(
        "mức phí (đồng)", max_digits=14, decimal_places=2, null=True, blank=True
    )
    fee_text = models.TextField("phí, lệ phí như in", blank=True)
    description = models.TextField("mô tả", blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "cách thức thực hiện"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="channel_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ChannelKind.values),
                name="channel_kind_is_known",
                violation_error_message="Hình thức nộp không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(time_unit__in=["", *TimeUnit.values]),
                name="channel_unit_is_known",
                violation_error_message="Đơn vị thời hạn không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(time_unit="") | Q(time_limit__isnull=False),
                name="channel_unit_only_with_a_number",
                violation_error_message="Có đơn vị thì phải có thời hạn bằng số.",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True) | Q(time_limit__gt=0),
                name="channel_time_limit_positive",
                violation_error_message="Thời hạn phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(fee_amount__isnull=True) | Q(fee_amount__gte=0),
                name="channel_fee_not_negative",
                violation_error_message="Mức phí không được âm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.time_text or 'không ghi thời hạn'}"

    @property
    def lacks_unit(self) -> bool:
        """Is there a number that nobody may count with yet?"""
        return self.time_limit is not None and not self.time_unit

    @property
    def is_joined(self) -> bool:
        """Did the source print time limit and fee as one run of digits?"""
        return self.time_limit is None and bool(self.fee_text) and self.time_text == self.fee_text

    @property
    def time_phrase(self) -> str:
        """The time limit in words, as a citizen reads it."""
        if self.is_joined:
            return ""
        if self.time_limit is None:
            return "" if self.time_text == NOTHING else self.time_text
        number = f"{self.time_limit.normalize():f}".replace(".", ",")
        if not self.time_unit:
            return f"{number} (nguồn không ghi đơn vị)"
        return f"{number} {TimeUnit(self.time_unit).label}"

    @property
    def fee_phrase(self) -> str:
        """The fee as printed; an amount that was read says the same without the portal's commas."""
        if self.is_joined or self.fee_text == NOTHING:
            return ""
        return self.fee_text


class RequiredPaper(models.Model):
    """Thành phần hồ sơ: one paper that the applicant brings, in one case."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField("thứ tự")
    group = models.TextField("trường hợp", blank=True)
    name = models.TextField("tên giấy tờ")
    template_name = models.TextField("mẫu đơn, tờ khai", blank=True)
    originals = models.PositiveSmallIntegerField("bản chính", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("bản sao", null=True, blank=True)
    quantity_text = models.TextField("số lượng như in", blank=True)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="paper_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """Căn cứ pháp lý."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="legal_bases")
    position = models.PositiveSmallIntegerField("thứ tự")
    number = models.TextField("số, ký hiệu", blank=True)
    name = models.TextField("tên văn bản", blank=True)

    class Meta:
        verbose_name = "căn cứ pháp lý"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="basis_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.name


class ProcedureResult(models.Model):
    """Kết quả thực hiện: what the applicant receives, with its national code."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="results")
    position = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã kết quả", max_length=60, blank=True)
    name = models.TextField("tên kết quả")

    class Meta:
        verbose_name = "kết quả thực hiện"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="result_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReadingFinding(models.Model):
    """Điểm cần xem lại: what the reader of the source could not read, and why."""

    version = models.ForeignKey(ProcedureVersion, models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField("thứ tự")
    part = models.CharField("phần", max_length=8, choices=Part)
    kind = models.CharField("loại", max_length=20, choices=FindingKind)
    excerpt = models.TextField("đoạn nguồn", blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm cần xem lại"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "position"],
                name="finding_position_unique",
                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values),
                name="finding_kind_is_known",
                violation_error_message="Loại điểm cần xem lại không có trong danh mục.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "version"], name="finding_by_kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())
