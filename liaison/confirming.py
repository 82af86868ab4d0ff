"""Xác nhận bàn giao: the receiving side says what came, what is missing, and what came besides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dossiers.holding import ActRefused, required_text
from dossiers.models import Dossier
from dossiers.statuses import EventKind
from dossiers.telling import moment
from dossiers.writing import update_many
from liaison import handing, places, printing, whereabouts
from liaison.models import HandoverBatch, HandoverItem
from liaison.statuses import HandoverOutcome
from organizations.models import User

_SETTLED = ("outcome", "reason", "settled_by", "settled_at")


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What lay in the bag."""

    received: Sequence[str] = ()
    # All that nobody has confirmed yet: received, or not there.
    rest_is_received: bool = False
    rest_is_missing: bool = False
    missing_reason: str = ""
    extra: Sequence[str] = field(default_factory=tuple)
    extra_reason: str = ""


@dataclass
class _Held:
    """The batch, its items and all dossiers concerned, under lock."""

    batch: HandoverBatch
    items: dict[str, HandoverItem]
    extra: list[Dossier]
    actor: User
    at: datetime

    @property
    def pending(self) -> list[HandoverItem]:
        return [item for item in self.items.values() if not item.outcome]


@transaction.atomic
def confirm(*, pk: int, findings: Findings, actor: User, at: datetime) -> HandoverBatch:
    """Record what came; a batch is settled once nothing of it is open.

    Raises HandoverBatch.DoesNotExist when the person may not see it, PermissionDenied when they
    are not of the receiving side, ActRefused when it was confirmed before or says nothing.
    """
    held = _hold(pk, findings, actor, at)
    received = _received(held, findings)
    _settle(held, received, HandoverOutcome.RECEIVED)
    if findings.rest_is_missing and held.pending:
        reason = required_text(
            findings.missing_reason, "Hãy ghi lý do hồ sơ thiếu để bên giao tìm.", "missing_reason"
        )
        _settle(held, held.pending, HandoverOutcome.MISSING, reason)
    if held.extra:
        _add_extra(held, findings)
    _close(held.batch, at)
    if held.batch.settled_at:
        # With the receiver's name and what they found; what was given is on the first print.
        printing.ask_minutes(held.batch, actor=actor, at=at)
    return held.batch


def _hold(pk: int, findings: Findings, actor: User, at: datetime) -> _Held:
    visible = HandoverBatch.objects.visible_to(actor).for_page().get(pk=pk)
    if not places.is_own(actor, visible.destination):
        raise PermissionDenied("Chỉ bên nhận mới xác nhận được biên bản bàn giao này.")
    extra = list(dict.fromkeys(findings.extra))
    of_batch = list(visible.items.values_list("dossier__code", flat=True))
    # The dossiers first, in one order for everybody; the batch after them.
    dossiers = {
        dossier.code: dossier
        for dossier in Dossier.objects.select_related("agency", "counter__agency")
        .select_for_update(of=("self",))
        .filter(code__in=[*of_batch, *extra])
        .order_by("pk")
    }
    HandoverBatch.objects.select_for_update().get(pk=pk)
    by_pk = {dossier.pk: dossier for dossier in dossiers.values()}
    items = {}
    for item in HandoverItem.objects.filter(batch=pk).order_by("position"):
        item.dossier = by_pk[item.dossier_id]
        items[item.dossier.code] = item
    held = _Held(visible, items, [], actor, at)
    held.extra = _extra(held, extra, dossiers)
    return held


def _received(held: _Held, findings: Findings) -> list[HandoverItem]:
    """The open items that came; ActRefused when the page was stale or names a stranger."""
    strange = [code for code in findings.received if code not in held.items]
    if strange:
        raise ActRefused(
            f"Hồ sơ {', '.join(strange[:5])} không có trong biên bản này. Nếu có trong túi, "
            "hãy ghi vào “Hồ sơ thừa” kèm lý do.",
            code="codes",
        )
    for code in findings.received:
        _require_open(held.items[code])
    if not held.pending and not held.extra:
        raise ActRefused("Biên bản này đã được xác nhận xong.", code="wrong_state")
    if findings.rest_is_received:
        return held.pending
    named = [held.items[code] for code in dict.fromkeys(findings.received)]
    if not named and not findings.rest_is_missing and not held.extra:
        raise ActRefused("Hãy quét hoặc đánh dấu những hồ sơ đã nhận.", code="codes")
    return named


def _require_open(item: HandoverItem) -> None:
    if item.outcome and item.settled_at:
        raise ActRefused(
            f"Hồ sơ {item.dossier.code} đã được xác nhận lúc {moment(item.settled_at)} "
            f"({item.get_outcome_display().lower()}). Hãy tải lại trang.",
            code="wrong_state",
        )


def _settle(
    held: _Held, items: Sequence[HandoverItem], outcome: HandoverOutcome, reason: str = ""
) -> None:
    for item in items:
        item.outcome, item.reason = outcome, reason
        item.settled_by, item.settled_at = held.actor, held.at
    update_many(items, _SETTLED)
    matter = _matter(held.batch, outcome)
    _tell(held, [(item.dossier, matter) for item in items], held.batch, reason)


def _matter(batch: HandoverBatch, outcome: HandoverOutcome) -> str:
    return f"biên bản số {batch.symbol}, {batch.destination.name}: {outcome.label.lower()}"


def _tell(
    held: _Held, told: Sequence[tuple[Dossier, str]], batch: HandoverBatch, reason: str
) -> None:
    if told:
        kind = EventKind.HANDOVER_CONFIRMED
        handing.record(told, kind, batch, actor=held.actor, at=held.at, reason=reason)


# -- What came without standing in the batch ------------------------------------------------


def _extra(held: _Held, codes: Sequence[str], known: dict[str, Dossier]) -> list[Dossier]:
    for code in codes:
        if code in held.items:
            raise ActRefused(
                f"Hồ sơ {code} có trong biên bản này. Hãy đánh dấu là đã nhận.", code="extra"
            )
        if code not in known or known[code].accepted_at is None:
            raise ActRefused(f"Không có hồ sơ {code}. Hãy quét lại.", code="extra")
    return [known[code] for code in codes]


def _add_extra(held: _Held, findings: Findings) -> None:
    """What lay in the bag besides is with the receiver now, wherever else it was awaited."""
    reason = required_text(
        findings.extra_reason, "Hãy ghi lý do hoặc hoàn cảnh của hồ sơ thừa.", "extra_reason"
    )
    where = whereabouts.of_many(held.extra)
    for dossier in held.extra:
        found = where[dossier.pk]
        if found.holder == held.batch.destination and not found.is_on_the_way:
            raise ActRefused(
                f"Hồ sơ {dossier.code} đã ở {found.holder.name}. Hãy bỏ mã này.", code="extra"
            )
        if found.is_on_the_way and found.latest:
            _miss_elsewhere(held, dossier, found.latest)
    first = len(held.items) + 1
    HandoverItem.objects.bulk_create(
        HandoverItem(
            batch=held.batch,
            dossier=dossier,
            position=position,
            outcome=HandoverOutcome.EXTRA,
            reason=reason,
            settled_by=held.actor,
            settled_at=held.at,
        )
        for position, dossier in enumerate(held.extra, start=first)
    )
    matter = _matter(held.batch, HandoverOutcome.EXTRA)
    _tell(held, [(dossier, matter) for dossier in held.extra], held.batch, reason)


def _miss_elsewhere(held: _Held, dossier: Dossier, item: HandoverItem) -> None:
    """The batch in which it was awaited waits for it no longer."""
    item.dossier = dossier
    item.outcome = HandoverOutcome.MISSING
    item.reason = (
        f"Có trong túi của biên bản số {held.batch.symbol}, tại {held.batch.destination.name}."
    )
    item.settled_by, item.settled_at = held.actor, held.at
    item.save(update_fields=_SETTLED)
    matter = _matter(item.batch, HandoverOutcome.MISSING)
    _tell(held, [(dossier, matter)], item.batch, item.reason)
    _close(item.batch, held.at)


def _close(batch: HandoverBatch, at: datetime) -> None:
    """Settled, once nothing of it is open."""
    if batch.settled_at is None and not batch.items.pending().exists():
        batch.settled_at = at
        batch.save(update_fields=["settled_at"])
