"""Findings about suspicious records, what was done about each, sweeps, and campaigns."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import Dossier
from organizations.models import Agency, ServiceCounter, User
from reporting.querysets import CampaignQuerySet, QualityFindingQuerySet
from reporting.statuses import (
    OF_COUNTERS,
    OPEN_FINDINGS,
    FindingKind,
    FindingStatus,
)

_OPEN = Q(status__in=OPEN_FINDINGS)
_S = FindingStatus


class Finding(models.Model):
    """Dấu hiệu: one suspicious thing about one dossier or one counter, each kind once.

    Sweeps open and close it by what the record says; people look at it and explain it.
    """

    kind = models.CharField("dấu hiệu", max_length=15, choices=FindingKind)
    # The dossier's or the counter's id: with the kind the key that makes sweeps idempotent.
    subject = models.BigIntegerField(editable=False)
    status = models.CharField("tình trạng", max_length=9, choices=FindingStatus)
    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, related_name="+", verbose_name="cơ quan"
    )
    counter = models.ForeignKey(ServiceCounter, models.PROTECT, db_index=False, related_name="+")
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, db_index=False, related_name="findings"
    )
    # The dossier that it seems to repeat.
    other = models.ForeignKey(Dossier, models.PROTECT, null=True, db_index=False, related_name="+")
    reason = models.TextField("giải trình", blank=True)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    since = models.DateTimeField("từ lúc")
    opened_at = models.DateTimeField("phát hiện lúc")
    handled_at = models.DateTimeField("xem xét lúc", null=True)
    closed_at = models.DateTimeField("xong lúc", null=True)

    objects = QualityFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "dấu hiệu cần xem lại"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                name="finding_once_for_kind_and_subject",
                violation_error_message="Dấu hiệu này đã có trong danh sách.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values, status__in=_S.values),
                name="finding_kind_and_status_are_known",
                violation_error_message="Loại hoặc tình trạng dấu hiệu không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_COUNTERS, dossier__isnull=True, subject=F("counter_id"))
                | Q(~Q(kind__in=OF_COUNTERS), dossier__isnull=False, subject=F("dossier_id")),
                name="finding_has_its_subject",
                violation_error_message="Dấu hiệu phải nói về đúng một hồ sơ hoặc một bộ phận.",
            ),
            models.CheckConstraint(
                condition=Q(_OPEN, closed_at__isnull=True) | Q(~_OPEN, closed_at__isnull=False),
                name="finding_closed_has_moment",
                violation_error_message="Dấu hiệu đã xong phải có thời điểm xong.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(_S.SEEN, _S.EXPLAINED))
                | Q(handled_by__isnull=False, handled_at__isnull=False),
                name="finding_handled_by_somebody",
                violation_error_message="Dấu hiệu đã xem phải có người xem và thời điểm.",
            ),
            models.CheckConstraint(
                condition=~Q(status=_S.EXPLAINED) | ~Q(reason=""),
                name="finding_explained_says_why",
                violation_error_message="Hãy ghi rõ vì sao dữ liệu không sai.",
            ),
        ]
        indexes = [
            # "Cần xem xét" of the province, of an agency and of a counter, the newest first.
            models.Index(F("id").desc(), name="finding_open", condition=_OPEN),
            models.Index("agency", F("id").desc(), name="finding_open_of_agency", condition=_OPEN),
            models.Index(
                "counter", F("id").desc(), name="finding_open_of_counter", condition=_OPEN
            ),
            # The lists of what is done, and progress of campaigns.
            models.Index("status", F("id").desc(), name="finding_in_status"),
            models.Index("kind", "agency", "opened_at", name="finding_of_campaign"),
            # The findings of one dossier.
            models.Index("dossier", name="finding_of_dossier", condition=Q(dossier__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"

    def get_absolute_url(self) -> str:
        """The page on which it is worked through."""
        return reverse("reporting:finding", args=[self.pk])


class FindingStep(models.Model):
    """Việc đã làm với một dấu hiệu: by a person, or by a sweep; never changed or deleted."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=9, choices=FindingStatus)
    to_status = models.CharField(max_length=9, choices=FindingStatus)
    reason = models.TextField("nội dung", blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "việc đã làm với dấu hiệu"
        constraints = [
            models.CheckConstraint(
                condition=Q(from_status__in=_S.values, to_status__in=_S.values)
                & ~Q(from_status=F("to_status")),
                name="finding_step_changes_status",
                violation_error_message="Mỗi bước phải chuyển dấu hiệu sang tình trạng khác.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.get_to_status_display()}"


class QualitySweep(models.Model):
    """Lần quét: when the findings were last looked for, and how many stand open of each kind."""

    at = models.DateTimeField("lúc")
    seconds = models.FloatField("số giây")
    counts = models.JSONField("số dấu hiệu")

    class Meta:
        verbose_name = "lần quét dữ liệu"
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds__gte=0),
                name="quality_sweep_took_time",
                violation_error_message="Thời gian quét không thể âm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}"


class Campaign(models.Model):
    """Đợt làm sạch dữ liệu: which findings of which agencies, until which day."""

    name = models.CharField("tên đợt", max_length=200)
    kinds = ArrayField(
        models.CharField(max_length=15, choices=FindingKind), verbose_name="dấu hiệu"
    )
    agencies = models.ManyToManyField(Agency, related_name="+", verbose_name="cơ quan")
    deadline = models.DateField("hạn hoàn thành")
    started_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    started_at = models.DateTimeField("bắt đầu lúc")
    reminded_at = models.DateTimeField("nhắc lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, db_index=False, related_name="+")
    # The final report as it was when the campaign was closed.
    report = models.JSONField("báo cáo", null=True)
    submission_key = models.UUIDField(unique=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt làm sạch dữ liệu"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & Q(kinds__len__gt=0, kinds__contained_by=FindingKind.values),
                name="campaign_has_name_and_kinds",
                violation_error_message="Đợt làm sạch phải có tên và ít nhất một loại dấu hiệu.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, report__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, report__isnull=False),
                name="campaign_closed_has_report",
                violation_error_message="Đợt đã kết thúc phải có người kết thúc và báo cáo.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its progress, and at the end its report."""
        return reverse("reporting:campaign", args=[self.pk])
