"""Parts of the pages of figures that are drawn once and used while nothing of them changes."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reporting.boards import AgencyLine, HeatRow

register = template.Library()
# Some six periods of a province, and its components of one; a row is one or two kilobytes.
_ROWS_KEPT = 4096
# A page for each agency of a province, and tables of all of them: some 15 kilobytes each.
_PARTS_KEPT = 512


@register.simple_tag
def heat_row(row: HeatRow, period_query: str, cell_route: str) -> SafeString:
    """One agency of the heat table: the table is most of a page, and few rows of it change."""
    return _row(
        "reporting/_heat_row.html",
        code=row.agency.code,
        short_name=row.agency.short_name,
        place=row.place,
        moved=row.moved,
        total=row.total,
        band=row.band.name,
        cells=row.cells,
        period_query=period_query,
        cell_route=cell_route,
    )


@register.simple_tag
def component_row(row: AgencyLine, code: str, behind: bool, period_query: str) -> SafeString:
    """One component of one agency."""
    count, line = row.line.count, row.line
    return _row(
        "reporting/_component_row.html",
        agency_code=row.agency.code,
        short_name=row.agency.short_name,
        numerator=count.numerator,
        denominator=count.denominator,
        rest=count.rest,
        share=line.share,
        points=line.points,
        length=line.length,
        code=code,
        behind=behind,
        period_query=period_query,
    )


@lru_cache(maxsize=_ROWS_KEPT)
def _row(partial: str, **facts: Any) -> SafeString:
    return render_to_string(partial, facts)


@register.simple_tag
def drawn(partial: str, **facts: Any) -> SafeString:
    """`{% drawn "reporting/_trend.html" trend=trend %}`: a part that shows these facts alone.

    Drawn once for the same words and the same objects; those that `boards` and `asking` keep
    are the same until something of them changes.
    """
    return _part(partial, tuple((name, _Same(fact)) for name, fact in facts.items()))


class _Same:
    """Equal to the very same object, or to the same word."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return hash(self.thing) if isinstance(self.thing, str) else id(self.thing)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return NotImplemented
        if isinstance(self.thing, str) and isinstance(other.thing, str):
            return self.thing == other.thing
        return self.thing is other.thing


@lru_cache(maxsize=_PARTS_KEPT)
def _part(partial: str, facts: tuple[tuple[str, _Same], ...]) -> SafeString:
    return render_to_string(partial, {name: fact.thing for name, fact in facts})
