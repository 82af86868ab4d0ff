"""Bàn giao hồ sơ giấy: one side makes a batch and gives it away, numbered, in one act.

The papers follow the dossier, never lead it: no state changes, and each dossier's ledger says
that its papers left. NĐ 61/2018 Đ18 gives the papers a way of their own beside the system.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q

from dossiers import ledger
from dossiers.clocks import local_date
from dossiers.converters import codes_in
from dossiers.holding import ActRefused
from dossiers.models import Dossier, DossierEvent
from dossiers.statuses import EventKind
from dossiers.writing import update_many
from liaison import admitting, places, printing
from liaison.models import HandoverBatch, HandoverItem, PaperFile
from liaison.places import Place
from liaison.statuses import Carried, HandoverWay
from organizations.models import Agency, ServiceCounter, User
from workdays.loading import calendar_for

# One print of a batch stays a few pages, and its confirmation one sitting.
MOST_DOSSIERS = 200
# How many working days each way may take before the papers count as on the way too long.
TAKES_DAYS = {HandoverWay.BY_HAND: 1, HandoverWay.INTERNAL_MAIL: 2, HandoverWay.POST: 3}


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """What is handed over, from where to where, and how."""

    origin: Place
    destination: Place
    codes: Sequence[str]
    carries: Carried
    way: HandoverWay
    submission_key: UUID
    tracking_number: str = ""
    note: str = ""


@transaction.atomic
def hand_over(*, consignment: Consignment, actor: User, at: datetime) -> HandoverBatch:
    """Give the papers away; the same key gives them once.

    Raises PermissionDenied when the papers are not the person's to give, ActRefused with a
    sentence for each dossier that cannot go.
    """
    if known := _given_before(consignment, actor):
        return known
    _check_way(consignment, actor)
    dossiers = locked(_codes(consignment), actor, consignment.origin)
    admitting.check(dossiers, consignment=consignment)
    batch = _batch(consignment, actor, at)
    HandoverItem.objects.bulk_create(
        HandoverItem(batch=batch, dossier=dossier, position=position)
        for position, dossier in enumerate(dossiers, start=1)
    )
    how = batch.get_way_display().lower()
    number = f", số hiệu {batch.tracking_number}" if batch.tracking_number else ""
    matter = f"biên bản số {batch.symbol}, đến {batch.destination.name}, {how}{number}"
    record(
        ((dossier, matter) for dossier in dossiers), EventKind.HANDOVER, batch, actor=actor, at=at
    )
    printing.ask_minutes(batch, actor=actor, at=at)
    return batch


def _given_before(consignment: Consignment, actor: User) -> HandoverBatch | None:
    """The batch of a first click."""
    known: HandoverBatch | None = HandoverBatch.objects.filter(
        submission_key=consignment.submission_key
    ).first()
    if known and known.given_by_id != actor.pk:
        raise ActRefused("Biểu mẫu này đã được dùng. Hãy mở lại trang.", code="key_used")
    return known


def _check_way(consignment: Consignment, actor: User) -> None:
    if not places.is_own(actor, consignment.origin):
        raise PermissionDenied("Bạn không giữ hồ sơ giấy của nơi giao này.")
    if consignment.origin == consignment.destination:
        raise ActRefused("Bên nhận phải khác bên giao. Hãy chọn lại.", code="destination")
    if not consignment.destination.is_active:
        raise ActRefused(
            f"{consignment.destination.name} đã ngừng hoạt động. Hãy chọn nơi khác.",
            code="destination",
        )
    if consignment.way == HandoverWay.POST and not consignment.tracking_number.strip():
        raise ActRefused("Hãy ghi số hiệu bưu gửi của túi hồ sơ.", code="tracking_number")


def _codes(consignment: Consignment) -> list[str]:
    codes = list(dict.fromkeys(consignment.codes))
    if not codes:
        raise ActRefused("Hãy quét hoặc đánh dấu ít nhất một hồ sơ.", code="codes")
    if len(codes) > MOST_DOSSIERS:
        raise ActRefused(
            f"Một biên bản có nhiều nhất {MOST_DOSSIERS} hồ sơ; hãy chia thành nhiều biên bản.",
            code="codes",
        )
    return codes


def scanned(text: str) -> list[str]:
    """The codes in what a scanner typed, line by line; ActRefused for a line without one."""
    strange = [line.strip() for line in text.splitlines() if line.strip() and not codes_in(line)]
    if strange:
        raise ActRefused(
            f"Không đọc được mã hồ sơ trong “{strange[0][:80]}”. Hãy quét lại dòng này.",
            code="codes",
        )
    return codes_in(text)


def locked(codes: Sequence[str], actor: User, origin: Place) -> list[Dossier]:
    """The dossiers under lock, in the order in which they were scanned.

    Those that the actor sees, and those whose papers lie at the origin: a consulted agency gives
    back papers of a dossier that it never sees (ADR 22).
    """
    held = PaperFile.objects.filter(counter=origin.counter, agency=origin.agency)
    visible = Dossier.objects.visible_to(actor).values("pk")
    found = {
        dossier.code: dossier
        for dossier in Dossier.objects.filter(
            Q(pk__in=visible) | Q(pk__in=held.values("dossier")), code__in=codes
        )
        .select_related("agency", "counter__agency")
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise ActRefused(
            f"Không có hồ sơ {', '.join(unknown[:5])} trong phạm vi của bạn. "
            "Hãy bỏ các mã này rồi lập lại.",
            code="codes",
        )
    return [found[code] for code in codes]


def _batch(consignment: Consignment, actor: User, at: datetime) -> HandoverBatch:
    year = local_date(at).year
    origin = consignment.origin.columns("from")
    number = _next_number(consignment.origin, year)
    days = TAKES_DAYS[consignment.way]
    calendar = calendar_for(consignment.destination.keeper.schedule_id)
    return HandoverBatch.objects.create(
        **origin,
        **consignment.destination.columns("to"),
        submission_key=consignment.submission_key,
        year=year,
        number=number,
        carries=consignment.carries,
        way=consignment.way,
        tracking_number=consignment.tracking_number.strip(),
        note=consignment.note.strip(),
        given_by=actor,
        given_at=at,
        expected_by=calendar.add_working_days(at, days),
    )


def _next_number(origin: Place, year: int) -> int:
    """The next of the year; two batches of one place wait for each other."""
    keeper: type[Agency | ServiceCounter] = ServiceCounter if origin.counter else Agency
    own = origin.counter or origin.agency
    assert own is not None  # noqa: S101 (a place is one of the two)
    # Not the stronger lock: an acceptance at this counter refers to the same row.
    keeper.objects.select_for_update(no_key=True).get(pk=own.pk)
    given = HandoverBatch.objects.filter(**origin.columns("from"), year=year)
    return (given.aggregate(last=Max("number"))["last"] or 0) + 1


def record(
    told: Iterable[tuple[Dossier, str]],
    kind: EventKind,
    batch: HandoverBatch,
    *,
    actor: User,
    at: datetime,
    reason: str = "",
) -> None:
    """Append an event to each dossier's ledger; the caller holds them all."""
    dossiers, events = [], []
    for dossier, matter in told:
        entry = ledger.Entry(
            kind=kind,
            at=at,
            recorded_at=at,
            actor=actor,
            reason=reason,
            data={"matter": matter, "batch_id": batch.pk},
        )
        events.append(ledger.next_event(dossier=dossier, entry=entry))
        dossiers.append(dossier)
    DossierEvent.objects.bulk_create(events)
    update_many(dossiers, ledger.HEAD_FIELDS)
