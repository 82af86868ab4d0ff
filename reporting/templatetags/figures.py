"""Parts of the pages of figures that are drawn once and used while nothing of them changes."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string

from reporting.boards import HeatRow

register = template.Library()
# Some six periods of a province; a row is about two kilobytes.
_ROWS_KEPT = 1024


@register.simple_tag
def heat_row(row: HeatRow, period_query: str, cell_route: str) -> str:
    """One agency of the heat table: the table is most of a page, and few rows of it change."""
    return _drawn(
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


@lru_cache(maxsize=_ROWS_KEPT)
def _drawn(**row: Any) -> str:
    return render_to_string("reporting/_heat_row.html", row)
