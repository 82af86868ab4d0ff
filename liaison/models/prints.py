"""What workers print for inter-agency work: minutes of handovers, and books of the register."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import OrderedWork
from liaison.models.handovers import HandoverBatch
from liaison.print_querysets import PrintOrderQuerySet
from liaison.statuses import PrintKind
from organizations.models import Agency, ServiceCounter, User

_OF_BATCH = Q(
    kind=PrintKind.MINUTES,
    batch__isnull=False,
    counter__isnull=True,
    agency__isnull=True,
    first_day__isnull=True,
    last_day__isnull=True,
)
_OF_PLACE = Q(
    Q(counter__isnull=False, agency__isnull=True) | Q(counter__isnull=True, agency__isnull=False),
    kind=PrintKind.REGISTER,
    batch__isnull=True,
    first_day__isnull=False,
    last_day__gte=F("first_day"),
    last_day__year=F("first_day__year"),
)


class PrintOrder(OrderedWork):
    """Bản in: asked for in the act's transaction, drawn by a worker, a register in books."""

    # Sent by the form, so that a second click finds the first's order.
    submission_key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField("bản in", max_length=8, choices=PrintKind)
    batch = models.ForeignKey(HandoverBatch, models.PROTECT, null=True, related_name="prints")
    # Of a register: whose, and from which day to which.
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, db_index=False, related_name="+")
    first_day = models.DateField("từ ngày", null=True)
    last_day = models.DateField("đến ngày", null=True)

    asked_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    expected_rows = models.PositiveIntegerField("số dòng dự kiến", default=0)
    written_rows = models.PositiveIntegerField("số dòng đã in", default=0)

    objects = PrintOrderQuerySet.as_manager()

    class Meta:
        verbose_name = "bản in"
        constraints = [
            models.CheckConstraint(
                condition=_OF_BATCH | _OF_PLACE,
                name="print_is_of_a_batch_or_of_a_place_and_days",
                violation_error_message=(
                    "Bản in là biên bản của một lô, hoặc sổ của một nơi trong một năm."
                ),
            ),
        ]
        indexes = [
            # For tasks.draw_waiting_prints.
            models.Index(
                "asked_at", name="print_unfinished", condition=Q(finished_at__isnull=True)
            ),
            # The page of one's own registers, the latest first.
            models.Index("asked_by", F("id").desc(), name="print_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    def get_absolute_url(self) -> str:
        """The page with its progress and its books."""
        return reverse("liaison:print", args=[self.pk])


class PrintedBook(models.Model):
    """Quyển: one PDF of an order; of a register the entries from one number to another."""

    order = models.ForeignKey(PrintOrder, models.CASCADE, related_name="books", db_index=False)
    number = models.PositiveSmallIntegerField("quyển số")
    first_entry = models.PositiveIntegerField("từ số")
    last_entry = models.PositiveIntegerField("đến số")
    file = models.FileField("tệp PDF", upload_to="registers/%Y/%m/%d")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "quyển"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "number"],
                name="book_number_unique_in_order",
                violation_error_message="Quyển này đã được in.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, last_entry__gte=F("first_entry")),
                name="book_entries_in_order",
                violation_error_message="Quyển được đánh số từ 1, số sau không nhỏ hơn số đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.number}"

    def get_absolute_url(self) -> str:
        """The PDF itself."""
        return reverse("liaison:book", args=[self.order_id, self.number])
