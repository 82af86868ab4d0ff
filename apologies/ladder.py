"""The ladder of warnings: every endangered dossier climbs it, rung by rung, once for a promise.

The sweep works in sets with SKIP LOCKED over `dossier_open_by_due`; a warning is unique for
dossier, promise and place, so two beats at once warn once. A dossier whose promise moved begins
anew; one that is paused or ended is no longer open and so leaves the ladder. Rungs that were
passed while nobody could be reminded are not made up for: the dossier stands where it stands.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from apologies import ladder_steps
from apologies.ladder_steps import Ladder
from apologies.models import LadderWarning
from apologies.statuses import Rung
from dossiers import ledger
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import EventKind
from dossiers.telling import day
from dossiers.writing import update_many

BATCH = 500


def climb(*, at: datetime) -> int:
    """Warn of every dossier that has reached a higher rung; how many. A batch a transaction."""
    return sum(_climb(ladder, at) for ladder in ladder_steps.ladders(at=at))


def reached(ladder: Ladder, *, at: datetime) -> DossierQuerySet:
    """Open dossiers on a rung of this ladder that nobody was warned of, with their `place`."""
    late_before = ladder.horizons[0].before
    # One question and not one for each kind of rung, so that the database may join the answers.
    warned = LadderWarning.objects.filter(
        Q(promised_at__gte=late_before) | Q(on_day=local_date(at)),
        dossier=OuterRef("pk"),
        promised_at=OuterRef("due_at"),
        place__gte=OuterRef("place"),
    )
    endangered: DossierQuerySet = Dossier.objects.all().open().without_leftovers()
    # The widest horizon lets the index begin and end where the ladder does.
    endangered = endangered.filter(
        due_at__lt=ladder.horizons[-1].before, agency__in=ladder.agency_ids
    ).annotate(place=_place(ladder))
    return endangered.filter(~Exists(warned))


def _place(ladder: Ladder) -> Case:
    steps = [When(due_at__lt=step.before, then=Value(step.place)) for step in ladder.horizons]
    return Case(*steps, output_field=IntegerField())


def _climb(ladder: Ladder, at: datetime) -> int:
    """All are found at once, from an index alone, and looked at again under their lock."""
    found = list(reached(ladder, at=at).order_by("due_at", "id").values_list("pk", flat=True))
    starts = range(0, len(found), BATCH)
    return sum(_batch(ladder, found[start : start + BATCH], at) for start in starts)


@transaction.atomic
def _batch(ladder: Ladder, found: Sequence[int], at: datetime) -> int:
    # Asked after the locks are held: a statement that takes them itself does not see what a
    # beat beside this one committed while it ran, and would warn of it twice.
    still = reached(ladder, at=at).filter(pk__in=_held(found))
    dossiers = list(still.only("code", "due_at", *ledger.HEAD_FIELDS).order_by("due_at", "id"))
    _warn(dossiers, ladder, at)
    return len(dossiers)


def _held(found: Sequence[int]) -> list[int]:
    """Those under lock now; what somebody else works on waits for the next beat."""
    free = Dossier.objects.filter(pk__in=found).order_by("pk")
    locked = free.select_for_update(skip_locked=True, no_key=True)
    return list(locked.values_list("pk", flat=True))


def _warn(dossiers: Sequence[Dossier], ladder: Ladder, at: datetime) -> None:
    warnings = [_warning(dossier, ladder, at) for dossier in dossiers]
    LadderWarning.objects.bulk_create(warnings)
    entries = [
        ledger.Entry(kind=EventKind.WARNED, at=at, recorded_at=at, data=_event_data(warning))
        for warning in warnings
    ]
    ledger.append_many(dossiers=dossiers, entries=entries)
    update_many(dossiers, ledger.HEAD_FIELDS)


def _warning(dossier: Dossier, ladder: Ladder, at: datetime) -> LadderWarning:
    place: int = dossier.place  # type: ignore[attr-defined]
    assert dossier.due_at is not None  # noqa: S101 (found by its promise)
    today = local_date(at)
    if place > 0:
        place = max(1, ladder.calendar.working_days(local_date(dossier.due_at), today))
    rungs = {step.place: step.rung for step in ladder.horizons}
    return LadderWarning(
        dossier=dossier,
        promised_at=dossier.due_at,
        rung=rungs.get(place, Rung.LATE),
        place=place,
        at=at,
        on_day=today,
    )


def _event_data(warning: LadderWarning) -> dict[str, object]:
    rung = Rung(warning.rung)
    return {
        "matter": f"{rung.label[:1].lower()}{rung.label[1:]} ({standing(warning)})",
        "rung": rung.value,
        "place": warning.place,
        "promised_at": warning.promised_at.isoformat(),
    }


def standing(warning: LadderWarning) -> str:
    """`còn 2 ngày làm việc đến ngày hẹn trả 20/11/2026`."""
    promised = day(warning.promised_at)
    if warning.place < 0:
        return f"còn {-warning.place} ngày làm việc đến ngày hẹn trả {promised}"
    if warning.place == 0:
        return f"hôm nay là ngày hẹn trả {promised}"
    # Not how late: this day is not over, and the dossier's page counts whole days.
    return f"ngày làm việc thứ {warning.place} sau ngày hẹn trả {promised}"
