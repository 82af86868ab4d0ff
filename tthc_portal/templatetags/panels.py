"""The tags that draw what the upper apps add to the pages of dossiers."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from dossiers.listing import OfAgency
from tthc_portal import panels

register = template.Library()

# The province's table and those of some who watch a part of it.
_COUNTS_KEPT = 32


@register.simple_tag(takes_context=True)
def dossier_panels(context: template.Context, side: str) -> SafeString:
    """`{% dossier_panels "left" %}`: each panel's own partial, drawn with its own facts."""
    frame = context["frame"]
    shown = panels.shown(side, dossier=context["dossier"], viewer=frame.user, at=frame.now)
    return _drawn(context, shown)


@register.simple_tag(takes_context=True)
def page_parts(context: template.Context, place: str) -> SafeString:
    """`{% page_parts "list-below" %}`: the parts of one place, each with its own facts."""
    frame = context["frame"]
    parts = panels.parts(place, request=context["request"], viewer=frame.user, at=frame.now)
    return _drawn(context, parts)


def _drawn(context: template.Context, parts: list[tuple[str, Mapping[str, Any]]]) -> SafeString:
    """Each partial with its own facts before those of the page, as if it were included."""
    drawn = []
    for partial, facts in parts:
        with context.push(**facts):
            drawn.append(template.Engine.get_default().get_template(partial).render(context))
    return mark_safe("".join(drawn))  # noqa: S308 (each part was escaped by its own template)


@register.simple_tag
def agency_counts(rows: tuple[OfAgency, ...]) -> SafeString:
    """`{% agency_counts by_agency %}`: the table of late agencies, drawn once for equal numbers."""
    return _agency_counts(rows)


@lru_cache(maxsize=_COUNTS_KEPT)
def _agency_counts(rows: tuple[OfAgency, ...]) -> SafeString:
    return render_to_string("dossiers/_by_agency.html", {"by_agency": rows})
