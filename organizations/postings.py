"""Reads what a person's roles reach, in one statement: asked by every request of everybody.

A request with a token finds the token, its holder and the holder's postings at once.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from organizations.statements import Columns, Statement

if TYPE_CHECKING:
    from organizations.models import Membership

_COLUMNS = """
    {membership.sql}, {agency.sql}, {counter.sql}, {keeper.sql},
    ARRAY(SELECT below.id FROM {agencies} below WHERE starts_with(below.path, agency.path)),
    ARRAY(SELECT beside.id FROM {counters} beside WHERE beside.agency_id = counter.agency_id),
    ARRAY(
        SELECT standing.absent_id FROM {substitutions} standing
        WHERE membership.role = 'officer' AND standing.substitute_id = membership.user_id
            AND standing.agency_id = membership.agency_id AND standing.ended_at IS NULL
            AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                BETWEEN standing.first_day AND standing.last_day
    )
"""
_TABLES = """
    {memberships} membership
    JOIN {agencies} agency ON agency.id = membership.agency_id
    LEFT JOIN {counters} counter ON counter.id = membership.counter_id
    LEFT JOIN {agencies} keeper ON keeper.id = counter.agency_id
"""


def postings_of(membership: "type[Membership]", user_id: int) -> "list[Membership]":
    """The memberships with agency and counter, the agencies in reach, the counters beside."""
    reading = reading_of(membership)
    return reading.postings(reading.statement.rows(user_id))


class Reading:
    """The statement and what its columns become; agency and counter come from the model itself."""

    def __init__(self, membership: "type[Membership]") -> None:
        agency: Any = membership._meta.get_field("agency").related_model
        counter: Any = membership._meta.get_field("counter").related_model
        self._membership = Columns(membership, "membership")
        self._agency = Columns(agency, "agency")
        self._counter = Columns(counter, "counter")
        names = {
            "membership": self._membership,
            "agency": self._agency,
            "counter": self._counter,
            "keeper": Columns(agency, "keeper"),
            "memberships": membership._meta.db_table,
            "agencies": agency._meta.db_table,
            "counters": counter._meta.db_table,
            # Of this app as well; its model stands above the one that is read here.
            "substitutions": f"{membership._meta.app_label}_substitution",
        }
        self.columns, self.tables = _COLUMNS.format(**names), _TABLES.format(**names)
        self.statement = Statement(
            "postings_of",
            ["bigint"],
            f"SELECT {self.columns} FROM {self.tables}"  # noqa: S608 (names of the models)
            " WHERE membership.user_id = $1 ORDER BY membership.id",
        )

    def postings(self, rows: Iterable[tuple[Any, ...]]) -> "list[Membership]":
        """The postings of one person; who has none may stand in a row without any."""
        return [self._posting(row) for row in rows if row[0] is not None]

    def _posting(self, row: tuple[Any, ...]) -> "Membership":
        after_own = self._membership.width
        after_agency = after_own + self._agency.width
        after_counter = after_agency + self._counter.width
        posting = self._membership.built(row[:after_own])
        posting.agency = self._agency.built(row[after_own:after_agency])
        if posting.counter_id is not None:
            posting.counter = self._counter.built(row[after_agency:after_counter])
            posting.counter.agency = self._agency.built(row[after_counter:-3])
        posting.reach, posting.counter_ids, posting.stands_in_for = row[-3:]
        return posting


@cache
def reading_of(membership: "type[Membership]") -> Reading:
    """The one reading of the process; the models are there by its first use."""
    return Reading(membership)
