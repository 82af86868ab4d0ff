"""Đợt lập phiếu: a month's letters of an agency drafted and drawn, each dossier accounted for."""

from django.db import models
from django.db.models import Q

from apologies.models.letter import ApologyLetter
from apologies.statuses import Drafted
from dossiers.models import Dossier
from organizations.models import Agency, User


class DraftingRun(models.Model):
    """Đợt lập phiếu của một cơ quan trong một tháng; workers do it dossier by dossier."""

    # Sent by the form, so that a second click finds the first's run.
    submission_key = models.UUIDField(unique=True, editable=False)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="drafting_runs")
    # The first day of the month in which the promises run out.
    month = models.DateField("tháng")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("yêu cầu lúc")
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "đợt lập phiếu"
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="drafting_run_is_of_a_month",
                violation_error_message="Tháng lập phiếu được ghi bằng ngày đầu tháng.",
            ),
        ]
        indexes = [
            # What tasks.continue_drafting_runs looks for.
            models.Index(
                fields=["id"], name="drafting_run_unfinished", condition=Q(finished_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Đợt lập phiếu {self.month:%m/%Y}"


class DraftingItem(models.Model):
    """Hồ sơ trong đợt lập phiếu: its outcome is written in the transaction that drafts."""

    run = models.ForeignKey(DraftingRun, models.CASCADE, related_name="items")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    letter = models.ForeignKey(ApologyLetter, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField("kết quả", max_length=8, choices=Drafted)
    why_not = models.TextField("vì sao không lập", blank=True)
    done_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "hồ sơ trong đợt lập phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "dossier"],
                name="drafting_item_once",
                violation_error_message="Hồ sơ này đã có trong đợt lập phiếu.",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome=Drafted.WAITING, letter__isnull=True, done_at__isnull=True, why_not=""
                )
                | Q(
                    outcome=Drafted.DRAFTED, letter__isnull=False, done_at__isnull=False, why_not=""
                )
                | (
                    Q(outcome__in=(Drafted.UNNEEDED, Drafted.FAILED), done_at__isnull=False)
                    & ~Q(why_not="")
                ),
                name="drafting_item_outcome_is_whole",
                violation_error_message="Hồ sơ không lập được phiếu phải nêu vì sao.",
            ),
        ]
        indexes = [
            # The next dossier of a run.
            models.Index(
                fields=["run", "id"],
                name="drafting_item_waiting",
                condition=Q(outcome=Drafted.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.dossier_id}"
