"""A plain course on which the clock stands still once: for a supplement, or for a payment.

As `detours` tells it, act for act; who never brings the supplement is left to `detours`.
"""

from datetime import datetime

from dossiers import deadlines, ledger
from dossiers.deadlines import Halt
from dossiers.statuses import DossierStatus, EventKind, PauseKind
from procedures.statuses import ClockEffect
from tthc_portal.demonstration import detours, fates
from tthc_portal.demonstration.benches import Who
from tthc_portal.demonstration.courses import Course, NotPlain, Stood, act, day_of
from tthc_portal.demonstration.seconds import here

_S = DossierStatus
_ASKED = act(EventKind.SUPPLEMENT_ASKED, _S.PROCESSING, detours.WHY_MORE)
_RECEIVED = act(EventKind.SUPPLEMENT_RECEIVED, _S.AWAITING_SUPPLEMENT)
_PAUSED = act(EventKind.PAUSED, _S.PROCESSING, detours.DUTY)
_RESUMED = act(EventKind.RESUMED, _S.AWAITING_PAYMENT, detours.PROOF)


def stand_still(course: Course, officer: Who) -> None:
    """On the officer's desk, and on again with a promise that has moved."""
    if course.fate.detour < fates.SUPPLEMENTED:
        _supplement(course, officer)
    else:
        _pay(course, officer)


def _supplement(course: Course, officer: Who) -> None:
    """Asked for at once, within the first days (NĐ 61/2018 Đ19(4))."""
    bench, case = course.bench, course.offer.case
    course.wait(bench.random.uniform(0.5, 5))
    items = detours.asked_for([paper.name for paper in case.papers], bench.random)
    effect = detours.effect_on(day_of(bench, course.now), case, course.rules)
    course.note(_ASKED, officer, ledger.canonical(detours.asking(items, effect)))
    since = _halt(course)
    course.wait(bench.random.lognormvariate(2.9, 0.8))
    clerk = course.any_of(bench.clerks)
    moved = _go_on(course, since, effect)
    told = {"matter": "; ".join(items), "number": 1, **moved}
    course.note(_RECEIVED, clerk, ledger.canonical(told))
    course.stood = Stood(course.halts[0], PauseKind.SUPPLEMENT.value, items, officer.pk, clerk.pk)


def _pay(course: Course, officer: Who) -> None:
    """The clock stands still while the applicant does a financial duty."""
    random, effect = course.bench.random, course.rules.payment_effect
    course.wait(random.uniform(1, 6))
    course.note(_PAUSED, officer, ledger.canonical({"effect": effect.value}))
    since = _halt(course)
    course.wait(random.lognormvariate(3.2, 0.8))
    moved = _go_on(course, since, effect)
    course.note(_RESUMED, officer, ledger.canonical(moved))
    course.stood = Stood(course.halts[0], PauseKind.PAYMENT.value, (), "", "")


def _halt(course: Course) -> datetime:
    """The clock stands still from now on, and the sweeps watch nothing."""
    course.watch()
    return course.bench.seconds.moment(course.now)


def _go_on(course: Course, since: datetime, effect: ClockEffect) -> dict[str, object]:
    """The clock runs again: the promise is computed anew; what the event says of it."""
    seconds, before = course.bench.seconds, course.promised
    course.halts = (Halt(since, seconds.moment(course.now), effect),)
    if before is not None:
        clock = deadlines.clock_of(
            course.offer.case, accepted_at=seconds.moment(course.accepted), halts=course.halts
        )
        course.promised = seconds.of_clock(clock)
        if course.promised is None:
            raise NotPlain
        course.remind = max(course.promised.near, course.accepted)
    course.noted -= {EventKind.DUE_SOON, EventKind.OVERDUE}
    after = course.promised
    return {
        "effect": effect.value,
        "since": here(since),
        "previous_due_at": here(before.due_at) if before else None,
        "due_at": here(after.due_at) if after else None,
    }
