"""Tags for what surrounds every page: drawn once for what it shows, not for each page.

Drawing the head, the navigation twice, and the sheet of keys took a third of a page's time.
"""

from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from tthc_portal.frame import Entry, Section

register = template.Library()

# Counts change: what many people see at the same time, one or two kilobytes each.
_NAVIGATIONS_KEPT = 256


@register.simple_tag
@cache
def fixed(partial: str) -> SafeString:
    """`{% fixed "_head.html" %}`: a partial that shows nothing of the request or the person."""
    return render_to_string(partial)


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> SafeString:
    """`{% navigation %}`: the sections of the person's roles, with what waits in them."""
    return _navigation(tuple(context["frame"].navigation))


@lru_cache(maxsize=_NAVIGATIONS_KEPT)
def _navigation(entries: tuple[Entry, ...]) -> SafeString:
    return render_to_string("_navigation.html", {"entries": entries})


@register.simple_tag(takes_context=True)
def key_sheet(context: template.Context) -> SafeString:
    """`{% key_sheet %}`: the keys of the page; scripts add those of its own elements."""
    frame = context["frame"]
    sections = tuple(entry.section for entry in frame.navigation)
    return _key_sheet(sections, searches=bool(frame.search_url))


@cache
def _key_sheet(sections: tuple[Section, ...], *, searches: bool) -> SafeString:
    """There are as many as there are sets of roles."""
    return render_to_string("_key_sheet.html", {"sections": sections, "searches": searches})
