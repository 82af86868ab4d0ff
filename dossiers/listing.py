"""Lists as pages show them: rows with their words, filters as chips, late agencies in a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.http import QueryDict

from dossiers import telling, timing
from dossiers.filters import DossierFilter
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet, has_passed, is_near
from dossiers.statuses import DossierStatus
from dossiers.telling import Standing
from dossiers.timing import Deadline
from organizations.compiling import MOMENT, rows_for
from organizations.models import Agency, User
from organizations.roles import Role
from procedures.statuses import ChannelKind

# What moves inside a list, and is left behind when the list becomes another one.
CURSORS = ("after", "before")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One dossier of a list."""

    dossier: Dossier
    standing: Standing
    deadline: Deadline


def rows(dossiers: Iterable[Dossier], *, viewer: User, at: datetime) -> list[Row]:
    """The dossiers with their words, for this person at this moment."""
    calendars = timing.Calendars()
    return [
        Row(
            dossier=dossier,
            standing=telling.standing(dossier, viewer=viewer),
            deadline=timing.deadline(
                dossier, calendar=calendars.of(dossier.agency.schedule_id), at=at
            ),
        )
        for dossier in dossiers
    ]


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter in force, and the address of the list without it."""

    text: str
    url: str


def chips(chosen: DossierFilter, query: QueryDict) -> list[Chip]:
    """The filters in force; a click takes one off."""
    given = chosen.form.cleaned_data if chosen.form.is_valid() else {}
    return [
        Chip(text=text, url=without(query, *names))
        for name, value in given.items()
        if value and (said := _SAID.get(name))
        for text, names in said(value)
    ]


def without(query: QueryDict, *names: str, **changes: str) -> str:
    """The address of the list without these filters, from its first page."""
    kept = query.copy()
    for name in (*names, *CURSORS):
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    return f"?{kept.urlencode()}"


Said = list[tuple[str, tuple[str, ...]]]


def _statuses(value: list[str]) -> Said:
    labels = ", ".join(str(DossierStatus(status).label) for status in value)
    return [(f"Trạng thái: {labels}", ("status",))]


def _channel(value: str) -> Said:
    return [(f"Hình thức nộp: {ChannelKind(value).label}", ("channel",))]


def _agency(value: Agency) -> Said:
    return [(value.short_name, ("agency",))]


def _procedure(value: str) -> Said:
    return [(f"Thủ tục {value}", ("procedure",))]


def _span(word: str, name: str) -> Any:
    def said(value: slice) -> Said:
        parts: Said = []
        if value.start:
            parts.append((f"{word} từ {telling.day(value.start)}", (f"{name}_after",)))
        if value.stop:
            parts.append((f"{word} đến {telling.day(value.stop)}", (f"{name}_before",)))
        return parts

    return said


_SAID = {
    "status": _statuses,
    "channel": _channel,
    "agency": _agency,
    "procedure": _procedure,
    "accepted": _span("Tiếp nhận", "accepted"),
    "resolved": _span("Có kết quả", "resolved"),
    "due": _span("Hẹn trả", "due"),
}


def has_many_agencies(user: User) -> bool:
    """Does the person watch or serve more than one agency?"""
    roles = (Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR)
    return user.sees_everything or len(user.agency_ids_for(*roles)) > 1


class OfAgency(NamedTuple):
    """How many of an agency's open dossiers are late, and how many nearly so."""

    code: str
    short_name: str
    overdue: int
    due_soon: int


def by_agency(user: User, *, at: datetime) -> tuple[OfAgency, ...]:
    """Each agency with open dossiers that are late or near, the latest first, in one query."""
    return tuple(OfAgency(*row) for row in rows_for(user, _by_agency, at=at))


def _by_agency(user: User) -> QuerySet[Any]:
    late, near = has_passed(MOMENT), is_near(MOMENT)
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    tallied = (
        visible.open()
        .filter(late | near)
        .order_by()
        .values("agency__code", "agency__short_name", "agency__sort_key")
        .annotate(overdue=Count("status", filter=late), due_soon=Count("status", filter=near))
        .order_by("-overdue", "-due_soon", "agency__sort_key")
    )
    row: QuerySet[Any] = tallied.values_list(
        "agency__code", "agency__short_name", "overdue", "due_soon"
    )
    return row
