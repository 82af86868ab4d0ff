"""The tags that draw what the upper apps add to the pages of dossiers."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from tthc_portal import panels

register = template.Library()


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
