"""Reads what a person's roles reach, in one statement: asked by every request of everybody."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from organizations.statements import Statement, built, columns, width

if TYPE_CHECKING:
    from organizations.models import Membership

_SQL = """
    SELECT {membership}, {agency}, {counter}, {keeper},
        ARRAY(SELECT below.id FROM {agencies} below WHERE starts_with(below.path, agency.path)),
        ARRAY(SELECT beside.id FROM {counters} beside WHERE beside.agency_id = counter.agency_id)
    FROM {memberships} membership
    JOIN {agencies} agency ON agency.id = membership.agency_id
    LEFT JOIN {counters} counter ON counter.id = membership.counter_id
    LEFT JOIN {agencies} keeper ON keeper.id = counter.agency_id
    WHERE membership.user_id = $1
    ORDER BY membership.id
"""


def postings_of(membership: "type[Membership]", user_id: int) -> "list[Membership]":
    """The memberships with agency and counter, the agencies in reach, the counters beside."""
    return [_posting(membership, row) for row in _statement(membership).rows(user_id)]


def _posting(membership: "type[Membership]", row: tuple[Any, ...]) -> "Membership":
    agency, counter = _neighbours(membership)
    parts = _parts(row, width(membership), width(agency), width(counter), width(agency))
    posting = built(membership, next(parts))
    posting.agency = built(agency, next(parts))
    counter_row, keeper_row = next(parts), next(parts)
    if posting.counter_id is not None:
        posting.counter = built(counter, counter_row)
        posting.counter.agency = built(agency, keeper_row)
    posting.reach, posting.counter_ids = row[-2:]
    return posting


def _parts(row: tuple[Any, ...], *widths: int) -> Iterator[tuple[Any, ...]]:
    start = 0
    for wide in widths:
        yield row[start : start + wide]
        start += wide


def _neighbours(membership: "type[Membership]") -> tuple[type[Any], type[Any]]:
    """Agency and ServiceCounter, reached through the model: it stands above this module."""
    fields = membership._meta
    agency, counter = (fields.get_field(name).related_model for name in ("agency", "counter"))
    assert isinstance(agency, type)  # noqa: S101 (tells mypy what a foreign key leads to)
    assert isinstance(counter, type)  # noqa: S101 (the same)
    return agency, counter


@cache
def _statement(membership: "type[Membership]") -> Statement:
    agency, counter = _neighbours(membership)
    sql = _SQL.format(
        membership=columns(membership, "membership"),
        agency=columns(agency, "agency"),
        counter=columns(counter, "counter"),
        keeper=columns(agency, "keeper"),
        memberships=membership._meta.db_table,
        agencies=agency._meta.db_table,
        counters=counter._meta.db_table,
    )
    return Statement("postings_of", ["bigint"], sql)
