"""Corrections: the true moment of an act beside the recorded one, with who says so and why."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models.contents import Attachment
from dossiers.models.dossier import Dossier
from dossiers.models.ledger import DossierEvent
from dossiers.querysets import CorrectionQuerySet
from dossiers.statuses import CorrectionStatus, MomentKind
from organizations.models import Agency, User

_PROPOSED = Q(status=CorrectionStatus.PROPOSED)
_ACCEPTED = Q(status=CorrectionStatus.ACCEPTED)


class Correction(models.Model):
    """Đính chính: when a recorded act truly happened; the recorded moment stays as it is.

    Written once and decided once; the database refuses every other change.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    # The line of the ledger that tells of the act.
    event = models.ForeignKey(DossierEvent, models.PROTECT, db_index=False, related_name="+")
    # The dossier's own: lists and the rule of the second agency read it here.
    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, related_name="+", verbose_name="cơ quan giải quyết"
    )
    moment = models.CharField("mốc đính chính", max_length=11, choices=MomentKind)
    status = models.CharField("trạng thái", max_length=8, choices=CorrectionStatus)
    # Would a late ending become earlier? Then another agency decides.
    improves = models.BooleanField("làm đẹp số liệu đúng hạn")

    # What counted when it was proposed, and what is said to be true.
    former_at = models.DateTimeField("mốc đang tính")
    true_at = models.DateTimeField("mốc thực tế")
    reason = models.TextField("lý do")
    reference = models.CharField("văn bản chứng minh", max_length=300, blank=True)
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    proposed_at = models.DateTimeField("đề nghị lúc")

    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    # For which agency that person decided.
    decided_for = models.ForeignKey(
        Agency, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True)
    decision_note = models.TextField("ý kiến quyết định", blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "đính chính"
        constraints = [
            models.CheckConstraint(
                condition=Q(moment__in=MomentKind.values),
                name="correction_moment_is_known",
                violation_error_message="Hãy chọn mốc cần đính chính trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CorrectionStatus.values),
                name="correction_status_is_known",
                violation_error_message="Trạng thái đính chính không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(true_at=F("former_at")) & Q(true_at__lte=F("proposed_at")),
                name="correction_tells_another_past_moment",
                violation_error_message="Mốc thực tế phải khác mốc đang tính và không ở tương lai.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (~Q(reference="") | Q(evidence__isnull=False)),
                name="correction_has_reason_and_evidence",
                violation_error_message="Đính chính phải có lý do và tệp hoặc văn bản chứng minh.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="correction_decided_by_a_second_person",
                violation_error_message="Người quyết định phải khác người đề nghị đính chính.",
            ),
            models.CheckConstraint(
                condition=~(_ACCEPTED & Q(improves=True)) | ~Q(decided_for=F("agency")),
                name="correction_that_improves_accepted_elsewhere",
                violation_error_message=(
                    "Đính chính làm hồ sơ hết trễ phải do cơ quan khác chấp nhận."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    _PROPOSED
                    & Q(
                        decided_by__isnull=True,
                        decided_for__isnull=True,
                        decided_at__isnull=True,
                        decision_note="",
                    )
                )
                | (
                    ~_PROPOSED
                    & Q(
                        decided_by__isnull=False,
                        decided_for__isnull=False,
                        decided_at__isnull=False,
                        decided_at__gte=F("proposed_at"),
                    )
                    & (_ACCEPTED | ~Q(decision_note=""))
                ),
                name="correction_decided_is_whole",
                violation_error_message=(
                    "Quyết định đính chính phải có người, thời điểm; không chấp nhận phải có lý do."
                ),
            ),
            models.UniqueConstraint(
                fields=["dossier", "moment"],
                condition=_PROPOSED,
                name="correction_one_waits_for_moment",
                violation_error_message="Mốc này đang có đề nghị đính chính chờ quyết định.",
            ),
        ]
        indexes = [
            # What waits for a decision, of an agency and of the province.
            models.Index("agency", "id", name="correction_waits", condition=_PROPOSED),
            # The moments that count: dossiers.effective, and the figures with corrections.
            models.Index(
                "dossier",
                "moment",
                F("decided_at").desc(),
                name="correction_accepted",
                condition=_ACCEPTED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.get_moment_display()}"

    def get_absolute_url(self) -> str:
        """The page on which it is decided."""
        return reverse("dossiers:correction", args=[self.pk])
