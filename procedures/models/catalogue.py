"""Fields, decisions, procedures and their versions, which never change once written."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from procedures.published_querysets import DecisionQuerySet
from procedures.querysets import ProcedureQuerySet, VersionQuerySet
from procedures.statuses import ProcedureLevel, PublisherLevel, SourceForm

PROCEDURE_CODE = r"^[0-9]\.[0-9]{6}$"


class Field(models.Model):
    """Lĩnh vực: a field of the catalogue, such as Hộ tịch or Đất đai."""

    name = models.CharField("tên lĩnh vực", max_length=300, unique=True)
    sort_key = models.CharField(max_length=1000, editable=False)

    class Meta:
        verbose_name = "lĩnh vực"

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """Quyết định công bố: publishes, revises or retires procedures.

    The national catalogue cites numbers alone; a decision that was entered here has a level,
    its dates, and an item for each procedure.
    """

    number = models.CharField("số, ký hiệu", max_length=60)
    issued_by = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    issued_date = models.DateField("ngày ban hành", null=True, blank=True)
    effective_date = models.DateField("ngày hiệu lực", null=True, blank=True)
    level = models.CharField("cấp công bố", max_length=8, choices=PublisherLevel, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField("ghi lúc", null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định công bố"
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["", *PublisherLevel.values]),
                name="decision_level_is_known",
                violation_error_message="Cấp công bố không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(level="") | Q(issued_date__isnull=False, effective_date__isnull=False),
                name="decision_of_a_level_has_its_dates",
                violation_error_message="Quyết định phải có ngày ban hành và ngày hiệu lực.",
            ),
            models.CheckConstraint(
                condition=Q(effective_date__gte=F("issued_date")),
                name="decision_takes_effect_when_signed_or_later",
                violation_error_message="Quyết định không có hiệu lực trước ngày ban hành.",
            ),
            models.UniqueConstraint(
                fields=["number", "issued_by"],
                name="decision_number_unique_for_issuer",
                violation_error_message="Cơ quan này đã có quyết định cùng số, ký hiệu.",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("procedures:decision", args=[self.pk])


class Procedure(models.Model):
    """Thủ tục hành chính: keeps its code for life while versions come and go."""

    code = models.CharField("mã thủ tục", max_length=8, unique=True)
    current_version = models.ForeignKey(
        "ProcedureVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    retired_at = models.DateTimeField("bãi bỏ lúc", null=True, blank=True)
    retired_reason = models.TextField("lý do bãi bỏ", blank=True)

    # Filled by `with_limits`, and put into words by the pages.
    limits: list[dict[str, object]]
    limit_phrase: str

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "thủ tục hành chính"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=PROCEDURE_CODE),
                name="procedure_code_has_national_form",
                violation_error_message="Mã thủ tục có dạng 1.012790.",
            ),
        ]
        indexes = [
            # Serves the search by the first digits of a code.
            models.Index(OpClass("code", name="varchar_pattern_ops"), name="procedure_code_prefix"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("procedures:detail", args=[self.code])


class ProcedureVersion(models.Model):
    """Phiên bản thủ tục: what was published, as it was. A change is a new version.

    The database refuses UPDATE and DELETE, here and in the rows that hang below,
    so that a dossier keeps for ever what was promised when it was accepted.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")
    name = models.TextField("tên thủ tục")
    name_key = models.GeneratedField(
        expression=Func(F("name"), function="vn_key"),
        output_field=models.TextField(),
        db_persist=True,
    )
    field = models.ForeignKey(Field, models.PROTECT, related_name="versions")
    levels = ArrayField(models.CharField(max_length=10, choices=ProcedureLevel), default=list)
    kind = models.CharField("loại thủ tục", max_length=100, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="versions")
    subjects = ArrayField(models.TextField(), default=list, verbose_name="đối tượng thực hiện")

    deciding_text = models.TextField("cơ quan có thẩm quyền", blank=True)
    implementing_text = models.TextField("cơ quan thực hiện", blank=True)
    coordinating_text = models.TextField("cơ quan phối hợp", blank=True)
    delegated_text = models.TextField("cơ quan được ủy quyền", blank=True)
    reception_address = models.TextField("địa chỉ tiếp nhận hồ sơ", blank=True)
    process_text = models.TextField("trình tự thực hiện", blank=True)
    conditions_text = models.TextField("yêu cầu, điều kiện", blank=True)
    result_text = models.TextField("mô tả kết quả", blank=True)

    source_form = models.CharField(max_length=6, choices=SourceForm)
    source_code = models.CharField("mã tại nguồn", max_length=80, blank=True)
    source_url = models.URLField("trang nguồn", max_length=400, blank=True)
    source = models.JSONField("nguyên văn nguồn", default=dict)
    source_hash = models.CharField(max_length=64)

    note = models.TextField("ghi chú", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField("ghi lúc")

    # Filled by `with_missing`.
    missing: list[str]

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên bản thủ tục"
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"],
                name="version_number_unique_in_procedure",
                violation_error_message="Thủ tục đã có phiên bản mang số này.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="version_has_a_name",
                violation_error_message="Thủ tục phải có tên.",
            ),
            models.CheckConstraint(
                condition=Q(levels__contained_by=ProcedureLevel.values),
                name="version_levels_are_known",
                violation_error_message="Cấp thực hiện không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(source_form__in=SourceForm.values),
                name="version_source_form_is_known",
                violation_error_message="Dạng nguồn không có trong danh mục.",
            ),
        ]
        indexes = [
            # Serves the accent-blind search by words of the name.
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="version_name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("procedures:version", args=[self.procedure.code, self.number])

    @property
    def level(self) -> str:
        """The highest level printed: the one that gives its name to the procedure."""
        return self.levels[0] if self.levels else ""

    @property
    def level_labels(self) -> list[str]:
        """The levels in Vietnamese."""
        return [str(ProcedureLevel(level).label) for level in self.levels]
