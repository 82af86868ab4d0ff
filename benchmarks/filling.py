"""Dossiers in hand by the hundred thousand, written in sets: for subjects that need no past.

Every check constraint and key of the rows holds; only triggers and foreign keys are not asked
for each row, and the hash of the one event is no hash of its content. In a benchmark's or a
test's own database alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import DossierStatus
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from procedures.models import Channel, ProcedureAssignment

IN_HAND = timedelta(days=20)  # since when
_LAWFUL_CODE = "place.code || '-261102-' || lpad(({first} + n)::text, 7, '0')"
_HASH = "encode(sha256(convert_to({first} + n || 'x', 'UTF8')), 'hex')"
_NAMES = ("Nguyễn Thị Đào", "Trần Văn Hùng", "Lê Thị Ngọc Ánh", "Vi Văn Thắng", "Hồ Sỹ Quế")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An agency with the people of every act, and one procedure that it is asked for."""

    agency: Agency
    counter: ServiceCounter
    clerk: User
    officer: User
    head: User
    case: Channel


def places() -> list[Place]:
    """The agencies that could do the whole work, those with most people first to be named."""
    return [found for agency in Agency.objects.order_by("id") if (found := _place(agency))]


def fill(
    *,
    places: Sequence[Place],
    count: int,
    due: tuple[datetime, datetime],
    at: datetime,
    status: DossierStatus = DossierStatus.PROCESSING,
) -> None:
    """So many dossiers in this state, their promises spread over the two moments."""
    with transaction.atomic(), _set_aside(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        (first,) = cursor.fetchone()
        values = {
            **_parameters(places),
            "count": count,
            "first_due": due[0],
            "spread": due[1] - due[0],
            "accepted_at": min(at, due[0]) - IN_HAND,
            "names": list(_NAMES),
        }
        cursor.execute(_of_dossiers(first, status), values)
        cursor.execute(_EVENTS, {"first": first})
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('dossiers_dossier', 'id'), max(id))"
            " FROM dossiers_dossier"
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier; ANALYZE dossiers_dossierevent")


def _of_dossiers(first: int, status: DossierStatus) -> str:
    is_transferred = status != DossierStatus.ACCEPTED
    own = {
        "id": f"{first} + n",
        "code": _LAWFUL_CODE.format(first=first),
        "agency_id": "place.agency",
        "counter_id": "place.counter",
        "version_id": "place.version",
        "case_id": "place.channel",
        "time_limit": "5",
        "time_unit": "'working_day'",
        "rule_set": "'nd118-2025'",
        "summary": "'Đề nghị giải quyết thủ tục theo hồ sơ số ' || n",
        "channel": "'direct'",
        "return_method": "'counter'",
        "status": f"'{status}'",
        "assignee_id": "place.officer" if is_transferred else "NULL",
        "accepted_at": "%(accepted_at)s",
        "transfer_by": "%(accepted_at)s::timestamptz + interval '1 day'",
        "transferred_at": "%(accepted_at)s" if is_transferred else "NULL",
        "first_due_at": "due.at",
        "due_at": "due.at",
        "remind_at": "due.at - interval '1 day'",
        "event_count": "1",
        "last_hash": _HASH.format(first=first),
        "changed_at": "%(accepted_at)s",
        "applicant_kind": "'person'",
        "applicant_name": "(%(names)s::text[])[1 + n %% cardinality(%(names)s::text[])]",
        "identity_number": "lpad(n::text, 12, '0')",
        "phone": "'09' || lpad((n %% 10000000)::text, 8, '0')",
        "address": "'Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An'",
    }
    names, cells = zip(*_cells(own), strict=True)
    return f"""
    INSERT INTO dossiers_dossier ({", ".join(names)})
    SELECT {", ".join(cells)}
    FROM generate_series(1, %(count)s) AS n
    JOIN unnest(%(agencies)s::bigint[], %(codes)s::text[], %(counters)s::bigint[],
            %(versions)s::bigint[], %(channels)s::bigint[], %(officers)s::bigint[])
        WITH ORDINALITY AS place (agency, code, counter, version, channel, officer, number)
        ON place.number = 1 + n %% cardinality(%(agencies)s::bigint[])
    -- Neighbours in the table have promises far apart, as those who come on one day have.
    CROSS JOIN LATERAL (SELECT %(first_due)s::timestamptz
        + %(spread)s * (((n::bigint * 7919) %% %(count)s)::float / %(count)s) AS at) AS due
    """


_EVENTS = """
INSERT INTO dossiers_dossierevent (dossier_id, sequence, kind, at, recorded_at, actor_name,
    from_status, to_status, reason, data, previous_hash, hash)
SELECT id, 1, 'accepted', accepted_at, accepted_at, 'Hệ thống', '', status, '', '{}', '', last_hash
FROM dossiers_dossier WHERE id > %(first)s
"""


def _cells(own: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Every column: its own expression, or the field's usual value."""
    for field in Dossier._meta.concrete_fields:
        if field.generated:
            continue
        usual = field.get_default() if field.has_default() or field.empty_strings_allowed else None
        yield field.column, own.get(field.column, _literal(None if field.null else usual))


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, bool | int) else f"'{value}'"


def _parameters(places: Sequence[Place]) -> dict[str, list[Any]]:
    return {
        "agencies": [place.agency.pk for place in places],
        "codes": [place.agency.code for place in places],
        "counters": [place.counter.pk for place in places],
        "versions": [place.case.version_id for place in places],
        "channels": [place.case.pk for place in places],
        "officers": [place.officer.pk for place in places],
    }


@contextmanager
def _set_aside() -> Iterator[None]:
    """Triggers and foreign keys are not asked; indexes are made anew at the end, much quicker."""
    tables = [Dossier._meta.db_table, DossierEvent._meta.db_table]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes"
            " WHERE tablename = ANY(%s) AND indexdef NOT LIKE 'CREATE UNIQUE%%'",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET LOCAL session_replication_role = origin")


def _place(agency: Agency) -> Place | None:
    people = User.objects.filter(is_active=True).order_by("id")
    counter = (
        ServiceCounter.objects.filter(agency__in=[agency.pk, agency.parent_id])
        .filter(memberships__isnull=False)
        .order_by("-agency__path", "id")
        .first()
    )
    found = {
        "counter": counter,
        "clerk": people.filter(memberships__counter=counter).first() if counter else None,
        "officer": people.filter(
            memberships__agency=agency, memberships__role=Role.OFFICER
        ).first(),
        "head": people.filter(memberships__agency=agency, memberships__role=Role.HEAD).first(),
        "case": _case(agency),
    }
    return Place(agency=agency, **found) if all(found.values()) else None


def _case(agency: Agency) -> Channel | None:
    handled = ProcedureAssignment.objects.filter(agency=agency, is_active=True)
    versions = handled.values("procedure__current_version")
    return (
        Channel.objects.filter(version__in=versions, kind="direct", time_unit="working_day")
        .order_by("id")
        .first()
    )
