"""What the pages show of handovers: rows, one batch, the form with what waits, the panel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.telling import moment
from dossiers.timing import Deadline
from liaison import handover_worklists, places, whereabouts
from liaison.forms.handovers import HandOverForm
from liaison.models import HandoverBatch, HandoverItem, PrintOrder
from liaison.statuses import HandoverOutcome
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class Row:
    """One batch, with how it stands as a badge."""

    batch: HandoverBatch
    deadline: Deadline


def rows(batches: Iterable[HandoverBatch], *, at: datetime) -> list[Row]:
    """The rows of a page."""
    return [Row(batch=batch, deadline=deadline(batch, at=at)) for batch in batches]


def deadline(batch: HandoverBatch, *, at: datetime) -> Deadline:
    """On the way, too long on the way, or settled."""
    if batch.settled_at:
        return Deadline(state="on_time", text="Đã xác nhận", meaning=moment(batch.settled_at))
    meaning = f"Phải đến trước {moment(batch.expected_by)}"
    if batch.expected_by < at:
        return Deadline(state="overdue", text="Đi quá lâu", meaning=meaning)
    return Deadline(state="due_soon", text="Đang chuyển", meaning=meaning)


def page(batch: HandoverBatch, *, viewer: User, at: datetime) -> dict[str, Any]:
    """Everything that the page of one batch shows this person."""
    items = list(batch.items.select_related("dossier__version", "settled_by").order_by("position"))
    visible = Dossier.objects.visible_to(viewer).filter(pk__in=[item.dossier_id for item in items])
    return {
        "batch": batch,
        "items": items,
        "visible": set(visible.values_list("pk", flat=True)),
        "pending": [item for item in items if not item.outcome],
        "prints": list(PrintOrder.objects.filter(batch=batch).order_by("pk")),
        "deadline": deadline(batch, at=at),
        "may_confirm": places.is_own(viewer, batch.destination),
    }


def said(batch: HandoverBatch) -> str:
    """What the person who confirmed reads."""
    outcomes = list(batch.items.values_list("outcome", flat=True))
    counted = [
        f"{word} {outcomes.count(outcome)}"
        for outcome, word in (
            (HandoverOutcome.RECEIVED, "đã nhận"),
            (HandoverOutcome.MISSING, "thiếu"),
            (HandoverOutcome.EXTRA, "thừa"),
            ("", "chưa xác nhận"),
        )
        if outcomes.count(outcome)
    ]
    return f"Biên bản số {batch.symbol}: {', '.join(counted)} hồ sơ."


def form_page(form: HandOverForm, *, viewer: User) -> dict[str, Any]:
    """The form, and what waits at the person's places: for this batch to tick, others as links."""
    origin, destination = str(form["origin"].value() or ""), str(form["destination"].value() or "")
    ready = [
        waiting
        for place in places.own_places(viewer)
        for waiting in handover_worklists.ready(viewer, origin=place)
    ]
    here = [
        waiting
        for waiting in ready
        if waiting.origin.key == origin
        and waiting.destination.key == destination
        and waiting.carries == (form["carries"].value() or waiting.carries)
    ]
    ticked = set(form["ticked"].value() or ())
    return {
        "form": form,
        "waiting": here[0] if here else None,
        "rows": [(dossier, dossier.code in ticked) for each in here for dossier in each.dossiers],
        "others": [waiting for waiting in ready if waiting not in here],
        "most": handover_worklists.MOST_SHOWN,
    }


def where(codes: Sequence[str], found: DossierQuerySet, *, at: datetime) -> dict[str, Any]:
    """Where the papers of each are, in the order asked; what the person may not see is unknown."""
    dossiers = {each.code: each for each in found.select_related("counter", "agency", "version")}
    told = whereabouts.of_many(dossiers.values())
    known = [(dossiers[code], told[dossiers[code].pk]) for code in codes if code in dossiers]
    return {
        "found": [(dossier, where, where.is_late(at=at)) for dossier, where in known],
        "unknown": [code for code in codes if code not in dossiers],
    }


def panel(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """In whose hands the papers are, and through which they went; nothing when there are none."""
    if dossier.accepted_at is None:
        return None
    items = list(HandoverItem.objects.filter(dossier=dossier).with_places().order_by("-id"))
    found = whereabouts.of_known(dossier, items[0] if items else None)
    if not found.exists:
        return None
    seen = HandoverBatch.objects.visible_to(viewer).filter(items__dossier=dossier)
    return {
        "where": found,
        "is_late": found.is_late(at=at),
        "items": items,
        "visible": set(seen.values_list("pk", flat=True)) if items else set(),
    }
