"""The rows of a list of dossiers, thirty on a page: drawn without a template.

Every sign of a template is some twenty calls of Python, and a row had twenty of them: the rows
took a quarter of a worklist's time.
"""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from desk import listing, looking
from dossiers.columns import Column
from dossiers.listing import Row
from tthc_portal.templatetags.marks import deadline

register = template.Library()

_MARK = (
    '<td class="cell-tight cell-mark"><input type="checkbox" name="dossier"'
    ' value="{code}~{version}" data-mark aria-label="Đánh dấu {code}"></td>'
)
_WHAT = (
    '<td class="cell-tight"><a class="row-link code" href="{url}">{code}</a></td>'
    '<td class="cell-what"><span class="one-line" title="{procedure}">{procedure}</span>'
    '<span class="cell-sub">{applicant}</span></td>'
    '<td class="cell-where" data-label="Đang ở">{place}<span class="cell-sub">{turn}</span>{news}'
    "</td>"
)
_NEWS = '<span class="news">{}</span>'
_CELL = '<td data-label="{}">{}</td>'
_DEADLINE = '<td class="cell-tight">{}{}</td>'
_MEANING = '<span class="cell-sub">{}</span>'
_ANY_CODE = "H00-000000-0000"


@register.simple_tag(takes_context=True)
def own_columns(context: template.Context) -> list[Column]:
    """`{% own_columns as columns %}`: what the person added to the usual columns of a list."""
    settings = context["frame"].list_settings
    return listing.extra_columns(settings) if settings else []


@register.simple_tag(takes_context=True)
def dossier_rows(
    context: template.Context, rows: Iterable[Row], columns: list[Column], marks: bool = False
) -> SafeString:
    """`{% dossier_rows rows columns marks %}`: each row, to be marked where the list has marks."""
    viewer = context["frame"].user
    drawn = [
        f"<tr>{_mark(row) if marks else ''}{_what(row, looking.news(row.dossier, user=viewer))}"
        f"{_own(row, columns)}{_deadline(row)}</tr>\n"
        for row in rows
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (every text of a row is escaped below)


def _mark(row: Row) -> str:
    return _MARK.format(code=escape(row.dossier.code), version=row.dossier.event_count)


def _what(row: Row, news: str) -> str:
    dossier = row.dossier
    return _WHAT.format(
        url=_address().replace(_ANY_CODE, dossier.code),
        code=escape(dossier.code),
        procedure=escape(dossier.version.name),
        applicant=escape(dossier.applicant_name),
        place=escape(row.standing.place),
        turn=escape(row.standing.turn),
        news=_NEWS.format(escape(news)) if news else "",
    )


def _own(row: Row, columns: list[Column]) -> str:
    return "".join(
        _CELL.format(escape(column.label), escape(column.text(row.dossier))) for column in columns
    )


def _deadline(row: Row) -> str:
    meaning = row.deadline.meaning
    badge = deadline(row.deadline.state, row.deadline.text)
    return _DEADLINE.format(badge, _MEANING.format(escape(meaning)) if meaning else "")


@cache
def _address() -> str:
    """The address of a dossier's page, to be given the code: looking it up is sixty calls."""
    return reverse("dossiers:detail", args=[_ANY_CODE])
