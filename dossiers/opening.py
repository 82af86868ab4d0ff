"""Writes a new dossier under the next number of its agency and day, in one statement.

From the giving of a number to the commit nobody else is given one of that agency. So all else
is made ready before, and the statement itself writes the code, also into the first event's hash.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db.models import Model

from dossiers import calendars, codes, ledger
from dossiers.checking import IntakeRefused
from dossiers.models import CodeCounter, Dossier, DossierEvent
from dossiers.requests import Request
from dossiers.writing import Ahead, insert_together
from organizations.recalling import LATEST, NoLongerSo, stood_on
from procedures.models import ProcedureAssignment
from workdays.loading import Kept, calendar_for, kept_for
from workdays.refusals import BrokenSchedule, CalendarGap

# The counter's row stays locked until the transaction ends: a rolled-back act gives its number
# back, and two acts never see the same one.
_NUMBER = Ahead(
    types=["bigint", "date", "bigint", "bigint", "bigint", "bigint", "text", "text", "text"],
    sql=f"""
    next AS (
        INSERT INTO dossiers_codecounter (agency_id, day, last)
        SELECT agency.id, $2, 1 FROM organizations_agency agency
        WHERE agency.id = $1 AND agency.schedule_id = $3
            AND ($4 IS NULL OR $4 = (SELECT version FROM workdays_calendarstamp WHERE id = 1))
            AND ($9 IS NULL OR $9 = {LATEST})
            AND EXISTS (
                SELECT FROM procedures_procedureassignment assignment
                JOIN procedures_procedure procedure ON procedure.id = assignment.procedure_id
                WHERE assignment.procedure_id = $5 AND assignment.agency_id = $1
                    AND assignment.is_active
                    AND procedure.current_version_id = $6 AND procedure.retired_at IS NULL
            )
        ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1
            WHERE dossiers_codecounter.last < {codes.MOST_A_DAY}
        RETURNING last
    ),
    coded AS (SELECT $7 || lpad(last::text, 4, '0') AS code FROM next),
    ahead AS (
        SELECT code, encode(sha256(convert_to('["' || code || '",' || $8, 'UTF8')), 'hex') AS hash
        FROM coded
    )
    """,  # noqa: S608 (a number)
    columns={
        Dossier: {"code": "ahead.code", "last_hash": "ahead.hash"},
        DossierEvent: {"hash": "ahead.hash"},
    },
    before=calendars.KEEP_STILL,
)


class CalendarMoved(Exception):
    """The promise was made on a calendar that is no longer the agency's: do the act again."""


@contextmanager
def calendar_at_hand(request: Request) -> Iterator[Kept]:
    """The agency's calendar as this process knows it, to promise on; `write` refuses an old one.

    Raises CalendarMoved where only an old one refused: what it lacked may have been entered since.
    """
    schedule_id = request.agency.schedule_id
    kept = kept_for(schedule_id)
    try:
        yield kept
    except (BrokenSchedule, CalendarGap):
        if calendar_for(schedule_id) is kept.calendar:
            raise
        raise CalendarMoved from None


def write(
    first: DossierEvent,
    others: Sequence[Model],
    *,
    request: Request,
    day: date,
    calendar: Kept | None,
) -> None:
    """Write the dossier of this first event with all that hangs on it, and give it its code.

    Raises IntakeRefused for a procedure that the agency does not handle, CodesExhausted at
    the end of the day's numbers, ActRefused while the calendar is being edited, CalendarMoved
    when it has been edited, NoLongerSo when what the act recalled may have changed.
    """
    agency, version, dossier = request.agency, request.version, first.dossier
    recalled = stood_on()
    values = (
        agency.pk,
        day,
        agency.schedule_id,
        calendar.version if calendar else None,
        version.procedure_id,
        version.pk,
        codes.beginning(agency=agency, day=day),
        ledger.told_after_code(first),
        recalled.version if recalled else None,
    )
    with calendars.told_when_busy():
        is_written = insert_together(dossier, [first, *others], ahead=_NUMBER, values=values)
    if not is_written:
        raise NoLongerSo if recalled else _objection(request, day)
    if recalled:
        recalled.is_proven = True
    first.hash = dossier.last_hash


def _objection(request: Request, day: date) -> Exception:
    """Why nothing was written."""
    agency, version = request.agency, request.version
    handled = ProcedureAssignment.objects.filter(
        agency=agency,
        is_active=True,
        procedure__current_version=version.pk,
        procedure__retired_at__isnull=True,
    )
    if not handled.exists():
        return IntakeRefused(
            "Thủ tục này không còn hiệu lực hoặc chưa giao cho cơ quan đã chọn. "
            "Hãy chọn lại thủ tục.",
            code="procedure_not_handled",
        )
    if CodeCounter.objects.filter(agency=agency, day=day, last__gte=codes.MOST_A_DAY).exists():
        return codes.exhausted(agency)
    agency.refresh_from_db(fields=["schedule"])
    calendar_for(agency.schedule_id)
    return CalendarMoved()
