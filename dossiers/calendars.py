"""Keeps the calendar still while a promise is made on it, and promises out while it changes.

An intake that computed its promise on the old calendar and committed after the dossiers were
recomputed would be missed. So whoever promises holds a shared lock until the commit, and
whoever edits holds the exclusive one. It is an advisory lock because a preview, which
changes the rows and rolls back, must not hold up the counters.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

from dossiers.holding import ActRefused
from organizations.models import Agency
from organizations.statements import Statement
from workdays.calendar import Calendar
from workdays.loading import calendar_for

_CALENDAR = 766_002
# Goes before a statement, on the same way to the server: what that reads is read under the lock.
KEEP_STILL = f"SELECT pg_advisory_xact_lock_shared({_CALENDAR}); "
_SCHEDULE = Statement(
    "schedule_and_stamp",
    ["bigint"],
    """
    SELECT schedule_id, (SELECT version FROM workdays_calendarstamp WHERE id = 1)
    FROM organizations_agency WHERE id = $1
    """,
    before=KEEP_STILL,
)


def keep_still() -> None:
    """Let no calendar change until the end of the open transaction."""
    with told_when_busy(), connection.cursor() as cursor:
        cursor.execute(KEEP_STILL)


def steady_for(agency: Agency) -> Calendar:
    """The agency's calendar, unchanged until the end of the open transaction."""
    # Read again under the lock: the agency may have moved to another schedule just now.
    with told_when_busy():
        found = _SCHEDULE.row(agency.pk)
    if found is None:
        raise Agency.DoesNotExist
    schedule_id, version = found
    return calendar_for(schedule_id, version=version)


def hold() -> None:
    """Let every promise under way finish, and no new one begin, until the commit."""
    with told_when_busy(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CALENDAR])


@contextmanager
def told_when_busy() -> Iterator[None]:
    """Raise ActRefused where the lock was not to be had in time."""
    try:
        yield
    except OperationalError as error:
        # Only the lock's own timeout is told so; anything else is a fault of the server.
        if getattr(error.__cause__, "pgcode", "") != "55P03":
            raise
        raise busy() from error


def busy() -> ActRefused:
    """The refusal while the calendar is being edited."""
    return ActRefused(
        "Lịch làm việc đang được sửa và ngày hẹn đang được tính lại. Hãy thử lại sau ít phút.",
        code="calendar_busy",
    )
