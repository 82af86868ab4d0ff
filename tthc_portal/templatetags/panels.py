"""The tags that draw what the upper apps add to the pages of dossiers."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from desk import listing, looking
from dossiers.columns import Column
from dossiers.listing import OfAgency
from dossiers.models import Dossier
from tthc_portal import panels

register = template.Library()

# The province's table and those of some who watch a part of it.
_COUNTS_KEPT = 32


@register.simple_tag(takes_context=True)
def dossier_panels(context: template.Context, side: str) -> SafeString:
    """`{% dossier_panels "left" %}`: each panel's own partial, drawn with its own facts."""
    request, frame = context["request"], context["frame"]
    drawn = [
        render_to_string(partial, {**facts, "dossier": context["dossier"]}, request=request)
        for partial, facts in panels.shown(
            side, dossier=context["dossier"], viewer=frame.user, at=frame.now
        )
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (each part was escaped by its own template)


@register.simple_tag(takes_context=True)
def page_parts(context: template.Context, place: str) -> SafeString:
    """`{% page_parts "list-below" %}`: the parts of one place, each with its own facts."""
    request, frame = context["request"], context["frame"]
    drawn = [
        # Own facts first: a page may already know more exactly, as an opened draft does.
        render_to_string(partial, {**facts, "draft": context.get("draft")}, request=request)
        for partial, facts in panels.parts(place, request=request, viewer=frame.user, at=frame.now)
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (each part was escaped by its own template)


@register.simple_tag(takes_context=True)
def own_columns(context: template.Context) -> list[Column]:
    """`{% own_columns as columns %}`: what the person added to the usual columns of a list."""
    viewer = context["frame"].user
    return listing.extra_columns(listing.settings_of(viewer)) if viewer else []


@register.simple_tag
def agency_counts(rows: tuple[OfAgency, ...]) -> SafeString:
    """`{% agency_counts by_agency %}`: the table of late agencies, drawn once for equal numbers."""
    return _agency_counts(rows)


@lru_cache(maxsize=_COUNTS_KEPT)
def _agency_counts(rows: tuple[OfAgency, ...]) -> SafeString:
    return render_to_string("dossiers/_by_agency.html", {"by_agency": rows})


@register.simple_tag
def cell(column: Column, dossier: Dossier) -> str:
    """What stands in this column for this dossier."""
    return column.text(dossier)


@register.simple_tag(takes_context=True)
def news_of(context: template.Context, dossier: Dossier) -> str:
    """What others did since the person looked; nothing where the list does not ask for it."""
    return looking.news(dossier, user=context["frame"].user)
