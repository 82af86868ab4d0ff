"""Components that count procedures: offered online, used, with a fee, for persons; publication.

One statement for all agencies; of the whole, each procedure counts once.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from reporting.measures import procedures, publishing
from reporting.shares import OF_THE_PROVINCE, Count, OfEach, unmeasured
from reporting.windows import Window

Counts = Mapping[str, Count]


_SERVICES = """
WITH version AS MATERIALIZED (
    SELECT p.id AS procedure_id,
        EXISTS (SELECT FROM procedures_channel c
            WHERE c.version_id = p.current_version_id AND c.fee_amount > 0) AS has_fee,
        EXISTS (SELECT FROM unnest(v.subjects) AS subject
            WHERE subject LIKE ANY (%(persons)s)) AS is_for_persons
    FROM procedures_procedure AS p
    JOIN procedures_procedureversion AS v ON v.id = p.current_version_id
    WHERE p.retired_at IS NULL OR p.retired_at >= %(known_at)s
),
used AS (
    SELECT agency_id, procedure_id,
        bool_or(online_from < %(known_at)s) AS online,
        bool_or(paid_from < %(known_at)s) AS paid,
        bool_or(population_from < %(known_at)s) AS population
    FROM reporting_procedureuse
    WHERE half_month >= %(first_day)s AND half_month < %(end_day)s
        AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))
    GROUP BY 1, 2
),
service AS MATERIALIZED (
    SELECT s.agency_id, s.procedure_id, s.is_online, v.has_fee, v.is_for_persons,
        s.is_online AND coalesce(used.online, false) AS is_used_online,
        v.has_fee AND coalesce(used.paid, false) AS is_paid_online,
        v.is_for_persons AND coalesce(used.population, false) AS uses_population
    FROM reporting_offeredservice AS s
    JOIN version AS v ON v.procedure_id = s.procedure_id
    LEFT JOIN used ON used.agency_id = s.agency_id AND used.procedure_id = s.procedure_id
    WHERE s.since < %(known_at)s AND (s.until IS NULL OR s.until >= %(known_at)s)
        AND (%(agencies)s::bigint[] IS NULL OR s.agency_id = ANY(%(agencies)s))
),
whole AS (
    SELECT NULL::bigint AS agency_id, procedure_id, bool_or(is_online) AS is_online,
        bool_or(has_fee) AS has_fee, bool_or(is_for_persons) AS is_for_persons,
        bool_or(is_used_online) AS is_used_online, bool_or(is_paid_online) AS is_paid_online,
        bool_or(uses_population) AS uses_population
    FROM service GROUP BY procedure_id
)
SELECT agency_id, count(*), count(*) FILTER (WHERE is_online),
    count(*) FILTER (WHERE is_used_online), count(*) FILTER (WHERE has_fee),
    count(*) FILTER (WHERE is_paid_online), count(*) FILTER (WHERE is_for_persons),
    count(*) FILTER (WHERE uses_population)
FROM (SELECT * FROM service UNION ALL SELECT * FROM whole) AS every GROUP BY agency_id
"""
_NOTHING = (0,) * 7


def of(window: Window, agency_ids: Collection[int]) -> Counts:
    """The counts of these agencies together, each procedure once."""
    return _read(window, list(agency_ids))[None]


def of_each(window: Window) -> Mapping[int | None, Counts]:
    """The counts of each agency; those of the whole province under None."""
    return _read(window, None)


def publication(window: Window) -> Counts:
    """Components 1.1–1.3, which only the province has; every unit takes its points."""
    if not window.has_begun:
        return {code: unmeasured(OF_THE_PROVINCE) for code in publishing.MEASURES}
    sides = [
        side(window)
        for measure in publishing.MEASURES.values()
        for side in (measure.numerator, measure.denominator)
    ]
    numbers = _numbers_of_rows(sides)
    return {
        code: Count(numerator=numerator, denominator=denominator)
        for code, numerator, denominator in zip(
            publishing.MEASURES, numbers[::2], numbers[1::2], strict=True
        )
    }


def _numbers_of_rows(sets: Sequence[QuerySet[Any]]) -> Sequence[int]:
    """How many rows each of these sets has, asked in one statement."""
    asked = [rows.order_by().values("pk").query.sql_with_params() for rows in sets]
    columns = ", ".join(f"(SELECT count(*) FROM ({text}) AS counted)" for text, _ in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [value for _, values in asked for value in values])
        numbers: Sequence[int] = cursor.fetchone()
    return numbers


def _read(window: Window, agency_ids: list[int] | None) -> Mapping[int | None, Counts]:
    values = {
        "known_at": window.known_at,
        "first_day": window.period.first_day,
        "end_day": window.period.end_day,
        "agencies": agency_ids,
        # A pattern for each takes a tenth of the time of one expression for all.
        "persons": [f"{beginning}%" for beginning in procedures.PERSONS],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SERVICES, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if window.has_begun else []
    found = {agency_id: _counts(numbers) for agency_id, *numbers in rows}
    return OfEach(found, nothing=_counts(_NOTHING))


def _counts(numbers: Collection[int]) -> Counts:
    offered, online, used, with_fee, paid, for_persons, population = numbers
    return {
        "3.1": Count(numerator=online, denominator=offered),
        "3.2": Count(numerator=used, denominator=online),
        "3.5a": Count(numerator=paid, denominator=with_fee),
        "4.5a": Count(numerator=population, denominator=for_persons),
    }
