"""Drafts a letter for every dossier that is about to break its promise, or has broken it.

The law wants the letter at least a day before the promise runs out (NĐ 61/2018 Đ19(9)), so a
draft waits from two working days before it on. The sweep works in sets with SKIP LOCKED; the
database keeps one live letter for a dossier, so two sweeps, or ten, draft it once.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.deadlines import HERE, local_date
from dossiers.models import Dossier, Reschedule
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import ENDED_STATUSES, Fault
from organizations.models import Agency, User
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap
from workdays.loading import calendar_for
from workdays.models import WorkSchedule

logger = logging.getLogger(__name__)

BATCH = 500
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Why the promise will not be kept, whose doing it is, and the day to promise instead."""

    reason: str
    fault: Fault
    new_day: date


def draft_endangered(*, at: datetime) -> int:
    """Draft for all that need it and have none; how many. Each batch is a transaction."""
    total = 0
    for schedule_id, cutoff in _horizons(at):
        needing = endangered(schedule_id=schedule_id, cutoff=cutoff)
        found = list(needing.order_by("due_at", "id").values_list("pk", flat=True))
        for start in range(0, len(found), BATCH):
            batch = needing.filter(pk__in=found[start : start + BATCH])
            total += _draft_batch(batch, calendar_for(schedule_id), at)
    return total


def draft(
    *, dossier: Dossier, proposal: Proposal, actor: User | None, at: datetime
) -> ApologyLetter:
    """Write what an accepted request proposes into the dossier's draft; make one if need be.

    Needs an open transaction and the dossier under lock.
    """
    letter = ApologyLetter.objects.drafts().select_for_update().filter(dossier=dossier).first()
    if letter is None:
        letter = _letter(dossier, None, at)
    else:
        letter.revision += 1
    letter.reason, letter.fault = proposal.reason, proposal.fault
    letter.new_day, letter.drafted_by = proposal.new_day, actor
    letter.save()
    return letter


def tend(*, at: datetime) -> int:
    """Set aside drafts that nobody needs any more, propose later days where one has passed.

    How many changed. A text that a person has touched keeps its day: signing says if it will
    not do.
    """
    return _retire_ended() + _retire_safe(at) + _propose_later(at)


def proposed_day(*, promised_at: datetime, calendar: Calendar, at: datetime) -> date | None:
    """So many working days after the promise and after today; None beyond the known calendar."""
    start = max(local_date(promised_at), local_date(at))
    try:
        return calendar.add_working_days(start, settings.APOLOGY_NEW_DAY_AFTER)
    except (CalendarGap, BrokenSchedule):
        return None


def draft_one(*, dossier: Dossier, agency: Agency, at: datetime) -> ApologyLetter:
    """The draft of a dossier that has no live letter. Needs it under lock, and a transaction."""
    letter = _letter(dossier, calendar_for(agency.schedule_id), at)
    letter.save()
    return letter


def horizon(agency: Agency, *, at: datetime) -> datetime:
    """The moment before which a promise of this agency is endangered."""
    return _horizon(agency.schedule_id, at)


def _horizons(at: datetime) -> Iterator[tuple[int, datetime]]:
    """The same for each schedule."""
    for schedule_id in WorkSchedule.objects.order_by("id").values_list("id", flat=True):
        yield schedule_id, _horizon(schedule_id, at)


def _horizon(schedule_id: int, at: datetime) -> datetime:
    try:
        calendar = calendar_for(schedule_id)
        last = calendar.add_working_days(local_date(at), settings.APOLOGY_DRAFT_BEFORE)
    except (CalendarGap, BrokenSchedule) as gap:
        logger.error("Schedule %s: no drafts ahead of the promise: %s", schedule_id, gap)
        last = local_date(at)
    return datetime.combine(last + _A_DAY, time.min, HERE)


def endangered(*, schedule_id: int, cutoff: datetime) -> DossierQuerySet:
    """Open, promised before the cut-off, not put off before, and without a live letter."""
    live = ApologyLetter.objects.live().filter(dossier=OuterRef("pk"))
    # Not `reschedule__isnull`: PostgreSQL would think that hardly a dossier is left, and look
    # for the letter of each by itself.
    put_off = Reschedule.objects.filter(dossier=OuterRef("pk"))
    found: DossierQuerySet = Dossier.objects.all().open().without_leftovers()
    return found.filter(
        ~Exists(live), ~Exists(put_off), due_at__lt=cutoff, agency__schedule=schedule_id
    )


@transaction.atomic
def _draft_batch(batch: DossierQuerySet, calendar: Calendar, at: datetime) -> int:
    dossiers = (
        batch.only("agency_id", "rule_set", "due_at")
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True, of=("self",), no_key=True)
    )
    letters = [_letter(dossier, calendar, at) for dossier in dossiers]
    # A sweep beside this one may have been quicker: its draft stands.
    ApologyLetter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def _letter(dossier: Dossier, calendar: Calendar | None, at: datetime) -> ApologyLetter:
    assert dossier.due_at is not None  # noqa: S101 (only a promise can be broken)
    return ApologyLetter(
        dossier=dossier,
        agency_id=dossier.agency_id,
        rule_set=dossier.rule_set,
        status=LetterStatus.DRAFT,
        fault=Fault.AGENCY,
        promised_at=dossier.due_at,
        new_day=proposed_day(promised_at=dossier.due_at, calendar=calendar, at=at)
        if calendar
        else None,
        drafted_at=at,
    )


def _retire_ended() -> int:
    """The dossier has its result, or needs none: there is nothing to promise anew."""
    return (
        ApologyLetter.objects.drafts()
        .filter(dossier__status__in=ENDED_STATUSES)
        .update(status=LetterStatus.OBSOLETE)
    )


def _retire_safe(at: datetime) -> int:
    """The promise moved by itself (a supplement, a new holiday) and is not endangered now."""
    moved = ApologyLetter.objects.drafts().filter(
        ~Q(dossier__due_at=F("promised_at")), replaces__isnull=True
    )
    done = 0
    for schedule_id, cutoff in _horizons(at):
        safe = moved.filter(agency__schedule=schedule_id, dossier__due_at__gte=cutoff)
        done += safe.update(status=LetterStatus.OBSOLETE)
    return done


def _propose_later(at: datetime) -> int:
    """Each row by itself: a head may be writing in the next one."""
    stale = ApologyLetter.objects.drafts().filter(
        Q(new_day__lte=local_date(at)) | Q(new_day__isnull=True), reason="", replaces__isnull=True
    )
    return sum(_later(pk, at) for pk in stale.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _later(pk: int, at: datetime) -> bool:
    letter = (
        ApologyLetter.objects.drafts()
        .select_related("agency")
        .select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk, reason="")
        .first()
    )
    if letter is None:
        return False
    day = proposed_day(
        promised_at=letter.promised_at, calendar=calendar_for(letter.agency.schedule_id), at=at
    )
    if day is None or day == letter.new_day:
        return False
    letter.new_day = day
    letter.revision += 1
    letter.save(update_fields=["new_day", "revision"])
    return True
