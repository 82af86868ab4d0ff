"""Sổ theo dõi hồ sơ (Mẫu 06 of TT 01/2018, form 07 of TT 03/2025): entries, book by book.

The entries of a place are numbered from 01 to the end of the year in the order of reception
and run on over the books (TT 01/2018 Đ12); so the number of a dossier is the same whichever
days are printed. A book is read and drawn alone: memory stays the same however long the year was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from dossiers import rules
from dossiers.clocks import HERE
from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.receipts import official_day
from dossiers.statuses import DossierStatus
from dossiers.telling import day
from liaison.models import PrintOrder
from liaison.places import Place

# A book that one hand can turn over, about forty broad pages, and a worker's moderate memory.
ENTRIES_IN_BOOK = 500


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the register."""

    number: int
    code: str
    procedure: str
    sets: int
    applicant: str
    address: str
    agency: str
    accepted: str
    promised: str
    returned: str
    way: str
    recipient: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Book:
    """The entries of one book that fall into the days asked for."""

    number: int
    entries: list[Entry]


def entries_of(order: PrintOrder) -> DossierQuerySet:
    """What was received at this place in these days, as far as whoever asked may see it."""
    first, last = _days(order)
    return _received(order).filter(accepted_at__gte=_start(first), accepted_at__lt=_start(last, 1))


def books(order: PrintOrder, *, after: int) -> Iterator[Book]:
    """The books behind this one, each read when the one before is done."""
    number = _entries_before(order)
    found = entries_of(order).select_related("agency", "result", "version")
    found = found.order_by("accepted_at", "pk")
    last: Dossier | None = None
    while True:
        wanted = ENTRIES_IN_BOOK - number % ENTRIES_IN_BOOK
        rest = found if last is None else found.filter(_behind(last))
        dossiers = list(rest[:wanted])
        if not dossiers:
            return
        entries = [_entry(dossier, number + place) for place, dossier in enumerate(dossiers, 1)]
        book = Book(number=number // ENTRIES_IN_BOOK + 1, entries=entries)
        number, last = number + len(dossiers), dossiers[-1]
        if book.number > after:
            yield book


def values_of(order: PrintOrder, book: Book) -> dict[str, Any]:
    """Everything that the print of one book shows."""
    first, last = _days(order)
    governing = rules.in_force_on(last)
    return {
        # As text: a number would be printed with its thousands set apart.
        "year": str(first.year),
        "number": str(book.number),
        "place": Place(counter=order.counter, agency=order.agency).name,
        "form_number": governing.register_form,
        "forms_of": governing.forms_of,
        "first_entry": str(book.entries[0].number),
        "last_entry": str(book.entries[-1].number),
        "first_day": official_day(first),
        "last_day": official_day(last),
        "entries": book.entries,
    }


def _received(order: PrintOrder) -> DossierQuerySet:
    visible: DossierQuerySet = Dossier.objects.visible_to(order.asked_by)
    if order.counter_id:
        return visible.filter(counter=order.counter_id)
    return visible.filter(agency=order.agency_id)


def _entries_before(order: PrintOrder) -> int:
    """How many of the year were received before the first day."""
    first, _ = _days(order)
    year = date(first.year, 1, 1)
    return (
        _received(order)
        .filter(accepted_at__gte=_start(year), accepted_at__lt=_start(first))
        .count()
    )


def _behind(dossier: Dossier) -> Any:
    same = Q(accepted_at=dossier.accepted_at, pk__gt=dossier.pk)
    return Q(accepted_at__gt=dossier.accepted_at) | same


def _days(order: PrintOrder) -> tuple[date, date]:
    assert order.first_day and order.last_day  # noqa: S101, PT018 (the database keeps it so)
    return order.first_day, order.last_day


def _start(of: date, days: int = 0) -> datetime:
    return datetime.combine(of + timedelta(days=days), time.min, HERE)


def _entry(dossier: Dossier, number: int) -> Entry:
    result = getattr(dossier, "result", None)
    return Entry(
        number=number,
        code=dossier.code,
        procedure=dossier.version.name,
        sets=dossier.sets,
        applicant=dossier.applicant_name,
        address=", ".join(part for part in (dossier.address, dossier.phone) if part),
        agency=dossier.agency.name,
        accepted=_moment(dossier.accepted_at),
        promised=_moment(dossier.due_at),
        returned=_moment(dossier.returned_at),
        way=dossier.get_return_method_display(),
        recipient=result.recipient_name if result else "",
        note="" if dossier.status == DossierStatus.RETURNED else dossier.get_status_display(),
    )


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(HERE):%H:%M} {day(value)}" if value else ""
