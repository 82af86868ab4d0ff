"""Components that count dossiers: the set that each counts, and the condition that it asks for.

"All" is what was received in the period (1.4, 3.3, 3.6, group 4), or what was received or
handled in it (2.1, 5.4). A fact counts once it was recorded before the moment of the window.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from dossiers.models import Attachment, Dossier, DossierPaper, Fee
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import AttachmentKind, PaymentMethod
from feedback.models import Petition, Rating
from procedures.statuses import ChannelKind
from reporting.measures import lateness
from reporting.statuses import Part
from reporting.tallies import by_day
from reporting.windows import Window

ONLINE_PAYMENT = (PaymentMethod.NATIONAL_PORTAL, PaymentMethod.LOCAL_GATEWAY)
_DOSSIER = OuterRef("pk")


@dataclass(frozen=True)
class Measure:
    """Mẫu số as a set of dossiers, and what the numerator asks of one of them."""

    denominator: Callable[[Window], DossierQuerySet]
    condition: Callable[[Window], Q]

    def of(self, window: Window, part: Part) -> DossierQuerySet:
        """The dossiers of the numerator, of the denominator, or of what lies between."""
        every = self.denominator(window)
        if part == Part.DENOMINATOR:
            return every
        counts = Case(
            When(self.condition(window), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
        told: DossierQuerySet = every.annotate(counts=counts)
        return told.filter(counts=part == Part.NUMERATOR)


def received(window: Window) -> DossierQuerySet:
    """Hồ sơ tiếp nhận trong kỳ: NgayTiepNhan in the period."""
    rows: DossierQuerySet = Dossier.objects.all().received_here()
    return rows.filter(accepted_at__gte=window.start, accepted_at__lt=window.until)


def in_hand(window: Window) -> DossierQuerySet:
    """2.1: all dossiers received or handled in the period, with their lateness.

    Those accepted before its end whose clock had not ended before its beginning.
    """
    begun = window.has_begun
    own: DossierQuerySet = Dossier.objects.all().received_here()
    rows = own.filter(accepted_at__lt=window.until) if begun else own.none()
    return lateness.with_lateness(rows.exclude(resolved_at__lt=window.start), by_day=by_day())


def fee_bearing(window: Window) -> DossierQuerySet:
    """3.6: dossiers of fee-bearing TTHC, less those whose whole DanhSachLePhi has Gia = 0."""
    rows: DossierQuerySet = received(window).filter(
        Exists(Fee.objects.filter(dossier=_DOSSIER, amount__gt=0))
    )
    return rows


def is_synced(window: Window) -> Q:
    """1.4: synchronized dossiers; one-way sync counts."""
    return Q(synced_at__lt=window.known_at)


def is_on_time(window: Window) -> Q:
    """2.1: finished on time, or in progress and not yet due, by the first promise."""
    return Q(accepted_at__isnull=False) & ~_true(lateness.is_late(window))


def is_on_time_extended(window: Window) -> Q:
    """2.1 by the new day of a dossier that was put off."""
    return Q(accepted_at__isnull=False) & ~_true(lateness.is_late_extended(window))


def is_online(window: Window) -> Q:
    """3.3: KenhThucHien = 2."""
    return Q(channel=ChannelKind.ONLINE)


def is_paid_online(window: Window) -> Q:
    """3.6: DuocThanhToanTrucTuyen ∈ {1 DVCQG, 2 local gateway}."""
    return Q(
        Exists(
            Fee.objects.filter(
                dossier=_DOSSIER, method__in=ONLINE_PAYMENT, paid_at__lt=window.known_at
            )
        )
    )


def has_result_file(window: Window) -> Q:
    """4.1: dossiers with a result file."""
    return Q(resolved_at__lt=window.known_at, result__attachment__isnull=False)


def is_digitised(window: Window) -> Q:
    """4.2: component file attached and result file."""
    scans = Attachment.objects.filter(
        dossier=_DOSSIER, kind=AttachmentKind.PAPER, added_at__lt=window.known_at
    )
    return has_result_file(window) & Q(Exists(scans))


def is_reused(window: Window) -> Q:
    """4.3: at least one component marked DuocSoHoa or DuocTaiSuDung."""
    return Q(Exists(_papers().filter(Q(is_digitised=True) | Q(is_reused=True))))


def is_from_store(window: Window) -> Q:
    """4.4: at least one component with DuocLayTuKhoDMQG = 1."""
    return Q(Exists(_papers().filter(is_from_store=True)))


def uses_population_data(window: Window) -> Q:
    """4.5b: TaiKhoanDuocXacThucVoiVNeID = 1, DuocLayTuKhoDMQG, or MaCSDL = dân cư."""
    return Q(is_identity_verified=True) | Q(uses_population_data=True) | is_from_store(window)


def is_content(window: Window) -> Q:
    """5.4: neither overdue nor with a PAKN or a dislike.

    A complaint about a dossier still in hand counts in the period in which it comes; one
    about a finished dossier in the period in which that was finished.
    """
    ended = Q(resolved_at__lt=window.until)
    still = Q(resolved_at__isnull=True) | Q(resolved_at__gte=window.until)
    complained = (ended & _is_complained_of(window, finished=True)) | (
        still & _is_complained_of(window, finished=False)
    )
    return is_on_time(window) & ~complained


def _is_complained_of(window: Window, *, finished: bool) -> Q:
    """A petition counts once it is admitted (tiếp nhận): from then on nobody can refuse it."""
    before = window.known_at if finished else window.until
    petitions = Petition.objects.filter(dossier=_DOSSIER, received_at__lt=before)
    ratings = Rating.objects.dissatisfied().filter(dossier=_DOSSIER, given_at__lt=before)
    return Q(Exists(petitions)) | Q(Exists(ratings))


def _papers() -> QuerySet[DossierPaper]:
    return DossierPaper.objects.filter(dossier=_DOSSIER)


def _true(condition: Q) -> Q:
    """False where the condition is unknown, so that its negation is true there."""
    return Q(Case(When(condition, then=True), default=False, output_field=BooleanField()))


MEASURES = {
    "1.4": Measure(received, is_synced),
    "2.1": Measure(in_hand, is_on_time),
    "3.3": Measure(received, is_online),
    "3.6": Measure(fee_bearing, is_paid_online),
    "4.1": Measure(received, has_result_file),
    "4.2": Measure(received, is_digitised),
    "4.3": Measure(received, is_reused),
    "4.4": Measure(received, is_from_store),
    "4.5b": Measure(received, uses_population_data),
    "5.4": Measure(in_hand, is_content),
}
EXTENDED = Measure(in_hand, is_on_time_extended)
