"""What a new dossier needs of the database, asked in one statement.

Its number, whether the agency handles the procedure, and which calendar the agency keeps.
"""

from dataclasses import dataclass
from datetime import date

from dossiers import calendars, codes
from dossiers.checking import IntakeRefused
from dossiers.requests import Request
from organizations.models import Agency
from organizations.statements import Statement
from workdays.calendar import Calendar
from workdays.loading import calendar_for

# The counter's row stays locked until the transaction ends: a rolled-back act gives its number
# back, and two acts never see the same one.
_OPENING = Statement(
    "opening_of_dossier",
    ["bigint", "date", "bigint", "bigint"],
    """
    WITH next AS (
        INSERT INTO dossiers_codecounter (agency_id, day, last) VALUES ($1, $2, 1)
        ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1
        RETURNING last
    )
    SELECT next.last, agency.schedule_id,
        (SELECT version FROM workdays_calendarstamp WHERE id = 1),
        EXISTS (
            SELECT FROM procedures_procedureassignment assignment
            JOIN procedures_procedure procedure ON procedure.id = assignment.procedure_id
            WHERE assignment.procedure_id = $3 AND assignment.agency_id = $1
                AND assignment.is_active
                AND procedure.current_version_id = $4 AND procedure.retired_at IS NULL
        )
    FROM next, organizations_agency agency WHERE agency.id = $1
    """,
    before=calendars.KEEP_STILL,
)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The code that was given, and the calendar on which the dossier's promise is made."""

    code: str
    schedule_id: int
    calendar_version: int

    @property
    def calendar(self) -> Calendar:
        """Unchanged until the end of the transaction of the opening."""
        return calendar_for(self.schedule_id, version=self.calendar_version)


def opening_for(*, request: Request, day: date) -> Opening:
    """Give the next code of the agency and day; must run inside a transaction.

    Raises IntakeRefused for a procedure that the agency does not handle, CodesExhausted at
    the end of the day's numbers, ActRefused while the calendar is being edited.
    """
    agency, version = request.agency, request.version
    with calendars.told_when_busy():
        found = _OPENING.row(agency.pk, day, version.procedure_id, version.pk)
    if found is None:
        raise Agency.DoesNotExist
    number, schedule_id, calendar_version, is_handled = found
    if not is_handled:
        raise IntakeRefused(
            "Thủ tục này không còn hiệu lực hoặc chưa giao cho cơ quan đã chọn. "
            "Hãy chọn lại thủ tục.",
            code="procedure_not_handled",
        )
    return Opening(
        code=codes.written(agency=agency, day=day, number=number),
        schedule_id=schedule_id,
        calendar_version=calendar_version,
    )
