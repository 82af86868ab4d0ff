"""Old systems, the runs that take over their exports, each row's outcome, each dossier's origin."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import Dossier
from legacy.querysets import ImportRowQuerySet, ImportRunQuerySet
from legacy.statuses import RowOutcome
from organizations.models import Agency, User


class OldSystem(models.Model):
    """Hệ thống cũ: its name, and how its export is to be read; kept for the next file."""

    name = models.CharField("tên hệ thống cũ", max_length=100, unique=True)
    # By field of `legacy.fields`: the header in the export.
    columns = models.JSONField("bảng ghép cột", default=dict)
    # By its own word for a state, folded: the national state 1 to 10.
    states = models.JSONField("bảng ghép trạng thái", default=dict)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("sửa lúc")

    class Meta:
        verbose_name = "hệ thống cũ"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="old_system_has_a_name",
                violation_error_message="Hãy ghi tên hệ thống cũ.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """Lần nhập: one file of an old system, tried or taken over, and how far it is."""

    # Sent by the form or made of the file, so that a second click finds the first's run.
    submission_key = models.UUIDField(unique=True, editable=False)
    system = models.ForeignKey(OldSystem, models.PROTECT, related_name="runs")
    # For rows that name no agency of ours.
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    is_dry = models.BooleanField("chạy thử")

    file = models.FileField("tệp", upload_to="imports/%Y/%m/%d", blank=True)
    file_name = models.CharField("tên tệp", max_length=200)
    digest = models.CharField("SHA-256 của tệp", max_length=64)
    # As they were when the run began: the next file's mapping changes nothing here.
    columns = models.JSONField("bảng ghép cột", default=dict)
    states = models.JSONField("bảng ghép trạng thái", default=dict)

    asked_at = models.DateTimeField("tải lên lúc")
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    moved_at = models.DateTimeField("tiến lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)
    total = models.PositiveIntegerField("số dòng", default=0)
    # The number in the sheet of the last row that is accounted for.
    last_row = models.PositiveIntegerField("dòng cuối đã xong", default=0)
    taken = models.PositiveIntegerField("nhập được", default=0)
    repeated = models.PositiveIntegerField("đã nhập trước đó", default=0)
    refused = models.PositiveIntegerField("không nhập được", default=0)
    remarked = models.PositiveIntegerField("nhập được, có lưu ý", default=0)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    failure = models.CharField("lỗi", max_length=500, blank=True)
    report = models.FileField("báo cáo từng dòng", upload_to="imports/%Y/%m/%d", blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập"
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
                name="import_finished_was_started",
                violation_error_message="Lần nhập đã xong phải có lúc bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(remarked__lte=F("taken")),
                name="import_remarks_are_on_rows_taken",
                violation_error_message="Số dòng có lưu ý không thể nhiều hơn số dòng nhập được.",
            ),
            models.UniqueConstraint(
                fields=["system", "digest"],
                name="import_of_a_file_runs_once_at_a_time",
                condition=Q(is_dry=False, started_at__isnull=False, finished_at__isnull=True),
                violation_error_message="Tệp này đang được nhập. Hãy đợi lần nhập đó xong.",
            ),
        ]
        indexes = [
            # For tasks.continue_imports.
            models.Index(
                "moved_at",
                name="import_unfinished",
                condition=Q(started_at__isnull=False, finished_at__isnull=True),
            ),
            # For tasks.forget_import_files.
            models.Index("asked_at", name="import_with_file", condition=~Q(file="")),
        ]

    def __str__(self) -> str:
        return f"Lần nhập #{self.pk}"

    def get_absolute_url(self) -> str:
        """The page with the run's progress."""
        return reverse("legacy:run", args=[self.pk])

    @property
    def settled(self) -> int:
        """How many rows are accounted for."""
        return self.taken + self.repeated + self.refused

    @property
    def is_running(self) -> bool:
        """Is a worker at it, or about to be?"""
        return self.started_at is not None and self.finished_at is None


class ImportRow(models.Model):
    """Dòng: what became of one row of the file; each is accounted for once."""

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField("dòng")
    legacy_code = models.CharField("mã cũ", max_length=100, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=RowOutcome)
    dossier = models.OneToOneField(
        Dossier, models.PROTECT, null=True, related_name="import_row", db_index=False
    )
    # Pairs of the column's header and a sentence, never the text of the cell.
    problems = models.JSONField("lưu ý", default=list)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="import_row_accounted_for_once",
                violation_error_message="Dòng này đã được xử lý.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values),
                name="import_row_outcome_is_known",
                violation_error_message="Kết quả của dòng không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome=RowOutcome.IMPORTED, dossier__isnull=False)
                    | (~Q(outcome=RowOutcome.IMPORTED) & Q(dossier__isnull=True))
                ),
                name="import_row_has_dossier_when_imported",
                violation_error_message="Dòng đã nhập phải có hồ sơ; dòng khác thì không.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=RowOutcome.REFUSED, problems=[]),
                name="import_row_refused_says_why",
                violation_error_message="Dòng không nhập được phải có lý do.",
            ),
        ]
        indexes = [
            # The report and the page of a run: rows that have something to say.
            models.Index("run", "number", name="import_row_telling", condition=~Q(problems=[])),
        ]

    def __str__(self) -> str:
        return f"Dòng {self.number}"


class Origin(models.Model):
    """Nguồn gốc: which record of which old system a dossier was; never changed."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="origin")
    system = models.ForeignKey(OldSystem, models.PROTECT, db_index=False)
    legacy_code = models.CharField("mã cũ", max_length=100)
    run = models.ForeignKey(ImportRun, models.PROTECT, db_index=False)
    number = models.PositiveIntegerField("dòng")

    class Meta:
        verbose_name = "nguồn gốc"
        constraints = [
            models.UniqueConstraint(
                fields=["legacy_code", "system"],
                name="origin_imported_once",
                violation_error_message="Hồ sơ này của hệ thống cũ đã được nhập.",
            ),
        ]

    def __str__(self) -> str:
        return self.legacy_code
