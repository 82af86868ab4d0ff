"""Fills a database with dossiers by COPY: valid in every constraint and in the hash chain.

Everything is derived from a seed. One in twenty dossiers is open, so that ten times the
dossiers mean ten times the open ones: harder than life, where the old ones are closed.
"""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import connection, transaction
from django.db.models import Model

from dossiers import deadlines, ledger, rules
from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus, EventKind
from organizations.models import User
from organizations.roles import Role
from procedures.models import Channel, ProcedureAssignment
from tthc_portal.demonstration.people import believable_name
from workdays.loading import calendar_for
from workdays.units import TimeUnit

DAYS = 120
WHOLE_LIFE = (
    EventKind.ACCEPTED,
    EventKind.TRANSFERRED,
    EventKind.ASSIGNED,
    EventKind.PROPOSED,
    EventKind.APPROVED,
    EventKind.RETURNED,
)


def fill(count: int, *, until: datetime, seed: int = 766) -> None:
    """Add dossiers until the database holds this many."""
    random = Random(seed)
    first = (Dossier.objects.order_by("-id").values_list("id", flat=True).first() or 0) + 1
    missing = count - Dossier.objects.count()
    dossiers, events = io.StringIO(), io.StringIO()
    of_dossier, of_event = _columns(Dossier), _columns(DossierEvent, "id")
    for dossier, history in _lives(first, missing, until, random):
        dossiers.write(_line(dossier, of_dossier))
        for event in history:
            events.write(_line(event, of_event))
    _copy(Dossier, of_dossier, dossiers)
    _copy(DossierEvent, of_event, events)
    _finish()


def _columns(model: type[Model], *made_by_the_database: str) -> list[str]:
    """All that a row is given, those of later migrations too."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return [field.attname for field in fields if field.attname not in made_by_the_database]


def _lives(
    first: int, count: int, until: datetime, random: Random
) -> Iterator[tuple[Dossier, list[DossierEvent]]]:
    offices = _offices()
    calendar = calendar_for(offices[0][0].agency.schedule_id)
    for number in range(count):
        assignment, channel, officer, head, counter, clerk = random.choice(offices)
        is_open = random.random() < 0.05
        age = random.uniform(0.05, 12) if is_open else random.uniform(8, DAYS)
        accepted_at = calendar.next_opening(until - timedelta(days=age)).astimezone(UTC)
        accepted_at = min(accepted_at, until - timedelta(minutes=30))
        day = f"{deadlines.local_date(accepted_at):%y%m%d}"
        limit = channel.time_limit
        promised = deadlines.promise(
            clock=deadlines.Clock(
                accepted_at=accepted_at, time_limit=limit, time_unit=TimeUnit(channel.time_unit)
            ),
            calendar=calendar,
            remind_days=1,
        )
        acts = random.randrange(1, 5) if is_open else 6 if random.random() < 0.97 else 5
        moments = [accepted_at + timedelta(minutes=20 * step) for step in range(acts)]
        if not is_open and acts >= 5:
            ratio = random.uniform(0.2, 1.05)
            span = (promised.due_at - accepted_at) * ratio
            moments[4] = min(max(moments[3], accepted_at + span), until - timedelta(minutes=2))
            if acts == 6:
                moments[5] = max(moments[4], min(moments[4] + timedelta(hours=20), until))
        dossier = Dossier(
            id=first + number,
            # Numbers of six digits: intake gives no more than four.
            code=f"{assignment.agency.code}-{day}-{first + number + 100_000}",
            agency_id=assignment.agency_id,
            counter_id=counter,
            version_id=channel.version_id,
            case_id=channel.pk,
            rule_set=rules.shipped()[-1].code,
            applicant_kind="person",
            applicant_name=believable_name(random),
            identity_number=f"0401{random.randrange(50, 99)}{random.randrange(10**6):06d}",
            phone=f"0900{random.randrange(10**6):06d}",
            address="Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
            summary=channel.version.name[:200],
            channel=channel.kind,
            sets=1,
            return_method="counter",
            time_limit=limit,
            time_unit=channel.time_unit,
            status="",
            assignee_id=officer.pk if acts >= 3 else None,
            proposed_by_id=officer.pk if acts >= 4 else None,
            approved_by_id=head.pk if acts >= 5 else None,
            accepted_at=accepted_at,
            transfer_by=accepted_at + timedelta(hours=8),
            transferred_at=moments[1] if acts >= 2 else None,
            first_due_at=promised.due_at,
            due_at=promised.due_at,
            remind_at=promised.remind_at,
            resolved_at=moments[4] if acts >= 5 else None,
            returned_at=moments[5] if acts >= 6 else None,
            due_soon_noted=True,
            overdue_noted=True,
            not_transferred_noted=True,
        )
        people = (clerk, clerk, head, officer, head, clerk)
        told: tuple[dict[str, object], ...] = (
            {"due_at": promised.due_at.isoformat() if promised.due_at else None},
            {},
            {"officer": officer.full_name, "officer_id": officer.pk},
            {},
            {
                "number": f"{number}/QĐ",
                "issued_date": f"{moments[-1]:%Y-%m-%d}",
                "signer": head.full_name,
            },
            {"recipient": dossier.applicant_name, "method": "counter"},
        )
        history = [
            ledger.next_event(
                dossier=dossier,
                entry=ledger.Entry(
                    kind=kind, at=moment, recorded_at=moment, actor=person, data=data
                ),
            )
            for kind, moment, person, data in zip(WHOLE_LIFE, moments, people, told, strict=False)
        ]
        yield dossier, history


def _offices() -> list[tuple]:
    """A procedure of an agency, one of its countable channels, and who works on it."""
    found = []
    staff = User.objects.filter(memberships__role__in=(Role.OFFICER, Role.HEAD))
    agencies = {pk for user in staff for pk in user.memberships.values_list("agency", flat=True)}
    for assignment in ProcedureAssignment.objects.filter(
        agency__in=agencies, is_active=True
    ).select_related("agency__parent", "procedure"):
        agency = assignment.agency
        channel = (
            Channel.objects.filter(
                version=assignment.procedure.current_version_id,
                time_unit=TimeUnit.WORKING_DAY,
                time_limit__range=(Decimal(1), Decimal(20)),
            )
            .select_related("version")
            .first()
        )
        counter = agency.counters.first() or agency.parent.counters.first()
        if channel is None or counter is None:
            continue
        of = User.objects.filter
        found.append(
            (
                assignment,
                channel,
                of(memberships__agency=agency, memberships__role=Role.OFFICER).first(),
                of(memberships__agency=agency, memberships__role=Role.HEAD).first(),
                counter.pk,
                of(memberships__counter=counter).first(),
            )
        )
    return found


def _line(row: object, columns: list[str]) -> str:
    return "\t".join(_cell(getattr(row, column)) for column in columns) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict):
        return json.dumps(value)
    if isinstance(value, DossierStatus | EventKind):
        return value.value
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ")


def _copy(model: type, columns: list[str], rows: io.StringIO) -> None:
    rows.seek(0)
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        # The chain is right by construction and verified afterwards: no trigger for each row.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)


def _finish() -> None:
    with connection.cursor() as cursor:
        for model in (Dossier, DossierEvent):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        cursor.execute("VACUUM ANALYZE")
