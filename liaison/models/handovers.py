"""Handovers of papers between counters and agencies: batches, and what became of each dossier.

Where a paper file is follows from its latest item alone, so it is never in two places. The
database refuses to change what was handed over and what was confirmed.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from dossiers.models import Dossier
from liaison.handover_querysets import HandoverBatchQuerySet, HandoverItemQuerySet
from liaison.places import Place
from liaison.statuses import Carried, HandoverOutcome, HandoverWay
from organizations.models import Agency, ServiceCounter, User

_PENDING = Q(outcome="")


class HandoverBatch(models.Model):
    """Biên bản bàn giao hồ sơ giấy: numbered by whoever hands over, from 1 in each year."""

    # Sent by the form or the client, so that a second click finds the first's batch.
    submission_key = models.UUIDField(unique=True, editable=False)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")

    # One of each pair. No index of the keys alone: those below begin with them.
    from_counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    from_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    to_counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    carries = models.CharField("bàn giao", max_length=7, choices=Carried)
    way = models.CharField("cách chuyển", max_length=14, choices=HandoverWay)
    tracking_number = models.CharField("số hiệu bưu gửi", max_length=40, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    given_by = models.ForeignKey(User, models.PROTECT, db_index=False, related_name="+")
    given_at = models.DateTimeField("giao lúc")
    # After this moment the papers are on the way too long.
    expected_by = models.DateTimeField("phải đến trước")
    # When the last of its dossiers was confirmed.
    settled_at = models.DateTimeField("xác nhận xong lúc", null=True)

    objects = HandoverBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản bàn giao"
        constraints = [
            models.UniqueConstraint(
                fields=["from_counter", "year", "number"],
                name="handover_number_unique_at_counter",
                violation_error_message="Số biên bản này đã được dùng tại bộ phận một cửa.",
            ),
            models.UniqueConstraint(
                fields=["from_agency", "year", "number"],
                name="handover_number_unique_in_agency",
                violation_error_message="Số biên bản này đã được dùng tại cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="handover_numbered_from_one",
                violation_error_message="Các biên bản trong năm được đánh số từ 1.",
            ),
            models.CheckConstraint(
                condition=Q(from_counter__isnull=True, from_agency__isnull=False)
                | Q(from_counter__isnull=False, from_agency__isnull=True),
                name="handover_from_one_place",
                violation_error_message="Bên giao là một bộ phận một cửa hoặc một cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(to_counter__isnull=True, to_agency__isnull=False)
                | Q(to_counter__isnull=False, to_agency__isnull=True),
                name="handover_to_one_place",
                violation_error_message="Bên nhận là một bộ phận một cửa hoặc một cơ quan.",
            ),
            models.CheckConstraint(
                condition=~Q(from_counter=F("to_counter")) & ~Q(from_agency=F("to_agency")),
                name="handover_places_differ",
                violation_error_message="Bên nhận phải khác bên giao.",
            ),
            models.CheckConstraint(
                condition=Q(carries__in=Carried.values),
                name="handover_carries_something_known",
                violation_error_message="Hãy chọn bàn giao hồ sơ giấy hoặc kết quả.",
            ),
            models.CheckConstraint(
                condition=Q(way__in=HandoverWay.values),
                name="handover_way_is_known",
                violation_error_message="Hãy chọn cách chuyển hồ sơ giấy.",
            ),
            models.CheckConstraint(
                condition=~Q(way=HandoverWay.POST) | ~Q(tracking_number=""),
                name="handover_by_post_has_tracking_number",
                violation_error_message="Gửi qua bưu chính phải có số hiệu bưu gửi.",
            ),
            models.CheckConstraint(
                condition=Q(expected_by__gt=F("given_at")),
                name="handover_expected_after_given",
                violation_error_message="Hạn đến nơi phải sau lúc giao.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_at__gte=F("given_at")),
                name="handover_settled_after_given",
                violation_error_message="Bên nhận không thể xác nhận trước lúc giao.",
            ),
        ]
        indexes = [
            # What a place has to confirm, and the count beside "Bàn giao".
            models.Index(
                "to_counter", "expected_by", "id",
                name="handover_to_confirm_at_counter", condition=Q(settled_at__isnull=True),
            ),
            models.Index(
                "to_agency", "expected_by", "id",
                name="handover_to_confirm_in_agency", condition=Q(settled_at__isnull=True),
            ),
            # Everything on the way, the longest first.
            models.Index(
                "expected_by", "id",
                name="handover_on_the_way", condition=Q(settled_at__isnull=True),
            ),
            # The batches of a place, the newest first.
            models.Index(F("from_counter"), F("id").desc(), name="handover_from_counter"),
            models.Index(F("from_agency"), F("id").desc(), name="handover_from_agency"),
            models.Index(F("to_counter"), F("id").desc(), name="handover_to_counter"),
            models.Index(F("to_agency"), F("id").desc(), name="handover_to_agency"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.symbol}: {self.origin.name} → {self.destination.name}"

    def get_absolute_url(self) -> str:
        """The page of this batch, for both sides."""
        return reverse("liaison:handover", args=[self.pk])

    @property
    def symbol(self) -> str:
        """`12/2026/BBBG`: the number as it is printed and cited."""
        return f"{self.number:02d}/{self.year}/BBBG"

    @property
    def origin(self) -> Place:
        """Who hands over."""
        return Place(counter=self.from_counter, agency=self.from_agency)

    @property
    def destination(self) -> Place:
        """Who is to receive."""
        return Place(counter=self.to_counter, agency=self.to_agency)


class HandoverItem(models.Model):
    """Hồ sơ trong biên bản bàn giao, and what the receiving side found."""

    batch = models.ForeignKey(HandoverBatch, models.PROTECT, related_name="items", db_index=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="handovers", db_index=False)
    position = models.PositiveSmallIntegerField("thứ tự")
    outcome = models.CharField("kết quả", max_length=8, choices=HandoverOutcome, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField("xác nhận lúc", null=True)

    objects = HandoverItemQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ bàn giao"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "dossier"],
                name="handover_item_once_in_batch",
                violation_error_message="Hồ sơ này đã có trong biên bản.",
            ),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=_PENDING,
                name="handover_item_one_pending_of_dossier",
                violation_error_message="Hồ sơ này đang nằm trong một biên bản chưa xác nhận.",
            ),
            models.CheckConstraint(
                condition=_PENDING | Q(outcome__in=HandoverOutcome.values),
                name="handover_item_outcome_is_known",
                violation_error_message="Kết quả bàn giao không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=(_PENDING & Q(settled_by__isnull=True, settled_at__isnull=True))
                | (~_PENDING & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="handover_item_settled_has_person_and_moment",
                violation_error_message="Hồ sơ đã xác nhận phải có người và thời điểm.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", HandoverOutcome.RECEIVED)) | ~Q(reason=""),
                name="handover_item_missing_or_extra_says_why",
                violation_error_message="Hồ sơ thiếu hoặc thừa phải có lý do.",
            ),
        ]
        indexes = [
            # Where a paper file is: its latest item.
            models.Index(F("dossier"), F("id").desc(), name="handover_item_of_dossier"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.dossier_id}"
