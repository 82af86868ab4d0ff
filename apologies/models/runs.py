"""Đợt ký: many letters signed by one decision, each with its own outcome."""

from django.db import models
from django.db.models import Q

from apologies.models.letter import ApologyLetter
from apologies.statuses import Outcome
from dossiers.statuses import Fault
from organizations.models import User


class SigningRun(models.Model):
    """Đợt ký: what a head decided to sign at once; a worker does it letter by letter."""

    # Sent by the form, so that a second click finds the first's run.
    submission_key = models.UUIDField(unique=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("yêu cầu lúc")
    # For the letters of the run whose draft says no reason yet.
    reason = models.TextField("lý do chung", blank=True)
    fault = models.CharField("nguyên nhân chung", max_length=14, choices=Fault)
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "đợt ký"
        constraints = [
            models.CheckConstraint(
                condition=Q(fault__in=Fault.values),
                name="run_fault_is_known",
                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
            ),
        ]
        indexes = [
            # What tasks.continue_runs looks for.
            models.Index(
                fields=["id"], name="run_unfinished", condition=Q(finished_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Đợt ký {self.pk}"


class SigningItem(models.Model):
    """Phiếu trong đợt ký: the outcome is written in the transaction that signs."""

    run = models.ForeignKey(SigningRun, models.CASCADE, related_name="items")
    letter = models.ForeignKey(ApologyLetter, models.PROTECT, related_name="+")
    # The text that the head had before them.
    revision = models.PositiveIntegerField("của lần sửa")
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)
    refusal = models.TextField("vì sao", blank=True)
    done_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "phiếu trong đợt ký"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "letter"],
                name="run_item_once",
                violation_error_message="Phiếu này đã có trong đợt ký.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING, done_at__isnull=True, refusal="")
                | Q(outcome=Outcome.SIGNED, done_at__isnull=False, refusal="")
                | (Q(outcome=Outcome.REFUSED, done_at__isnull=False) & ~Q(refusal="")),
                name="run_item_outcome_is_whole",
                violation_error_message="Phiếu không ký được phải nêu vì sao.",
            ),
        ]
        indexes = [
            # The next letter of a run.
            models.Index(
                fields=["run", "id"],
                name="run_item_waiting",
                condition=Q(outcome=Outcome.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.letter_id}"
