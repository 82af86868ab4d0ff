"""The dossiers that a form counts, each put into classes as at the cut-off.

Only facts recorded before the cut-off are used. The promise is the first one as the clock moved
it; the new day of an apology does not make a late dossier timely, for 07a/BTP asks which late
ones were apologised for. A promise that is read later than the cut-off may stand further on,
but whatever moved it began in time: what was late stays late, what was in time was in time.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, StrIndex, TruncDate
from django.db.models.lookups import Exact, LessThan

from apologies.models import ApologyLetter
from dossiers import effective
from dossiers.deadlines import HERE
from dossiers.models import Dossier, DossierEvent, Fee, Pause
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import DossierStatus, EventKind
from procedures.statuses import ChannelKind, OnlineLevel
from reporting.measures.dossiers import ONLINE_PAYMENT
from reporting.statuses import Source, Standing
from reporting.windows import Window

_DOSSIER = OuterRef("pk")


def in_hand(window: Window) -> DossierQuerySet:
    """Tiếp nhận: accepted before the cut-off, and not ended before the period began.

    With `source`, `standing`, `is_apologised`, `is_elsewhere` and `ending`.
    """
    return _in_classes(_accepted(window), window, end="resolved_at")


def in_hand_corrected(window: Window) -> DossierQuerySet:
    """The same by the ends that corrections tell, as far as they were accepted by now (ADR 24)."""
    rows = effective.with_end(_accepted(window), known_at=window.known_at)
    return _in_classes(rows, window, end="effective_end")


def _in_classes(rows: DossierQuerySet, window: Window, *, end: str) -> DossierQuerySet:
    """`end` is the column of the moment at which handling ended."""
    told: DossierQuerySet = (
        rows.exclude(**{f"{end}__lt": window.start})
        .annotate(promise=_promise(window))
        .annotate(
            source=_source(window),
            standing=_standing(window, end),
            is_apologised=_flag(_apology(window)),
            is_elsewhere=_flag(_elsewhere()),
            ending=_ending(window, end),
        )
    )
    return told


def paying(window: Window) -> DossierQuerySet:
    """Thanh toán: dossiers with a fee paid in the period; `is_online` if any was paid online."""
    paid = Fee.objects.filter(
        dossier=_DOSSIER, amount__gt=0, paid_at__gte=window.start, paid_at__lt=window.until
    )
    rows = _accepted(window).filter(Exists(paid))
    told: DossierQuerySet = rows.annotate(
        is_online=_flag(Q(Exists(paid.filter(method__in=ONLINE_PAYMENT))))
    )
    return told


def waiting(window: Window) -> DossierQuerySet:
    """Chờ tiếp nhận: sent in before the cut-off and neither accepted nor refused nor withdrawn.

    `is_late` once the moment by which it must be accepted has passed.
    """
    rows = Dossier.objects.all().received_here().filter(submitted_at__lt=window.until)
    for answer in ("accepted_at", "refused_at", "resolved_at"):
        rows = rows.filter(Q(**{f"{answer}__isnull": True}) | Q(**{f"{answer}__gte": window.until}))
    told: DossierQuerySet = rows.annotate(is_late=_flag(Q(accept_by__lt=window.until)))
    return told


def refused(window: Window) -> DossierQuerySet:
    """Không được tiếp nhận: refused in the period."""
    rows: DossierQuerySet = (
        Dossier.objects.all()
        .received_here()
        .filter(refused_at__gte=window.start, refused_at__lt=window.until)
    )
    return rows


# The sets by name, and the classes into which each is counted.
SETS: Mapping[str, Callable[[Window], DossierQuerySet]] = MappingProxyType(
    {"in_hand": in_hand, "paying": paying, "waiting": waiting, "refused": refused}
)
# The sets that corrections change.
CORRECTED: Mapping[str, Callable[[Window], DossierQuerySet]] = MappingProxyType(
    {"in_hand": in_hand_corrected}
)
CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "in_hand": ("source", "standing", "is_apologised", "is_elsewhere", "ending"),
        "paying": ("is_online",),
        "waiting": ("is_late",),
        "refused": (),
    }
)


def _accepted(window: Window) -> DossierQuerySet:
    own: DossierQuerySet = Dossier.objects.all().received_here()
    rows = own.filter(accepted_at__lt=window.until)
    return rows if window.has_begun else rows.none()


def _source(window: Window) -> Case:
    online = {"channel": ChannelKind.ONLINE}
    return _case(
        (Q(accepted_at__lt=window.start), Source.EARLIER),
        (Q(**online, online_level=OnlineLevel.FULL), Source.ONLINE_FULL),
        (Q(**online, online_level=OnlineLevel.PARTIAL), Source.ONLINE_PARTIAL),
        (Q(**online), Source.ONLINE_OTHER),
        (Q(channel=ChannelKind.POSTAL), Source.POSTAL),
        default=Source.DIRECT,
    )


def _standing(window: Window, end: str) -> Case:
    """A dossier without a limit is never late; resolved, it counts as on time."""
    ended = Q(**{f"{end}__lt": window.until})
    day, promised = TruncDate(end, tzinfo=HERE), TruncDate("promise", tzinfo=HERE)
    stands_still = Exists(
        Pause.objects.filter(dossier=_DOSSIER, started_at__lt=window.until)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=window.until))
        .filter(started_at__lte=OuterRef("promise"))
    )
    return _case(
        (ended & Q(**{f"{end}__gt": F("promise")}), Standing.LATE),
        (ended & Q(LessThan(day, promised)), Standing.EARLY),
        (ended, Standing.ON_TIME),
        (Q(promise__lt=window.until) & ~Q(stands_still), Standing.OVERDUE),
        default=Standing.RUNNING,
    )


def _promise(window: Window) -> Case:
    """The promise without the one new day, as it was before the cut-off.

    A wait that began after the new day was given, yet before the former promise had passed,
    moved both: then the promise in force speaks. A calendar that was changed after the cut-off
    moved promises without a wait: its event keeps the former.
    """
    waited = Exists(
        Pause.objects.filter(
            dossier=_DOSSIER,
            started_at__gte=OuterRef("reschedule__at"),
            started_at__lte=OuterRef("reschedule__previous_due_at"),
            ended_at__isnull=False,
        )
    )
    moved = DossierEvent.objects.filter(
        dossier=_DOSSIER, kind=EventKind.DUE_MOVED, recorded_at__gte=window.until
    )
    former = moved.order_by("sequence").values(
        former=Cast(KT("data__previous_due_at"), DateTimeField())
    )[:1]
    return Case(
        When(
            Q(reschedule__isnull=False) & ~Q(waited),
            then=F("reschedule__previous_due_at"),
        ),
        default=Coalesce(Subquery(former), F("due_at")),
        output_field=DateTimeField(),
    )


def _apology(window: Window) -> Q:
    """A letter counts from when it was sent until it is withdrawn."""
    letters = ApologyLetter.objects.filter(dossier=_DOSSIER, sent_at__lt=window.until)
    stand = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=window.until)
    return Q(Exists(letters.filter(stand)))


def _elsewhere() -> Q:
    """Phi địa giới: received by a counter that neither keeps nor stands above the agency."""
    return ~Q(Exact(StrIndex(F("agency__path"), F("counter__agency__path")), Value(1)))


def _ending(window: Window, end: str) -> Case:
    ended = Q(**{f"{end}__lt": window.until})
    return _case(
        *(
            (ended & Q(status=status), status)
            for status in (DossierStatus.STOPPED, DossierStatus.WITHDRAWN)
        ),
        default="",
    )


def _case(*branches: tuple[Q, str], default: str) -> Case:
    whens = [When(condition, then=Value(str(value))) for condition, value in branches]
    return Case(*whens, default=Value(str(default)), output_field=CharField())


def _flag(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)), default=Value(False), output_field=BooleanField()
    )
