"""Hands the whole catalogue of a province to its departments and communes, in one statement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Prefetch

from organizations.models import Agency
from organizations.statuses import AgencyKind
from procedures import departments
from procedures.catalog import StepPlan, check_steps
from procedures.models import Channel, Procedure, ProcedureVersion
from procedures.statuses import ChannelKind, OnlineLevel, ProcedureLevel, StepRole
from workdays.units import TimeUnit

DEFAULT_STEPS = (
    StepPlan("Tiếp nhận hồ sơ và chuyển xử lý", StepRole.COUNTER, Decimal(5)),
    StepPlan("Thẩm định hồ sơ và đề xuất kết quả", StepRole.OFFICER, Decimal(70)),
    StepPlan("Phê duyệt kết quả", StepRole.HEAD, Decimal(20)),
    StepPlan("Trả kết quả", StepRole.COUNTER, Decimal(5)),
)
HOURS_OF_A_DAY = 8

# What is there already stays as people have set it.
_INSERT = """
WITH added AS (
    INSERT INTO procedures_procedureassignment
        (procedure_id, agency_id, decision_id, is_active, online_level, on_the_spot, published_at)
    SELECT procedure_id, agency_id, decision_id, true, online_level, on_the_spot, %s
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::boolean[])
        AS planned(procedure_id, agency_id, decision_id, online_level, on_the_spot)
    ON CONFLICT (procedure_id, agency_id) DO NOTHING
    RETURNING id
), steps AS (
    INSERT INTO procedures_step (assignment_id, position, name, role, share)
    SELECT added.id, step.position, step.name, step.role, step.share
    FROM added CROSS JOIN unnest(%s::text[], %s::text[], %s::numeric[])
        WITH ORDINALITY AS step(name, role, share, position)
)
SELECT count(*) FROM added
"""


@dataclass(frozen=True)
class Plan:
    """One procedure at one agency, yet to be written."""

    procedure_id: int
    agency_id: int
    decision_id: int | None
    online_level: OnlineLevel
    on_the_spot: bool


@dataclass(frozen=True)
class Assigned:
    """What a run did: new assignments, and the procedures that nobody here carries out."""

    added: int
    procedures: int
    unassigned: tuple[str, ...]


@transaction.atomic
def assign_catalogue(
    *, province: Agency, at: datetime, steps: tuple[StepPlan, ...] = DEFAULT_STEPS
) -> Assigned:
    """Gives each published procedure to the agencies of the province that carry it out."""
    check_steps(steps)
    agencies = Agency.objects.active().within(str(province.path))
    by_name = {agency.name: agency.pk for agency in agencies.exclude(kind=AgencyKind.COMMUNE)}
    communes = list(agencies.filter(kind=AgencyKind.COMMUNE).values_list("pk", flat=True))
    plans: list[Plan] = []
    unassigned = []
    for procedure in _published():
        planned = list(_plans(procedure, by_name, communes))
        plans += planned
        if not planned:
            unassigned.append(procedure.code)
    added = _write(plans, steps, at)
    return Assigned(added, len(Counter(plan.procedure_id for plan in plans)), tuple(unassigned))


def _published() -> Iterable[Procedure]:
    versions = ProcedureVersion.objects.select_related("field").defer("source", "process_text")
    return (
        Procedure.objects.published()
        .prefetch_related(
            Prefetch("current_version", versions.prefetch_related("channels")),
        )
        .by_code()
    )


def _plans(procedure: Procedure, by_name: dict[str, int], communes: list[int]) -> Iterator[Plan]:
    version = procedure.current_version
    if version is None:
        return
    channels = list(version.channels.all())
    online = any(channel.kind == ChannelKind.ONLINE for channel in channels)
    level = OnlineLevel.FULL if online else OnlineLevel.NONE
    for agency_id in _department_ids(version, by_name):
        yield Plan(procedure.pk, agency_id, version.decision_id, level, on_the_spot=False)
    if _reaches_communes(version):
        spot = is_quick(channels)
        for agency_id in communes:
            yield Plan(procedure.pk, agency_id, version.decision_id, level, on_the_spot=spot)


def _department_ids(version: ProcedureVersion, by_name: dict[str, int]) -> list[int]:
    named = departments.agencies_named(version.implementing_text)
    if not named and _is_provincial(version):
        named = [departments.department_of(version.field.name)]
    return [
        pk
        for name, pk in by_name.items()
        if any(wanted and name.startswith(wanted) for wanted in named)
    ]


def _is_provincial(version: ProcedureVersion) -> bool:
    return ProcedureLevel.PROVINCE in version.levels and not departments.is_outside(
        version.field.name, version.implementing_text
    )


def _reaches_communes(version: ProcedureVersion) -> bool:
    return ProcedureLevel.COMMUNE in version.levels and departments.is_for_communes(
        version.field.name, version.implementing_text
    )


def is_quick(channels: Iterable[Channel]) -> bool:
    """Is everything handed in directly done within one working day ("4 tại chỗ")?"""
    limits = {TimeUnit.WORKING_DAY: 1, TimeUnit.WORKING_HOUR: HOURS_OF_A_DAY}
    direct = [channel for channel in channels if channel.kind == ChannelKind.DIRECT]
    return bool(direct) and all(
        channel.time_limit is not None
        and channel.time_unit in limits
        and channel.time_limit <= limits[TimeUnit(channel.time_unit)]
        for channel in direct
    )


def _write(plans: list[Plan], steps: tuple[StepPlan, ...], at: datetime) -> int:
    columns = (
        [plan.procedure_id for plan in plans],
        [plan.agency_id for plan in plans],
        [plan.decision_id for plan in plans],
        [plan.online_level.value for plan in plans],
        [plan.on_the_spot for plan in plans],
    )
    of_steps = (
        [step.name for step in steps],
        [step.role.value for step in steps],
        [step.share for step in steps],
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [at, *columns, *of_steps])
        return int(cursor.fetchone()[0])
