"""Turns claims into dossiers: rows by COPY, one honest event each, never a pretended act.

A dossier's moments are those that the old system claims; what it does not say stays unknown.
Its history begins with the import, recorded when it happened, by whom, with the claims as data.
The promise is the day that the old system gave; its limit is the days between the two.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from dossiers import ledger, rules
from dossiers.copying import Sheet, reserve
from dossiers.deadlines import local_date
from dossiers.models import Dossier, Result
from dossiers.statuses import (
    ENDED_STATUSES,
    DossierStatus,
    EventKind,
    ReturnMethod,
)
from legacy.claims import MOMENTS, Claim
from legacy.models import ImportRow, ImportRun, Origin
from legacy.statuses import RowOutcome
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap
from workdays.units import TimeUnit

UNKNOWN = "Không rõ"
# What no export says of a dossier that was handled.
_NEVER_SAID = ("transferred_at", "assignee", "papers", "fees", "steps")
_HAS_RESULT = (DossierStatus.RESOLVED, DossierStatus.RETURNED)
# A code of the old system that is one by the law of today may go on: receipts bear it.
_LAWFUL = re.compile(r"(?P<agency>.+)-(?P<day>[0-9]{6})-[0-9]{4,7}")
_NO_ACCEPTANCE = (DossierStatus.SUBMITTED, DossierStatus.NOT_ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Under which run, with which calendars and rules, at what moment rows are taken over."""

    run: ImportRun
    calendars: Mapping[int, Calendar]
    at: datetime


def keeps_code(claim: Claim, *, at: datetime) -> bool:
    """Is the old code a lawful one of the same agency, of a day whose numbers are all given?"""
    found = _LAWFUL.fullmatch(claim.legacy_code)
    if found is None or claim.place is None or found["agency"] != claim.place.agency.code:
        return False
    return found["day"] < f"{local_date(at):%y%m%d}"


def take(claims: Sequence[Claim], moment: Moment) -> None:
    """Write these claims as dossiers, with all that hangs on them; needs an open transaction."""
    if not claims:
        return
    dossier_ids = reserve(Dossier, len(claims))
    origin_ids = reserve(Origin, len(claims))
    dossiers, events, results, origins, rows = [], [], [], [], []
    for claim, pk, origin_id in zip(claims, dossier_ids, origin_ids, strict=True):
        dossier = _dossier(claim, moment)
        dossier.pk, dossier.code = pk, _code(claim, origin_id, moment.at)
        events.append(ledger.next_event(dossier=dossier, entry=_entry(claim, dossier, moment)))
        dossiers.append(dossier)
        if dossier.status in _HAS_RESULT:
            results.append(_result(claim, dossier))
        origins.append(_origin(claim, dossier, origin_id, moment.run))
        rows.append(_row(claim, moment.run, RowOutcome.IMPORTED, dossier))
    for written in (dossiers, events, results, origins, rows):
        _copy(written)


def account(claims: Iterable[tuple[Claim, RowOutcome]], run: ImportRun) -> None:
    """Write what became of rows that made no dossier."""
    _copy([_row(claim, run, outcome, None) for claim, outcome in claims])


def _dossier(claim: Claim, moment: Moment) -> Dossier:
    place, version, texts = claim.place, claim.version, claim.texts
    assert place is not None and version is not None  # noqa: S101, PT018 (objected otherwise)
    return Dossier(
        agency=place.agency,
        counter_id=place.counter_id,
        version_id=version.version_id,
        applicant_kind=claim.kind,
        applicant_name=texts["applicant"],
        identity_number=texts.get("identity_number", ""),
        tax_code=texts.get("tax_code", ""),
        phone=texts.get("phone", ""),
        email=texts.get("email", ""),
        address=texts.get("address", ""),
        summary=texts.get("summary") or version.name[:500],
        channel=claim.channel,
        return_method=ReturnMethod.COUNTER,
        imported_at=moment.at,
        not_transferred_noted=True,
        not_accepted_noted=True,
        **_moments(claim, moment.at),
        **_promise(claim, moment),
    )


def _moments(claim: Claim, imported_at: datetime) -> dict[str, Any]:
    """The claimed moments that belong to the state; the others stay in the event alone."""
    status, at = claim.status, claim.at
    accepted_at = None if status in _NO_ACCEPTANCE else at("accepted_at")
    ended_at = at("resolved_at") or at("returned_at") or at("refused_at")
    return {
        "submitted_at": at("submitted_at")
        or (at("accepted_at") if status == DossierStatus.SUBMITTED else None),
        "accepted_at": accepted_at,
        "resolved_at": ended_at if status in ENDED_STATUSES else None,
        "returned_at": at("returned_at") if status == DossierStatus.RETURNED else None,
        "refused_at": at("refused_at") or ended_at or at("accepted_at")
        if status == DossierStatus.NOT_ACCEPTED
        else None,
        "rule_set": _rule_set(at("accepted_at") or at("submitted_at") or imported_at),
    }


def _rule_set(received_at: datetime) -> str:
    """That of the day of reception; before the first one, the first."""
    try:
        return rules.in_force_on(local_date(received_at)).code
    except ValueError:
        return rules.BY_CODE.on(date.min)[0].code


def _promise(claim: Claim, moment: Moment) -> dict[str, Any]:
    """The claimed day, and the days between as the limit; without one, none is promised."""
    due_at, accepted_at = claim.at("due_at"), claim.at("accepted_at")
    if due_at is None or accepted_at is None or claim.status in _NO_ACCEPTANCE:
        return {"time_limit": None, "time_unit": ""}
    days = (local_date(due_at) - local_date(accepted_at)).days
    has_passed = due_at <= moment.at
    return {
        "first_due_at": due_at,
        "due_at": due_at,
        "time_limit": Decimal(max(1, days)),
        "time_unit": TimeUnit.CALENDAR_DAY,
        "remind_at": None if has_passed else _remind_at(claim, due_at, moment),
        # Nobody is told now of what ran out before the dossier came here.
        "due_soon_noted": has_passed,
        "overdue_noted": has_passed,
    }


def _remind_at(claim: Claim, due_at: datetime, moment: Moment) -> datetime | None:
    assert claim.place is not None  # noqa: S101 (objected otherwise)
    agency = claim.place.agency
    try:
        calendar = moment.calendars[agency.schedule_id]
        near = calendar.add_working_days(due_at, -agency.due_soon_days)
    except (CalendarGap, BrokenSchedule):
        return None
    return max(near, claim.at("accepted_at") or near)


def _code(claim: Claim, origin_id: int, at: datetime) -> str:
    """The old code where it is lawful; else one of a series apart, by the day of reception."""
    assert claim.place is not None  # noqa: S101 (objected otherwise)
    if keeps_code(claim, at=at):
        return claim.legacy_code
    received = claim.at("accepted_at") or claim.at("submitted_at") or at
    return f"{claim.place.agency.code}.NC-{local_date(received):%y%m%d}-{origin_id:07d}"


def _entry(claim: Claim, dossier: Dossier, moment: Moment) -> ledger.Entry:
    run = moment.run
    said = {name: claim.at(name) for name in MOMENTS}
    due_at = dossier.due_at
    return ledger.Entry(
        kind=EventKind.IMPORTED,
        at=moment.at,
        recorded_at=moment.at,
        actor=run.actor,
        claimed_status=claim.status,
        data={
            "source": run.system.name,
            "legacy_code": claim.legacy_code,
            "run": run.pk,
            "row": claim.number,
            "file_sha256": run.digest,
            "national_state": claim.national_state,
            "state_word": claim.texts.get("state", ""),
            "claimed": {name: at.isoformat() for name, at in said.items() if at},
            "day_only": [name for name, at in claim.moments.items() if at.is_day_only],
            "unknown": [*(name for name, at in said.items() if at is None), *_NEVER_SAID],
            "due_at": due_at.isoformat() if due_at else None,
        },
    )


def _result(claim: Claim, dossier: Dossier) -> Result:
    """There is a result, says the old system; by whom it was signed it does not say."""
    assert dossier.resolved_at is not None  # noqa: S101 (a constraint of these states)
    return Result(
        dossier=dossier,
        number=claim.texts.get("result_number") or UNKNOWN,
        issued_date=local_date(dossier.resolved_at),
        signer_name=UNKNOWN,
        signer_title=UNKNOWN,
        recipient_name=UNKNOWN if dossier.status == DossierStatus.RETURNED else "",
    )


def _origin(claim: Claim, dossier: Dossier, pk: int, run: ImportRun) -> Origin:
    return Origin(
        pk=pk,
        dossier=dossier,
        system_id=run.system_id,
        legacy_code=claim.legacy_code,
        run=run,
        number=claim.number,
    )


def _row(claim: Claim, run: ImportRun, outcome: RowOutcome, dossier: Dossier | None) -> ImportRow:
    said = claim.objections if outcome == RowOutcome.REFUSED else claim.remarks
    return ImportRow(
        run=run,
        number=claim.number,
        legacy_code=claim.legacy_code,
        outcome=outcome,
        dossier=dossier,
        problems=[list(each) for each in said],
    )


def _copy(written: Sequence[Model]) -> None:
    """All columns of these rows of one model, by COPY; rows without a number are given one."""
    if not written:
        return
    meta = written[0]._meta
    names = [
        each.attname
        for each in meta.concrete_fields
        if not each.generated and not (each.primary_key and written[0].pk is None)
    ]
    sheet = Sheet(type(written[0]), names)
    for row in written:
        sheet.add(*(getattr(row, name) for name in names))
    sheet.copy()
