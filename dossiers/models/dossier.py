"""The dossier itself: who asked for what, where it stands, and which day was promised."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from dossiers.models.applicant import Applicant
from dossiers.models.conditions import PROMISED_WITH_A_LIMIT, exactly_when
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import (
    ENDED_STATUSES,
    OPEN_STATUSES,
    UNFINISHED_STATUSES,
    DossierStatus,
    ReturnMethod,
)
from organizations.models import Agency, ServiceCounter, User
from procedures.models import Channel, ProcedureVersion
from procedures.statuses import ChannelKind, OnlineLevel
from workdays.units import TimeUnit

_OPEN = Q(status__in=OPEN_STATUSES)
_UNFINISHED = Q(status__in=UNFINISHED_STATUSES)
_BEFORE_ACCEPTANCE = (DossierStatus.SUBMITTED, DossierStatus.NOT_ACCEPTED)
_MAYBE_UNACCEPTED = (*_BEFORE_ACCEPTANCE, DossierStatus.WITHDRAWN)


class Dossier(Applicant):
    """Hồ sơ: what a citizen handed in for one procedure, until its result is in their hand."""

    code = models.CharField("mã hồ sơ", max_length=60, unique=True)
    # Sent by the form or the client, so that a second click finds the first's dossier.
    submission_key = models.UUIDField(null=True, unique=True, editable=False)

    # No index of their own: those below begin with them, or nothing is looked up by them, and
    # each costs every acceptance.
    agency = models.ForeignKey(
        Agency, models.PROTECT, db_index=False, verbose_name="cơ quan giải quyết"
    )
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, db_index=False, verbose_name="bộ phận một cửa"
    )
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, verbose_name="thủ tục")
    case = models.ForeignKey(
        Channel, models.PROTECT, null=True, db_index=False, verbose_name="trường hợp"
    )
    rule_set = models.CharField("bộ quy tắc", max_length=30)

    summary = models.CharField("nội dung yêu cầu giải quyết", max_length=500)
    channel = models.CharField("hình thức nộp", max_length=10, choices=ChannelKind)
    # Of an online dossier, as the service was offered then: a later change moves no figure.
    online_level = models.CharField(
        "mức trực tuyến", max_length=10, choices=OnlineLevel, blank=True
    )
    # When it was taken over from an old system; what lies before that moment is that system's
    # claim. Empty for all that was received here.
    imported_at = models.DateTimeField("nhập từ hệ thống cũ lúc", null=True, editable=False)
    synced_at = models.DateTimeField("đồng bộ lên Cổng Dịch vụ công quốc gia lúc", null=True)
    sets = models.PositiveSmallIntegerField("số bộ hồ sơ", default=1)
    return_method = models.CharField("nhận kết quả", max_length=10, choices=ReturnMethod)
    return_address = models.CharField("địa chỉ nhận kết quả", max_length=300, blank=True)

    time_limit = models.DecimalField("thời hạn", max_digits=9, decimal_places=3, null=True)
    time_unit = models.CharField("đơn vị", max_length=15, choices=TimeUnit, blank=True)

    status = models.CharField("trạng thái", max_length=20, choices=DossierStatus)
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="người giải quyết"
    )
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    submitted_at = models.DateTimeField("nộp trực tuyến lúc", null=True)
    accept_by = models.DateTimeField("phải tiếp nhận trước", null=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True)
    transfer_by = models.DateTimeField("phải chuyển trước", null=True)
    transferred_at = models.DateTimeField("chuyển lúc", null=True)
    # The first promise is kept for ever; due_at is a cache of deadlines.due_at.
    first_due_at = models.DateTimeField("hẹn trả lần đầu", null=True)
    due_at = models.DateTimeField("hẹn trả", null=True)
    # From this moment on the promise counts as near: the agency's own number of working days.
    remind_at = models.DateTimeField("nhắc từ", null=True)
    # By when whoever holds the dossier now must act: the order of "Cần xử lý ngay".
    act_by = models.GeneratedField(
        expression=Case(
            When(status=DossierStatus.SUBMITTED, then=F("accept_by")),
            When(status=DossierStatus.ACCEPTED, then=F("transfer_by")),
            default=F("due_at"),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    # The end of the clock: the result approved, or the dossier declined, stopped or withdrawn.
    resolved_at = models.DateTimeField("kết thúc giải quyết lúc", null=True)
    returned_at = models.DateTimeField("trả kết quả lúc", null=True)
    refused_at = models.DateTimeField("từ chối lúc", null=True)

    # What the sweeps have already recorded; the first two begin anew when the promise moves.
    due_soon_noted = models.BooleanField(default=False, editable=False)
    overdue_noted = models.BooleanField(default=False, editable=False)
    not_transferred_noted = models.BooleanField(default=False, editable=False)
    not_accepted_noted = models.BooleanField(default=False, editable=False)

    # The head of this dossier's chain in the ledger; also the version that forms send back.
    event_count = models.PositiveIntegerField(default=0, editable=False)
    last_hash = models.CharField(max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]+(\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}$"),
                name="dossier_code_has_the_lawful_form",
                violation_error_message="Mã hồ sơ phải có dạng H41.15-261122-0001.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=DossierStatus.values),
                name="dossier_status_is_known",
                violation_error_message="Trạng thái hồ sơ không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_MAYBE_UNACCEPTED) | Q(accepted_at__isnull=False),
                name="dossier_accepted_has_moment",
                violation_error_message="Hồ sơ đã tiếp nhận phải có thời điểm tiếp nhận.",
            ),
            exactly_when(
                "dossier_refused_has_moment",
                "refused_at",
                (DossierStatus.NOT_ACCEPTED,),
                "Hồ sơ bị từ chối phải có thời điểm từ chối.",
            ),
            exactly_when(
                "dossier_resolved_has_moment",
                "resolved_at",
                ENDED_STATUSES,
                "Hồ sơ đã kết thúc giải quyết phải có thời điểm kết thúc.",
            ),
            exactly_when(
                "dossier_returned_has_moment",
                "returned_at",
                (DossierStatus.RETURNED,),
                "Hồ sơ đã trả kết quả phải có thời điểm trả.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=(*_MAYBE_UNACCEPTED, DossierStatus.ACCEPTED))
                    | Q(transferred_at__isnull=False)
                    # An old system's export does not say when the papers left the counter.
                    | Q(imported_at__isnull=False)
                ),
                name="dossier_in_hand_was_transferred",
                violation_error_message="Hồ sơ đang giải quyết phải có thời điểm chuyển.",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gt=F("accepted_at")),
                name="dossier_due_after_acceptance",
                violation_error_message="Ngày hẹn trả phải sau lúc tiếp nhận.",
            ),
            models.CheckConstraint(
                condition=PROMISED_WITH_A_LIMIT,
                name="dossier_promises_when_a_limit_is_set",
                violation_error_message="Có thời hạn thì có ngày hẹn trả; không thì không hẹn.",
            ),
            models.CheckConstraint(
                condition=Q(time_limit__isnull=True, time_unit="")
                | Q(time_limit__gt=0, time_unit__in=TimeUnit.values),
                name="dossier_limit_has_unit",
                violation_error_message="Thời hạn phải lớn hơn 0 và có đơn vị tính.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="dossier_approved_by_a_second_person",
                violation_error_message="Người phê duyệt phải khác người trình.",
            ),
            models.CheckConstraint(
                condition=~Q(applicant_name=""),
                name="dossier_has_applicant",
                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của chủ hồ sơ.",
            ),
            models.CheckConstraint(
                condition=Q(sets__range=(1, 99)),
                name="dossier_sets_between_1_and_99",
                violation_error_message="Số bộ hồ sơ phải từ 1 đến 99.",
            ),
        ]
        indexes = [
            # Worklists of one agency: what runs, the nearest promise first.
            models.Index(
                F("agency"),
                F("due_at").asc(nulls_last=True),
                F("id"),
                name="dossier_open_of_agency",
                condition=_OPEN,
            ),
            # Worklists of the whole province, and the sweeps over promised days, which find
            # whom to warn of from this index alone.
            models.Index(
                F("due_at").asc(nulls_last=True),
                F("id"),
                include=["agency", "imported_at"],
                name="dossier_open_by_due",
                condition=_OPEN,
            ),
            models.Index(
                "assignee", "due_at", "id", name="dossier_open_of_officer", condition=_OPEN
            ),
            # tasks.record_overdue
            models.Index(
                "due_at", name="dossier_overdue_unnoted", condition=_OPEN & Q(overdue_noted=False)
            ),
            # tasks.remind_due_soon
            models.Index(
                "remind_at",
                name="dossier_due_soon_unnoted",
                condition=_OPEN & Q(due_soon_noted=False),
            ),
            # tasks.record_not_transferred
            models.Index(
                "transfer_by",
                name="dossier_to_transfer",
                condition=Q(status=DossierStatus.ACCEPTED, not_transferred_noted=False),
            ),
            # tasks.record_not_accepted
            models.Index(
                "accept_by",
                name="dossier_to_accept",
                condition=Q(status=DossierStatus.SUBMITTED, not_accepted_noted=False),
            ),
            # "Cần xử lý ngay" and the counts of the tabs: what is unfinished, the next act first.
            models.Index(
                F("agency"),
                F("act_by").asc(nulls_last=True),
                F("id"),
                name="dossier_to_act_in_agency",
                condition=_UNFINISHED,
            ),
            models.Index(
                F("counter"),
                F("act_by").asc(nulls_last=True),
                F("id"),
                name="dossier_to_act_at_counter",
                condition=_UNFINISHED,
            ),
            # The counts of the tabs, read from this index alone, ten times faster.
            models.Index(
                fields=["agency", "counter"],
                include=["status", "assignee", "proposed_by", "due_at", "remind_at"],
                name="dossier_unfinished_facts",
                condition=_UNFINISHED,
            ),
            # "Chờ trả": results that wait, the oldest promise first.
            models.Index(
                F("due_at").asc(nulls_last=True),
                F("id"),
                name="dossier_to_return",
                condition=Q(status=DossierStatus.RESOLVED),
            ),
            # "Tất cả": the newest first, of an agency, of a counter, in a state.
            models.Index(F("agency"), F("id").desc(), name="dossier_of_agency"),
            models.Index(F("counter"), F("id").desc(), name="dossier_of_counter"),
            models.Index(F("status"), F("id").desc(), name="dossier_in_state"),
            # In hand in a period, and how long what ended in it took; province: by skip scans.
            models.Index(
                *("agency", "resolved_at", "accepted_at"),
                include=["first_due_at", "version"],
                condition=Q(accepted_at__isnull=False, imported_at__isnull=True),
                name="dossier_by_end",
            ),
            GinIndex(
                SearchVector(F("applicant_key"), config="simple"), name="dossier_applicant_words"
            ),
            models.Index(
                "identity_number", name="dossier_identity", condition=~Q(identity_number="")
            ),
            # What was taken over from old systems: reporting.quality, and the pages of imports.
            models.Index(
                "imported_at",
                "id",
                name="dossier_imported",
                condition=Q(imported_at__isnull=False),
            ),
            models.Index("phone", name="dossier_phone", condition=~Q(phone="")),
            models.Index("tax_code", name="dossier_tax_code", condition=~Q(tax_code="")),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """The page of this dossier."""
        return reverse("dossiers:detail", args=[self.code])
