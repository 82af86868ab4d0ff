"""Puts plain courses into rows: most of each is text already, and the chain is hashed here.

The canonical form is that of `dossiers.ledger.content_hash`; `verify_ledger` and the tests
prove every chain by the ledger's own function.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import NamedTuple, Protocol

from dossiers.clock_facts import Changes
from dossiers.copying import NOTHING, cell, text
from dossiers.statuses import DossierStatus, EventKind
from dossiers.steps import due_moments
from tthc_portal.demonstration import benches
from tthc_portal.demonstration.benches import Passed, Who
from tthc_portal.demonstration.courses import Course
from tthc_portal.demonstration.reactions import Complaint

_FLAGS = {True: "t", False: "f"}
_ALL = 10_000
_UNPROMISED = f"{NOTHING}\t{NOTHING}\t{NOTHING}"


class Lines(Protocol):
    """Where a row of one table is put."""

    def __call__(self, cells: str, /) -> None: ...


def chain(course: Course, add: Lines, *, sealed_until: str, late: str) -> str:
    """Each event with its place in the chain; the end of the dossier's row, which names its head.

    What happened on days that are sealed is recorded `late`: nothing slips under a seal.
    """
    pk, code, digest, recorded, is_late = course.pk, course.code, "", "", False
    sequence = 0
    for sequence, (act, at, recorded_at, who, data) in enumerate(course.events, start=1):
        is_late = is_late or recorded_at < sealed_until
        recorded = late if is_late else recorded_at
        content = (
            f'["{code}",{sequence},"{act.kind}","{at}","{recorded}",{who.told},{act.told},{data},'
            f'"{digest}"]'
        )
        previous, digest = digest, sha256(content.encode()).hexdigest()
        add(
            f"{pk}\t{sequence}\t{act.kind}\t{at}\t{recorded}\t{who.cells}\t{act.cells}\t"
            f"{data if data == '{}' else text(data)}\t{previous}\t{digest}"
        )
    return f"{sequence}\t{digest}\t{recorded}"


def dossier(course: Course, head: str) -> str:
    """The dossier's row, in the order of the sheet's columns."""
    offer, moments, noted = course.offer, course.moments, course.noted
    kind, name, identity, tax, phone, address, verified, population, method, proxy = (
        course.applicant
    )
    officer = _pk(course.officer)
    return (
        f"{course.pk}\t{course.code}\t{course.submitted or NOTHING}\t"
        f"{course.accept_by or NOTHING}\t{moments[benches.ACCEPTED] or NOTHING}\t"
        f"{course.transfer_by or NOTHING}\t{_promise(course)}\t{offer.limit_cells}\t"
        f"{kind}\t{name}\t{identity}\t{tax}\t{phone}\t{address}\t{_FLAGS[verified]}\t"
        f"{_FLAGS[population]}\t{method}\t{proxy}\t{course.synced or NOTHING}\t"
        f"{moments[benches.TRANSFERRED] or NOTHING}\t{course.resolved or NOTHING}\t"
        f"{course.returned or NOTHING}\t{course.refused or NOTHING}\t"
        f"{offer.cells(course.rules.code)}\t{course.events[-1].act.state}\t{officer}\t"
        f"{officer if course.is_proposed else NOTHING}\t{_pk(course.approver)}\t"
        f"{_FLAGS[EventKind.DUE_SOON in noted]}\t{_FLAGS[EventKind.OVERDUE in noted]}\t"
        f"{_FLAGS[EventKind.NOT_TRANSFERRED in noted]}\t"
        f"{_FLAGS[EventKind.NOT_ACCEPTED_IN_TIME in noted]}\t{head}"
    )


def _promise(course: Course) -> str:
    """The first promise, the promise, and the moment of its reminder: the same to the end."""
    promised = course.promised
    if promised is None:
        return _UNPROMISED
    told = course.bench.seconds.told
    due = told(promised.due)
    first = due if course.first is promised or course.first is None else told(course.first.due)
    return f"{first}\t{due}\t{told(course.remind)}"


def _pk(who: Who | None) -> str:
    return who.pk if who else NOTHING


def steps(course: Course, add: Lines) -> None:
    """Each desk's share of the time, and when it began and ended its part."""
    if not course.moments[benches.TRANSFERRED]:
        return
    assert course.status is not None  # noqa: S101 (it has begun)
    pk, moments, people = course.pk, course.moments, course.people
    went_back = bool(moments[benches.PROPOSED_AGAIN])
    passed = course.offer.passed(course.status, went_back=went_back)
    shares = [each.share for each in passed]
    dues = _due(course, shares)
    if course.halts:
        dues = _moved(course, passed, dues)
    for each, due in zip(passed, dues, strict=True):
        started = NOTHING if each.started is None else moments[each.started]
        finished = NOTHING if each.finished is None else moments[each.finished]
        by = NOTHING if each.by is None else _pk(people[each.by])
        add(f"{pk}\t{each.cells}\t{due}\t{started}\t{finished}\t{by}")


def _due(course: Course, shares: list[int]) -> list[str]:
    """As `dossiers.steps.due_moments` counts it for a clock that never stood still."""
    promised, seconds = course.first, course.bench.seconds
    if promised is None:
        return [NOTHING] * len(shares)
    begun = seconds.position(course.accepted)
    whole, due = promised.position - begun, promised.due
    at_end = seconds.told(due)
    return [
        at_end
        if share >= _ALL or share <= 0 or whole <= 0
        else seconds.told_finely(min(seconds.share_of(begun, whole, share), due * 10**6))
        for share in shares
    ]


class _Promised(NamedTuple):
    accepted_at: datetime | None
    due_at: datetime | None


def _moved(course: Course, passed: Sequence[Passed], dues: Sequence[str]) -> list[str]:
    """What was not finished when the clock stood still follows the promise that moved."""
    if course.promised is None:
        return list(dues)
    seconds = course.bench.seconds
    moments = due_moments(
        _Promised(seconds.moment(course.accepted), course.promised.due_at),
        [Decimal(each.share) / 100 for each in passed],
        seconds.calendar,
        Changes(course.halts, None),
    )
    return [
        before if each.finished == benches.TRANSFERRED or after is None else cell(after)
        for each, before, after in zip(passed, dues, moments, strict=True)
    ]


def result(course: Course) -> str | None:
    """What was decided, and into whose hands it came."""
    if course.result is None:
        return None
    number, issued, head = course.result
    signer = head.user
    assert signer is not None  # noqa: S101 (the system signs nothing)
    is_returned = course.status == DossierStatus.RETURNED
    name = course.applicant.name if is_returned else ""
    method = course.applicant.return_method if is_returned else ""
    return (
        f"{course.pk}\t{number}{course.bench.symbol_cell}\t{issued}\t{text(signer.full_name)}\t"
        f"{text(signer.title)}\t{name}\t{method}"
    )


def complaint(course: Course) -> Complaint:
    """Somebody complains about this dossier."""
    bench, applicant = course.bench, course.applicant
    return Complaint(
        desk=bench.desk,
        pk=course.pk,
        code=course.code,
        since=bench.seconds.moment(course.now),
        until=bench.until_at,
        is_late=course.is_late,
        name=applicant.name,
        phone=applicant.phone,
        address=applicant.address,
        random=Random(course.code),  # noqa: S311 (chance, not secrecy)
    )
