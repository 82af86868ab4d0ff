"""Makes the tallies anew in sets: what the facts come to is laid beside what is kept.

Reading in parallel is only allowed where nothing permanent is written, so that what is made goes
to tables of the transaction first; then the rows that differ are replaced, usually none.
"""

# ruff: noqa: S608 (constants of this package; the one value travels as a parameter)

from typing import LiteralString

from reporting import tally_facts, tally_parts
from reporting.tally_parts import FACTS, MEASURES, USE_COLUMNS, USE_KEY

_TALLY_KEY: LiteralString = "agency_id, grain, half_month, counts_from"
_MEASURED: LiteralString = ", ".join(MEASURES)
Statements = tuple[LiteralString, ...]


def _make(name: LiteralString, rows: LiteralString) -> LiteralString:
    return f"CREATE TEMP TABLE made_{name} ON COMMIT DROP AS {rows}"


def _replace(
    table: LiteralString, name: LiteralString, key: LiteralString, columns: LiteralString
) -> Statements:
    """The rows that differ, in either direction, taken out and put in."""
    return (
        f"""
        CREATE TEMP TABLE differing_{name} ON COMMIT DROP AS
        SELECT {key} FROM made_{name} AS made FULL JOIN {table} AS kept USING ({key})
        WHERE ({_of("made", columns)}) IS DISTINCT FROM ({_of("kept", columns)})
        """,
        f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM differing_{name})",
        f"""
        INSERT INTO {table} ({columns})
        SELECT {columns} FROM made_{name} WHERE ({key}) IN (SELECT {key} FROM differing_{name})
        """,
    )


def _of(table: LiteralString, columns: LiteralString) -> LiteralString:
    return ", ".join([f"{table}.{column}" for column in columns.split(", ")])


# The facts take %(by_day)s.
OF_FACTS: Statements = (
    _make("facts", f"SELECT {FACTS} FROM ({tally_facts.ALL}) AS known"),
    *_replace("reporting_tallieddossier", "facts", "dossier_id", FACTS),
)
OF_TALLIES: Statements = (
    _make("tallies", tally_parts.ALL_TALLIES),
    *_replace("reporting_tally", "tallies", _TALLY_KEY, f"{_TALLY_KEY}, {_MEASURED}"),
)
OF_USES: Statements = (
    _make("uses", tally_parts.ALL_USES),
    *_replace("reporting_procedureuse", "uses", USE_KEY, USE_COLUMNS),
)
COUNTED: LiteralString = "SELECT count(*) FROM made_facts"
DIFFERED: LiteralString = """
SELECT (SELECT count(*) FROM differing_facts) + (SELECT count(*) FROM differing_tallies)
    + (SELECT count(*) FROM differing_uses)
"""
# A transaction may rebuild twice.
FORGET: LiteralString = """
DROP TABLE made_facts, made_tallies, made_uses,
    differing_facts, differing_tallies, differing_uses
"""
