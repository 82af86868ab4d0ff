"""The plain course of a dossier, drawn in whole seconds: most of a province fares like this.

The same story as `stories` tells, act for act, without withdrawals and letters. What
turns out not to be plain (late with a letter due, or not at its end yet) is left to `stories`,
which lives through it with the same fate. The tests hold both against the same rules.
"""

from bisect import bisect
from functools import lru_cache

from dossiers import ledger, rules
from dossiers.statuses import DossierStatus, EventKind
from tthc_portal.demonstration import applicants, benches, fates, halted, reactions, stories
from tthc_portal.demonstration.benches import SYSTEM, Bench, Offer, Who
from tthc_portal.demonstration.courses import Course, NotPlain, act, day_of
from tthc_portal.demonstration.desks import season
from tthc_portal.demonstration.fates import Fate
from tthc_portal.demonstration.seconds import DAY, HOUR

_UNHURRIED = 40.0
_S = DossierStatus
_SUBMITTED = act(EventKind.SUBMITTED, None)
_ACCEPTED = act(EventKind.ACCEPTED, None)
_ACCEPTED_ONLINE = act(EventKind.ACCEPTED, _S.SUBMITTED)
_TRANSFERRED = act(EventKind.TRANSFERRED, _S.ACCEPTED)
_ASSIGNED = act(EventKind.ASSIGNED, _S.PROCESSING)
_PROPOSED = act(EventKind.PROPOSED, _S.PROCESSING, stories.OPINION)
_SENT_BACK = act(EventKind.SENT_BACK, _S.AWAITING_APPROVAL, stories.SENT_BACK_FOR)
_DECLINED = act(EventKind.DECLINED, _S.AWAITING_APPROVAL, stories.DECLINED_FOR)
_APPROVED = act(EventKind.APPROVED, _S.AWAITING_APPROVAL)
_RETURNED = act(EventKind.RETURNED, _S.RESOLVED)


def live(bench: Bench, offer: Offer, begun: int, fate: Fate) -> Course | None:
    """The whole course of a dossier that begins then; None when it is not a plain one."""
    applicant = applicants.somebody(bench.random, is_online=offer.is_online)
    course = Course(bench, offer, begun, fate, applicant)
    try:
        if _begin(course):
            _handle(course)
    except NotPlain:
        return None
    _settle(course)
    return course


def _begin(course: Course) -> bool:
    """Received or refused; True when it goes on."""
    draw = course.fate.beginning
    if not course.offer.is_online:
        if draw < fates.REFUSED_AT_COUNTER:
            return _refuse(course)
        return _accept(course)
    _submit(course)
    if draw < fates.WITHDRAWN_EARLY:
        raise NotPlain
    course.wait(min(course.bench.random.lognormvariate(0.3, 0.9), 60))
    if draw < fates.WITHDRAWN_EARLY + fates.REFUSED_ONLINE:
        return _refuse(course)
    return _accept(course)


def _submit(course: Course) -> None:
    seconds = course.bench.seconds
    course.submitted = course.note(_SUBMITTED, SYSTEM)
    by = seconds.accept_by(course.now, course.rules)
    course.accept_by = seconds.told(by)
    course.watch((by, EventKind.NOT_ACCEPTED_IN_TIME))


def _refuse(course: Course) -> bool:
    course.sweep()
    reasons = stories.REFUSALS
    reason = reasons[int(course.bench.random.random() * len(reasons))]
    clerk = course.any_of(course.bench.clerks)
    course.refused = course.note(act(EventKind.REFUSED, course.status, reason), clerk)
    course.watch()
    return False


def _accept(course: Course) -> bool:
    bench, offer, now = course.bench, course.offer, course.now
    course.sweep()
    course.accepted = now
    clerk = course.any_of(bench.clerks)
    course.rules = rules.in_force_on(day_of(bench, now))
    due_at = _promise(course)
    by = bench.seconds.transfer_by(now, course.rules)
    course.transfer_by = bench.seconds.told(by)
    data = f'{{"due_at":{due_at},{offer.accepted(course.rules.code)}'
    done = _ACCEPTED if course.status is None else _ACCEPTED_ONLINE
    course.moments[benches.ACCEPTED] = course.note(done, clerk, data)
    _watch_promise(course, (by, EventKind.NOT_TRANSFERRED))
    return True


def _promise(course: Course) -> str:
    """When it is due, as the acceptance says it."""
    case, seconds = course.offer.case, course.bench.seconds
    if case.time_limit is None or not case.time_unit:
        return "null"
    course.first = course.promised = promised = seconds.promised(
        course.now, case.time_limit, case.time_unit
    )
    if promised is None:
        raise NotPlain
    course.remind = max(promised.near, course.now)
    return f'"{promised.due_at.isoformat()}"'


def _watch_promise(course: Course, *more: tuple[int, EventKind]) -> None:
    if course.promised is None:
        course.watch(*more)
        return
    both = (course.remind, EventKind.DUE_SOON), (course.promised.due, EventKind.OVERDUE)
    course.watch(*more, *(each for each in both if each[1] not in course.noted))


def _handle(course: Course) -> None:
    """From the counter to the head's desk and back (NĐ 61/2018 Đ18 to Đ20)."""
    bench, fate = course.bench, course.fate
    pace = fate.pace(bench.desk, course.offer.case, season(day_of(bench, course.now)))
    hours = _promised_hours(course) * pace
    _transfer(course, hours)
    if fate.is_forgotten:
        hours *= 6
    course.wait(hours * stories.TO_ASSIGN * bench.random.uniform(0.3, 1.5))
    officer = _assign(course)
    if fate.detour < fates.SUPPLEMENTED + fates.PAYS:
        halted.stand_still(course, officer)
        _watch_promise(course)
    _propose(course, hours * stories.TO_PROPOSE)
    head = course.any_of([each for each in bench.heads if each.pk != officer.pk])
    if fate.is_sent_back:
        course.wait(bench.random.uniform(0.5, 4))
        course.note(_SENT_BACK, head)
        _propose(course, bench.random.uniform(2, 8))
    course.wait(hours * stories.TO_APPROVE * bench.random.uniform(0.4, 1.6))
    _refuse_letters(course)
    _decide(course, head)


def _promised_hours(course: Course) -> float:
    """The working hours between acceptance and promise; without a limit, a week."""
    if course.promised is None:
        return _UNHURRIED
    passed = course.bench.seconds.position(course.now)
    return max(2.0, (course.promised.position - passed) / HOUR)


def _transfer(course: Course, hours: float) -> None:
    random = course.bench.random
    clerk = course.any_of(course.bench.clerks)
    slow = random.random() < fates.LATE_TRANSFER
    course.wait(random.uniform(6, 20) if slow else min(hours * stories.TO_TRANSFER, 1.2))
    course.moments[benches.TRANSFERRED] = course.note(_TRANSFERRED, clerk)
    course.people[benches.RECEIVER] = clerk
    _watch_promise(course)


def _assign(course: Course) -> Who:
    bench, random = course.bench, course.bench.random
    officer = course.any_of(bench.officers)
    by = officer if random.random() < 0.3 else course.any_of(bench.heads)
    course.moments[benches.ASSIGNED] = course.note(_ASSIGNED, by, _given(officer, None))
    others = [each for each in bench.officers if each is not officer]
    if others and course.fate.is_assigned_again:
        course.wait(random.uniform(1, 6))
        previous, officer = officer, course.any_of(others)
        course.note(_ASSIGNED, course.any_of(bench.heads), _given(officer, previous))
    course.people[benches.OFFICER] = course.officer = officer
    return officer


@lru_cache(maxsize=4096)
def _given(officer: Who, previous: Who | None) -> str:
    name = previous.user.full_name if previous and previous.user else ""
    assert officer.user is not None  # noqa: S101 (the system has no desk)
    told = {"officer": officer.user.full_name, "officer_id": officer.user.pk, "previous": name}
    return ledger.canonical(told)


def _propose(course: Course, hours: float) -> None:
    course.wait(hours)
    _refuse_letters(course)
    assert course.officer is not None  # noqa: S101 (assigned before)
    told = course.note(_PROPOSED, course.officer)
    again = course.is_proposed
    course.moments[benches.PROPOSED_AGAIN if again else benches.PROPOSED] = told
    course.is_proposed = True


def _refuse_letters(course: Course) -> None:
    """Who will be late and apologises does so before the act that is late."""
    promised = course.promised
    if promised is not None and course.now > promised.due and course.fate.is_apologised_for:
        raise NotPlain


def _decide(course: Course, head: Who) -> None:
    course.approver = course.people[benches.HEAD] = head
    course.ended = course.now
    if course.fate.is_declined:
        course.resolved = course.note(_DECLINED, head)
        return
    bench = course.bench
    issued = bench.seconds.days[course.now // DAY]
    number = str(12 + int(bench.random.random() * 9788))
    assert head.user is not None  # noqa: S101 (the system approves nothing)
    data = (
        f'{{"file_sha256":"","issued_date":"{issued}","number":"{number}{bench.symbol}",'
        f'"signer":{head.told.partition(",")[2]}}}'
    )
    course.result = number, issued, head
    course.resolved = course.moments[benches.APPROVED] = course.note(_APPROVED, head, data)
    course.watch()
    if bench.random.random() >= fates.NEVER_FETCHED:
        _return(course)


def _return(course: Course) -> None:
    """Into the applicant's hand; handing over late is no lateness (law of the index, 2.1)."""
    course.wait(course.bench.random.expovariate(1 / 10))
    clerk = course.any_of(course.bench.clerks)
    applicant = course.applicant
    data = f'{{"method":"{applicant.return_method}","recipient":"{applicant.name}"}}'
    course.returned = course.note(_RETURNED, clerk, data)
    course.moments[benches.RETURNED] = course.returned
    course.people[benches.GIVER] = clerk


def _settle(course: Course) -> None:
    """What is known of the whole dossier: its papers, its fee, and what the citizen thinks."""
    bench, offer, random = course.bench, course.offer, course.bench.random
    sums = benches.PAPER_SUMS
    course.papers = [facts[bisect(sums, random.random())] for facts in offer.papers]
    if offer.case.fee:
        course.fee = applicants.way_of_paying(random, is_online=offer.is_online)
    if random.random() >= applicants.UNSYNCED:
        course.synced = bench.seconds.told(course.begun + int(random.expovariate(1 / 240)))
    if course.status == DossierStatus.RETURNED and random.random() <= bench.desk.is_rated:
        course.rating = reactions.rating(
            bench.desk,
            random,
            returned_at=bench.seconds.moment(course.now),
            until=bench.until_at,
            is_late=course.is_late,
        )
    if course.moments[benches.ACCEPTED]:
        course.complains = random.random() <= reactions.share_of_petitions(is_late=course.is_late)
