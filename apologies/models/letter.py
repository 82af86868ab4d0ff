"""Phiếu xin lỗi và hẹn lại ngày trả kết quả, its drawings, and the notice to the counter."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apologies.models.signing import AgencyCertificate
from apologies.querysets import LetterQuerySet, NoticeQuerySet
from apologies.statuses import (
    DECIDED_STATUSES,
    LIVE_STATUSES,
    Authority,
    LetterStatus,
    NoticeKind,
    PrintKind,
)
from dossiers.models import Dossier
from dossiers.statuses import Fault
from organizations.models import Agency, ServiceCounter, User

_DECISION = ("number", "year", "signed_by", "signed_at", "certificate", "verification_code")
_DECIDED = Q(
    **{f"{name}__isnull": False for name in (*_DECISION, "new_day")},
    status__in=DECIDED_STATUSES,
    authority__in=Authority.values,
) & ~(Q(reason="") | Q(signer_name="") | Q(signer_title="") | Q(symbol=""))
_UNDECIDED = Q(
    **{f"{name}__isnull": True for name in _DECISION},
    status__in=(LetterStatus.DRAFT, LetterStatus.OBSOLETE),
)


class ApologyLetter(models.Model):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả (NĐ 61/2018 Đ19(9); Mẫu số 04)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="apologies")
    # The body that apologises: the dossier's agency when the letter was drafted.
    agency = models.ForeignKey(Agency, models.PROTECT, db_index=False, related_name="apologies")
    rule_set = models.CharField("bộ quy tắc", max_length=30)
    status = models.CharField("trạng thái", max_length=10, choices=LetterStatus)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="thay phiếu"
    )

    reason = models.TextField("lý do chậm", blank=True)
    fault = models.CharField("nguyên nhân thuộc về", max_length=14, choices=Fault)
    # The promise that is not kept; a draft may still wait for a new day that can be proposed.
    promised_at = models.DateTimeField("ngày hẹn trả")
    new_day = models.DateField("ngày hẹn lại", null=True)

    drafted_at = models.DateTimeField("dự thảo lúc")
    drafted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Counts the changes of the text: what a form was about, and what a preview shows.
    revision = models.PositiveIntegerField("lần sửa", default=0)

    number = models.PositiveIntegerField("số", null=True)
    year = models.PositiveSmallIntegerField("năm", null=True)
    symbol = models.CharField("ký hiệu", max_length=30, blank=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField("ký lúc", null=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    authority = models.CharField("thẩm quyền ký", max_length=10, choices=Authority, blank=True)
    holder_title = models.CharField("ký thay chức vụ", max_length=120, blank=True)
    certificate = models.ForeignKey(
        AgencyCertificate, models.PROTECT, null=True, related_name="+", verbose_name="chứng thư"
    )
    # What the QR code opens; too long to be guessed, and no name stands in it.
    verification_code = models.CharField("mã xác minh", max_length=20, unique=True, null=True)  # noqa: DJ001

    # The signed PDF stands: only now the letter counts as sent to the citizen.
    sent_at = models.DateTimeField("gửi lúc", null=True)
    posted_at = models.DateTimeField("công khai lúc", null=True)

    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.TextField("lý do thu hồi", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu xin lỗi và hẹn lại"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(status__in=LIVE_STATUSES),
                name="letter_one_live_for_dossier",
                violation_error_message="Hồ sơ đã có phiếu xin lỗi: chỉ xin lỗi, hẹn lại một lần.",
            ),
            models.UniqueConstraint(
                fields=["agency", "year", "number"],
                name="letter_number_unique_in_agency_and_year",
                violation_error_message="Số phiếu này đã được cấp trong năm.",
            ),
            models.CheckConstraint(
                condition=Q(fault__in=Fault.values),
                name="letter_fault_is_known",
                violation_error_message="Hãy chọn nguyên nhân chậm thuộc về ai.",
            ),
            models.CheckConstraint(
                condition=_DECIDED | _UNDECIDED,
                name="letter_signed_is_whole",
                violation_error_message=(
                    "Phiếu đã ký phải có số, người ký, chứng thư, lý do và ngày hẹn lại."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=LetterStatus.WITHDRAWN, withdrawn_at__gte=F("signed_at"))
                    & Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawal_reason="")
                )
                | (
                    ~Q(status=LetterStatus.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                ),
                name="letter_withdrawn_says_why",
                violation_error_message="Phiếu thu hồi phải có người, thời điểm và lý do thu hồi.",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, posted_at__isnull=True)
                | Q(sent_at__isnull=False, sent_at__gte=F("signed_at"), posted_at__isnull=True)
                | Q(
                    sent_at__isnull=False,
                    sent_at__gte=F("signed_at"),
                    posted_at__gte=F("sent_at"),
                ),
                name="letter_sent_after_signing_posted_after_sending",
                violation_error_message="Phiếu phải được ký rồi mới gửi, gửi rồi mới công khai.",
            ),
        ]
        indexes = [
            # Drafts to sign, the nearest promise first; with its agency also the live count.
            models.Index(
                fields=["agency", "promised_at", "id"],
                name="letter_drafts_of_agency",
                condition=Q(status=LetterStatus.DRAFT),
            ),
            # What tasks.tend_drafts looks for.
            models.Index(
                fields=["new_day"],
                name="letter_drafts_by_new_day",
                condition=Q(status=LetterStatus.DRAFT),
            ),
            # The public pages and feeds, of all agencies and of one: the last posted first.
            models.Index(
                F("posted_at").desc(),
                F("id").desc(),
                name="letter_posted",
                condition=Q(status=LetterStatus.SIGNED, posted_at__isnull=False),
            ),
            models.Index(
                F("agency"),
                F("posted_at").desc(),
                F("id").desc(),
                name="letter_posted_of_agency",
                condition=Q(status=LetterStatus.SIGNED, posted_at__isnull=False),
            ),
            # The public pages' stamp: what is withdrawn is gone at once.
            models.Index(
                F("withdrawn_at").desc(),
                name="letter_withdrawn",
                condition=Q(status=LetterStatus.WITHDRAWN),
            ),
            # The signed ones, the last first.
            models.Index(
                F("signed_at").desc(),
                F("id").desc(),
                name="letter_signed",
                condition=Q(status__in=DECIDED_STATUSES),
            ),
            # Those of an agency, and its figures by day of signing.
            models.Index(
                F("agency"),
                F("signed_at").desc(),
                F("id"),
                name="letter_signed_of_agency",
                condition=Q(status__in=DECIDED_STATUSES),
            ),
        ]

    def __str__(self) -> str:
        return self.full_number or f"Dự thảo {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of this letter for those who work with it."""
        return reverse("apologies:letter", args=[self.pk])

    @property
    def full_number(self) -> str:
        """`15/PXL`; numbers below ten take a zero (NĐ 30/2020); empty while a draft."""
        return f"{self.number:02d}/{self.symbol}" if self.number is not None else ""


class LetterPrint(models.Model):
    """Bản vẽ: ordered with the change that it shows, drawn by a worker, tried again if need be."""

    letter = models.ForeignKey(ApologyLetter, models.PROTECT, related_name="prints")
    kind = models.CharField("loại", max_length=8, choices=PrintKind)
    revision = models.PositiveIntegerField("của lần sửa")
    asked_at = models.DateTimeField("yêu cầu lúc")
    # Also the claim: whoever draws puts it off first, so a killed worker's turn comes again.
    next_try_at = models.DateTimeField("thử từ lúc")
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    failure = models.TextField("lỗi", blank=True)
    drawn_at = models.DateTimeField("tạo xong lúc", null=True)
    file = models.FileField("tệp PDF", upload_to="letters/%Y/%m/%d", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "bản vẽ của phiếu"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind", "revision"],
                name="letter_print_once_for_revision",
                violation_error_message="Bản vẽ này của phiếu đã được lập.",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=Q(kind=PrintKind.SEALED),
                name="letter_print_sealed_once",
                violation_error_message="Mỗi phiếu chỉ có một bản đã ký số.",
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | ~(Q(file="") | Q(sha256="")),
                name="letter_print_drawn_has_file",
                violation_error_message="Bản vẽ đã xong phải có tệp và mã băm.",
            ),
        ]
        indexes = [
            # What tasks.draw_waiting_letters looks for.
            models.Index(
                fields=["next_try_at", "id"],
                name="letter_print_waiting",
                condition=Q(drawn_at__isnull=True),
            ),
            # The public page asks whose bytes these are.
            models.Index(
                fields=["sha256"],
                name="letter_print_by_hash",
                condition=Q(kind=PrintKind.SEALED, drawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.letter_id}"


class CentreNotice(models.Model):
    """Thông báo bằng văn bản cho bộ phận một cửa (NĐ 61/2018 Đ12(5), Đ19(9))."""

    letter = models.ForeignKey(ApologyLetter, models.PROTECT, related_name="notices")
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, db_index=False, related_name="apology_notices"
    )
    kind = models.CharField("về việc", max_length=10, choices=NoticeKind)
    sent_at = models.DateTimeField("gửi lúc")
    read_at = models.DateTimeField("đã xem lúc", null=True)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo cho bộ phận một cửa"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "kind"],
                name="notice_once_for_letter",
                violation_error_message="Bộ phận một cửa đã được thông báo về phiếu này.",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_at__gte=F("sent_at"), read_by__isnull=False),
                name="notice_read_has_person_and_moment",
                violation_error_message="Thông báo đã xem phải có người và thời điểm xem.",
            ),
        ]
        indexes = [
            # What a counter has not read yet: its list and its live count.
            models.Index(
                fields=["counter", "id"],
                name="notice_unread_at_counter",
                condition=Q(read_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.letter_id}"
