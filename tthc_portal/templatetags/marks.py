"""Tags for the signs that stand many times on a page: an icon, a deadline with word and icon.

Partials drew them before: the sixty of a worklist took a quarter of its time.
"""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tthc_portal.templatetags.wording import deadline_word

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "warning" %}`: a symbol of icons.svg, for eyes only."""
    return _drawn(name)


@register.simple_tag
def deadline(state: str, text: str = "") -> SafeString:
    """`{% deadline state text %}`: colour, icon, and this word or the state's own."""
    words = conditional_escape(text or deadline_word(state))
    drawn = f'<span class="deadline deadline--{state}">{_drawn(state)}{words}</span>'
    return mark_safe(drawn)  # noqa: S308 (states are the portal's own words)


@cache
def _drawn(name: str) -> SafeString:
    """Names come from the portal's own code, so there are as many as there are symbols."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("icons.svg"),
        name,
    )
