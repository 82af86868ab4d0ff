"""What one dossier adds to the tallies: a pure function of its facts, in SQL.

Each part names the moment by whose half month it is filed, the moment from which it counts,
and the columns that it adds to. Acts count from the beginning of their day; a limit that runs
out counts from its own moment, which may lie ahead, so that nothing has to be done then.
"""

from typing import LiteralString, NamedTuple

from reporting.tally_facts import COLUMNS

# Counted of the dossiers that a period receives.
OF_RECEIVED: tuple[LiteralString, ...] = (
    "received",
    "online",
    "fee_bearing",
    "reused",
    "from_store",
    "population",
    "paid_online",
    "result_files",
    "digitised",
    "synced",
)
# In the order of `reporting.models.Tally`.
MEASURES: tuple[LiteralString, ...] = (
    *OF_RECEIVED,
    "turned",
    "turned_extended",
    "turned_bad",
    "ended",
    "ended_late",
    "ended_late_extended",
    "ended_bad",
    "complained_after",
)


class _Adds(NamedTuple):
    """Filed under the half month of `filed`, counted from `since`; a NULL adds nothing."""

    filed: LiteralString
    since: LiteralString
    columns: dict[LiteralString, LiteralString]


# It turns before the clock ends, or never while the dossier is in hand.
_TURNS: LiteralString = (
    "CASE WHEN coalesce(t.overdue_from <= t.ended_at, t.overdue_from IS NOT NULL)"
    " THEN t.overdue_from END"
)
_TURNS_BEFORE_NEW_DAY: LiteralString = (
    "CASE WHEN coalesce(t.overdue_from < t.rescheduled_at, t.rescheduled_at IS NULL)"
    " AND coalesce(t.overdue_from <= t.ended_at, t.overdue_from IS NOT NULL)"
    " THEN t.overdue_from END"
)
_IN_TIME_AGAIN: LiteralString = (
    "CASE WHEN t.overdue_from < t.rescheduled_at THEN t.rescheduled_at END"
)
_TURNS_AGAIN: LiteralString = (
    "CASE WHEN coalesce(t.overdue_again_from <= t.ended_at, t.overdue_again_from IS NOT NULL)"
    " THEN t.overdue_again_from END"
)
_BAD_FROM: LiteralString = "least(t.overdue_from, t.complained_at)"
_TURNS_BAD: LiteralString = (
    f"CASE WHEN coalesce({_BAD_FROM} <= t.ended_at, {_BAD_FROM} IS NOT NULL) THEN {_BAD_FROM} END"
)
_LATE: LiteralString = "coalesce(t.overdue_from <= t.ended_at, false)::int"
_LATE_EXTENDED: LiteralString = (
    "coalesce(CASE WHEN t.rescheduled_at IS NULL THEN t.overdue_from"
    " ELSE t.overdue_again_from END <= t.ended_at, false)::int"
)
_BAD: LiteralString = f"coalesce({_BAD_FROM} <= t.ended_at, false)::int"
_COMPLAINED_AFTER: LiteralString = (
    f"CASE WHEN t.complained_at > t.ended_at AND NOT coalesce({_BAD_FROM} <= t.ended_at, false)"
    " THEN reporting_day_start(t.complained_at) END"
)

_PARTS = (
    _Adds(
        "t.accepted_at",
        "reporting_day_start(t.accepted_at)",
        {
            "received": "1",
            "online": "t.is_online::int",
            "fee_bearing": "t.bears_fee::int",
            "reused": "t.is_reused::int",
            "from_store": "t.is_from_store::int",
            "population": "t.uses_population_data::int",
        },
    ),
    _Adds("t.accepted_at", "reporting_day_start(t.paid_online_at)", {"paid_online": "1"}),
    _Adds("t.accepted_at", "reporting_day_start(t.result_file_at)", {"result_files": "1"}),
    _Adds("t.accepted_at", "reporting_day_start(t.digitised_at)", {"digitised": "1"}),
    _Adds("t.accepted_at", "reporting_day_start(t.synced_at)", {"synced": "1"}),
    _Adds(_TURNS, _TURNS, {"turned": "1"}),
    _Adds(_TURNS_BEFORE_NEW_DAY, _TURNS_BEFORE_NEW_DAY, {"turned_extended": "1"}),
    _Adds(_IN_TIME_AGAIN, _IN_TIME_AGAIN, {"turned_extended": "-1"}),
    _Adds(_TURNS_AGAIN, _TURNS_AGAIN, {"turned_extended": "1"}),
    _Adds(_TURNS_BAD, _TURNS_BAD, {"turned_bad": "1"}),
    _Adds(
        "t.ended_at",
        "reporting_day_start(t.ended_at)",
        {
            "ended": "1",
            "ended_late": _LATE,
            "ended_late_extended": _LATE_EXTENDED,
            "ended_bad": _BAD,
        },
    ),
    _Adds("t.ended_at", _COMPLAINED_AFTER, {"complained_after": "1"}),
)


def _select(part: _Adds) -> LiteralString:
    values: list[LiteralString] = [
        f"{part.columns.get(measure, '0')} AS {measure}" for measure in MEASURES
    ]
    return f"""
    SELECT t.agency_id, t.direction, {part.filed} AS filed, {part.since} AS since,
        {", ".join(values)}
    FROM counted AS t WHERE {part.filed} IS NOT NULL AND {part.since} IS NOT NULL
    """  # noqa: S608 (constants of this module)


_NAMES: LiteralString = ", ".join(MEASURES)
# One after the other and not as rows beside each dossier: three of four would be thrown away.
_ROWS: LiteralString = " UNION ALL ".join([_select(part) for part in _PARTS])
_SUMS: LiteralString = ", ".join([f"sum({measure}) AS {measure}" for measure in MEASURES])
_ANY: LiteralString = " OR ".join([f"sum({measure}) <> 0" for measure in MEASURES])
_ADDED: LiteralString = ", ".join([f"{name} = kept.{name} + excluded.{name}" for name in MEASURES])
FACTS: LiteralString = ", ".join(COLUMNS)

# From rows `counted` of facts with a `direction` of 1 or -1 to the sums that they make.
_SUMMED: LiteralString = f"""
summed AS MATERIALIZED (
    SELECT part.agency_id, reporting_half_month(part.filed) AS half_month,
        part.since AS counts_from,
        {", ".join([f"sum(part.{name} * part.direction)::int AS {name}" for name in MEASURES])}
    FROM ({_ROWS}) AS part
    GROUP BY 1, 2, 3
    HAVING {" OR ".join([f"sum(part.{name} * part.direction) <> 0" for name in MEASURES])}
),
both_grains AS (
    SELECT agency_id, 'moment' AS grain, half_month, counts_from, {_NAMES} FROM summed
    UNION ALL
    SELECT agency_id, 'half_month', half_month,
        reporting_half_month(counts_from)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', {_SUMS}
    FROM summed GROUP BY 1, 3, 4 HAVING {_ANY}
)
"""  # noqa: S608 (names of columns from this module)

_INSERTED: LiteralString = f"""
INSERT INTO reporting_tally AS kept (agency_id, grain, half_month, counts_from, {_NAMES})
SELECT agency_id, grain, half_month, counts_from, {_NAMES} FROM both_grains
"""  # noqa: S608 (names of columns from this module)
_INTO_TALLIES: LiteralString = f"""
{_INSERTED}
ON CONFLICT (agency_id, grain, half_month, counts_from) DO UPDATE SET {_ADDED}
"""

_USES: LiteralString = """
SELECT agency_id, procedure_id, reporting_half_month(accepted_at),
    min(accepted_at) FILTER (WHERE is_online),
    min(paid_online_at),
    min(accepted_at) FILTER (WHERE uses_population_data)
FROM counted_now
WHERE is_online OR uses_population_data OR paid_online_at IS NOT NULL
GROUP BY 1, 2, 3
"""
_INTO_USES: LiteralString = f"""
INSERT INTO reporting_procedureuse AS kept
    (agency_id, procedure_id, half_month, online_from, paid_from, population_from)
{_USES}
ON CONFLICT (half_month, agency_id, procedure_id) DO UPDATE SET
    online_from = least(kept.online_from, excluded.online_from),
    paid_from = least(kept.paid_from, excluded.paid_from),
    population_from = least(kept.population_from, excluded.population_from)
"""


def advance(facts: LiteralString) -> LiteralString:
    """Adds what the dossiers of a batch have come to since they were counted last."""
    replaced: LiteralString = ", ".join([f"{name} = excluded.{name}" for name in COLUMNS[1:]])
    return f"""
    WITH counted_now AS MATERIALIZED ({facts}),
    counted AS (
        SELECT {FACTS}, 1 AS direction FROM counted_now
        UNION ALL
        SELECT {FACTS}, -1 FROM reporting_tallieddossier WHERE dossier_id = ANY(%(dossiers)s)
    ),
    {_SUMMED},
    known AS (
        INSERT INTO reporting_tallieddossier ({FACTS}) SELECT {FACTS} FROM counted_now
        ON CONFLICT (dossier_id) DO UPDATE SET {replaced}
    ),
    used AS ({_INTO_USES})
    {_INTO_TALLIES}
    """  # noqa: S608 (constants of this package; the values travel as parameters)


def know_all(facts: LiteralString) -> LiteralString:
    """Writes the facts of all dossiers; the table is empty."""
    return f"INSERT INTO reporting_tallieddossier ({FACTS}) SELECT {FACTS} FROM ({facts}) AS known"  # noqa: S608


_OF_TABLE: LiteralString = """
counted_now AS NOT MATERIALIZED (SELECT * FROM reporting_tallieddossier),
counted AS NOT MATERIALIZED (SELECT *, 1 AS direction FROM counted_now)
"""
SUM_ALL: LiteralString = f"WITH {_OF_TABLE}, {_SUMMED} {_INSERTED}"
USE_ALL: LiteralString = f"WITH {_OF_TABLE} {_INTO_USES}"

# What tables hold against what the facts make, row by row, in both directions.
DIFFERENT_TALLIES: LiteralString = f"""
WITH {_OF_TABLE}, {_SUMMED}
(SELECT 'thừa', agency_id, grain, half_month, counts_from, {_NAMES} FROM reporting_tally
    WHERE NOT ({" AND ".join([f"{name} = 0" for name in MEASURES])})
EXCEPT SELECT 'thừa', agency_id, grain, half_month, counts_from, {_NAMES} FROM both_grains)
UNION ALL
(SELECT 'thiếu', agency_id, grain, half_month, counts_from, {_NAMES} FROM both_grains
EXCEPT SELECT 'thiếu', agency_id, grain, half_month, counts_from, {_NAMES} FROM reporting_tally)
ORDER BY 2, 4, 5, 1, 3 LIMIT 1
"""  # noqa: S608 (names of columns from this module)
_USE_COLUMNS: LiteralString = (
    "agency_id, procedure_id, half_month, online_from, paid_from, population_from"
)
DIFFERENT_USES: LiteralString = f"""
WITH {_OF_TABLE}, made ({_USE_COLUMNS}) AS ({_USES})
(SELECT 'thừa', {_USE_COLUMNS} FROM reporting_procedureuse
EXCEPT SELECT 'thừa', {_USE_COLUMNS} FROM made)
UNION ALL
(SELECT 'thiếu', {_USE_COLUMNS} FROM made
EXCEPT SELECT 'thiếu', {_USE_COLUMNS} FROM reporting_procedureuse)
ORDER BY 2, 3, 4 LIMIT 1
"""  # noqa: S608 (names of columns from this module)


def different_facts(facts: LiteralString) -> LiteralString:
    """The first dossier whose facts are not what the tallies hold of it."""
    return f"""
    WITH made AS MATERIALIZED ({facts})
    (SELECT {FACTS} FROM reporting_tallieddossier EXCEPT SELECT {FACTS} FROM made)
    UNION ALL
    (SELECT {FACTS} FROM made EXCEPT SELECT {FACTS} FROM reporting_tallieddossier)
    ORDER BY 1 LIMIT 1
    """  # noqa: S608 (constants of this package)
