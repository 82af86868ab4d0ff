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
    """Counted from `since` on; a NULL adds nothing. `columns` say which dossiers each counts.

    Filed under the half month of `filed`, or of `since` where nothing else is named.
    """

    since: LiteralString
    columns: dict[LiteralString, LiteralString]
    filed: LiteralString = ""
    takes_away: bool = False


_EACH: LiteralString = "true"
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
_LATE: LiteralString = "t.overdue_from <= t.ended_at"
_LATE_EXTENDED: LiteralString = (
    "CASE WHEN t.rescheduled_at IS NULL THEN t.overdue_from"
    " ELSE t.overdue_again_from END <= t.ended_at"
)
_BAD: LiteralString = f"{_BAD_FROM} <= t.ended_at"
_COMPLAINED_AFTER: LiteralString = (
    f"CASE WHEN t.complained_at > t.ended_at AND NOT coalesce({_BAD_FROM} <= t.ended_at, false)"
    " THEN reporting_day_start(t.complained_at) END"
)

_PARTS = (
    _Adds(
        "reporting_day_start(t.accepted_at)",
        {
            "received": _EACH,
            "online": "t.is_online",
            "fee_bearing": "t.bears_fee",
            "reused": "t.is_reused",
            "from_store": "t.is_from_store",
            "population": "t.uses_population_data",
        },
    ),
    *(
        _Adds(f"reporting_day_start(t.{moment})", {measure: _EACH}, filed="t.accepted_at")
        for measure, moment in (
            ("paid_online", "paid_online_at"),
            ("result_files", "result_file_at"),
            ("digitised", "digitised_at"),
            ("synced", "synced_at"),
        )
    ),
    _Adds(_TURNS, {"turned": _EACH}),
    _Adds(_TURNS_BEFORE_NEW_DAY, {"turned_extended": _EACH}),
    _Adds(_IN_TIME_AGAIN, {"turned_extended": _EACH}, takes_away=True),
    _Adds(_TURNS_AGAIN, {"turned_extended": _EACH}),
    _Adds(_TURNS_BAD, {"turned_bad": _EACH}),
    _Adds(
        "reporting_day_start(t.ended_at)",
        {
            "ended": _EACH,
            "ended_late": _LATE,
            "ended_late_extended": _LATE_EXTENDED,
            "ended_bad": _BAD,
        },
    ),
    _Adds(_COMPLAINED_AFTER, {"complained_after": _EACH}, filed="t.ended_at"),
)


def _select(part: _Adds) -> LiteralString:
    """The sums of one part; of a million dossiers few rows are left before anything is sorted."""
    sign: LiteralString = "-" if part.takes_away else ""
    values: list[LiteralString] = [
        f"({sign}sum(direction) FILTER (WHERE {part.columns[measure]}))::int AS {measure}"
        if measure in part.columns
        else f"0 AS {measure}"
        for measure in MEASURES
    ]
    filed: LiteralString = f"reporting_half_month({part.filed})" if part.filed else "NULL::date"
    return f"""
    SELECT agency_id, coalesce(half_month, reporting_half_month(counts_from)) AS half_month,
        counts_from, {", ".join(MEASURES)}
    FROM (
        SELECT t.agency_id, {filed} AS half_month, {part.since} AS counts_from, {", ".join(values)}
        FROM counted AS t WHERE {part.since} IS NOT NULL GROUP BY 1, 2, 3
    ) AS part
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
    SELECT agency_id, half_month, counts_from,
        {", ".join([f"coalesce(sum({name}), 0)::int AS {name}" for name in MEASURES])}
    FROM ({_ROWS}) AS part
    GROUP BY 1, 2, 3
    HAVING {_ANY}
),
both_grains AS (
    SELECT agency_id, 'moment' AS grain, half_month, counts_from, {_NAMES} FROM summed
    UNION ALL
    SELECT agency_id, 'half_month', half_month,
        reporting_half_month(counts_from)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', {_SUMS}
    FROM summed GROUP BY 1, 3, 4 HAVING {_ANY}
)
"""  # noqa: S608 (names of columns from this module)

_INTO_TALLIES: LiteralString = f"""
INSERT INTO reporting_tally AS kept (agency_id, grain, half_month, counts_from, {_NAMES})
SELECT agency_id, grain, half_month, counts_from, {_NAMES} FROM both_grains
ON CONFLICT (agency_id, grain, half_month, counts_from) DO UPDATE SET {_ADDED}
"""  # noqa: S608 (names of columns from this module)

USE_KEY: LiteralString = "agency_id, procedure_id, half_month"
USE_COLUMNS: LiteralString = f"{USE_KEY}, online_from, paid_from, population_from"
_USES: LiteralString = """
SELECT agency_id, procedure_id, reporting_half_month(accepted_at) AS half_month,
    min(accepted_at) FILTER (WHERE is_online) AS online_from,
    min(paid_online_at) AS paid_from,
    min(accepted_at) FILTER (WHERE uses_population_data) AS population_from
FROM counted_now
WHERE is_online OR uses_population_data OR paid_online_at IS NOT NULL
GROUP BY 1, 2, 3
"""
_INTO_USES: LiteralString = f"""
INSERT INTO reporting_procedureuse AS kept ({USE_COLUMNS})
{_USES}
ON CONFLICT (half_month, agency_id, procedure_id) DO UPDATE SET
    online_from = least(kept.online_from, excluded.online_from),
    paid_from = least(kept.paid_from, excluded.paid_from),
    population_from = least(kept.population_from, excluded.population_from)
    WHERE (kept.online_from, kept.paid_from, kept.population_from) IS DISTINCT FROM (
        least(kept.online_from, excluded.online_from),
        least(kept.paid_from, excluded.paid_from),
        least(kept.population_from, excluded.population_from)
    )
RETURNING 1
"""
# Of one who counts at a time: a single row in place of all that can be seen.
_NOTE_CHANGE: LiteralString = """
forgotten AS (DELETE FROM reporting_servicechange WHERE EXISTS (SELECT FROM used)),
noted AS (INSERT INTO reporting_servicechange (at) SELECT now() FROM used LIMIT 1)
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
    used AS ({_INTO_USES}),
    {_NOTE_CHANGE}
    {_INTO_TALLIES}
    """  # noqa: S608 (constants of this package; the values travel as parameters)


_OF_TABLE: LiteralString = """
counted_now AS NOT MATERIALIZED (SELECT * FROM reporting_tallieddossier),
counted AS NOT MATERIALIZED (SELECT *, 1 AS direction FROM counted_now)
"""
ALL_TALLIES: LiteralString = f"WITH {_OF_TABLE}, {_SUMMED} SELECT * FROM both_grains"  # noqa: S608
ALL_USES: LiteralString = f"WITH {_OF_TABLE} {_USES}"
NOTE_CHANGE: LiteralString = """
WITH forgotten AS (DELETE FROM reporting_servicechange)
INSERT INTO reporting_servicechange DEFAULT VALUES
"""

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
DIFFERENT_USES: LiteralString = f"""
WITH {_OF_TABLE}, made ({USE_COLUMNS}) AS ({_USES})
(SELECT 'thừa', {USE_COLUMNS} FROM reporting_procedureuse
EXCEPT SELECT 'thừa', {USE_COLUMNS} FROM made)
UNION ALL
(SELECT 'thiếu', {USE_COLUMNS} FROM made
EXCEPT SELECT 'thiếu', {USE_COLUMNS} FROM reporting_procedureuse)
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
