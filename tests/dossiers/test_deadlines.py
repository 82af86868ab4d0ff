"""One meaning of on time: the Python of `deadlines` and the SQL of `querysets` agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import deadlines
from dossiers.deadlines import Clock
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus, Timeliness
from tests.conftest import NOW, Desk
from workdays.loading import calendar_for
from workdays.units import TimeUnit

DUE = datetime.fromisoformat("2026-11-20T17:00:00+07:00")


@dataclass
class Moments:
    """The moments that timeliness is read from."""

    status: str = DossierStatus.PROCESSING
    due_at: datetime | None = DUE
    remind_at: datetime | None = DUE - timedelta(days=1)
    resolved_at: datetime | None = None


@pytest.mark.parametrize(
    ("moments", "at", "expected"),
    [
        (Moments(), DUE - timedelta(days=2), Timeliness.RUNNING),
        (Moments(), DUE - timedelta(days=1), Timeliness.DUE_SOON),
        (Moments(), DUE, Timeliness.DUE_SOON),
        (Moments(), DUE + timedelta(seconds=1), Timeliness.OVERDUE),
        (Moments(due_at=None, remind_at=None), DUE, Timeliness.NO_LIMIT),
        (Moments(status="resolved", resolved_at=DUE), DUE, Timeliness.ON_TIME),
        (
            Moments(status="resolved", resolved_at=DUE - timedelta(hours=17)),
            DUE,
            Timeliness.ON_TIME,
        ),
        (
            Moments(status="resolved", resolved_at=DUE - timedelta(hours=17, seconds=1)),
            DUE,
            Timeliness.EARLY,
        ),
        (Moments(status="returned", resolved_at=DUE + timedelta(seconds=1)), DUE, Timeliness.LATE),
        # Handing the result over late is no lateness of the agency (law: QĐ 766, 2.1).
        (Moments(status="returned", resolved_at=DUE), DUE + timedelta(days=30), Timeliness.ON_TIME),
    ],
)
def test_timeliness(moments, at, expected):
    assert deadlines.timeliness(moments, at=at) == expected


def test_a_promise_is_near_no_earlier_than_it_was_made(schedule):
    calendar = calendar_for(schedule.pk)
    clock = Clock(accepted_at=NOW, time_limit=Decimal(1), time_unit=TimeUnit.WORKING_DAY)

    promised = deadlines.promise(clock=clock, calendar=calendar, remind_days=3)

    assert promised.remind_at == NOW
    assert promised.due_at == datetime.fromisoformat("2026-11-16T17:00:00+07:00")


def test_the_explanation_ends_at_the_promise(schedule):
    calendar = calendar_for(schedule.pk)
    clock = Clock(accepted_at=NOW, time_limit=Decimal(5), time_unit=TimeUnit.WORKING_DAY)

    explained = deadlines.explain(clock=clock, calendar=calendar)

    assert explained is not None
    assert explained.due_at == DUE
    assert sum(step.counts for step in explained.steps) == 5


HOURS = st.integers(min_value=-400, max_value=400)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    due=HOURS,
    resolved=st.none() | HOURS,
    asked=HOURS,
    status=st.sampled_from(["processing", "awaiting_approval"]),
)
def test_python_and_sql_agree(dossier: Dossier, due, resolved, asked, status):
    """Any history: written past the triggers, since only the moments matter here."""
    moments = {
        "status": "resolved" if resolved is not None else status,
        "due_at": NOW + timedelta(hours=abs(due) + 1),
        "remind_at": NOW + timedelta(hours=abs(due) / 2),
        "resolved_at": NOW + timedelta(hours=resolved) if resolved is not None else None,
    }
    at = NOW + timedelta(hours=asked)
    _overwrite(dossier, moments)
    found = Dossier.objects.get(pk=dossier.pk)

    said = deadlines.timeliness(found, at=at)

    rows = Dossier.objects.all()
    sets = {
        Timeliness.OVERDUE: rows.overdue(at=at),
        Timeliness.DUE_SOON: rows.due_soon(at=at),
        Timeliness.EARLY: rows.early(),
        Timeliness.ON_TIME: rows.on_time(),
        Timeliness.LATE: rows.late(),
    }
    assert [name for name, queryset in sets.items() if queryset.exists()] == (
        [] if said == Timeliness.RUNNING else [said]
    )


def _overwrite(dossier: Dossier, moments: dict[str, object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        Dossier.objects.filter(pk=dossier.pk).update(transferred_at=NOW, **moments)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_overdue_counts_by_the_promise_not_by_the_first_one(desk: Desk):
    dossier = desk.accept()

    assert list(Dossier.objects.all().overdue(at=DUE)) == []
    assert list(Dossier.objects.all().overdue(at=DUE + timedelta(seconds=1))) == [dossier]
