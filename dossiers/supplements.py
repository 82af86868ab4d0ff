"""What is missing after appraisal: asked for once and through the counter, received there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize

from django.db import transaction
from django.db.models import Max

from dossiers import attaching, halting, printing, rules
from dossiers.access import Act
from dossiers.files import Upload
from dossiers.holding import ActRefused, Target, locked, record, required_text
from dossiers.models import Dossier, DossierPaper, SupplementItem, SupplementRequest
from dossiers.rules import RuleSet
from dossiers.statuses import AttachmentKind, EventKind, FormKind, PauseKind
from dossiers.telling import moment
from organizations.models import User
from workdays.calendar import Calendar
from workdays.loading import calendar_for
from workdays.units import TimeUnit

MOST_ITEMS = 20


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One paper or piece of content that the applicant must bring."""

    name: str
    originals: int = 0
    certified_copies: int = 0
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class Need:
    """All that is missing, why, and the sector's law when it is asked for late."""

    items: Sequence[Missing]
    reason: str
    basis: str = ""


@transaction.atomic
def request_supplement(*, target: Target, need: Need, actor: User, at: datetime) -> Dossier:
    """Ask once for everything that is missing; the clock stands still (NĐ 61/2018 Đ19(4)).

    Prints Mẫu 02 at the counter, which alone meets the applicant (Đ5(1)). Raises ActRefused
    when it was asked before, when it is asked too late, or when nothing is named.
    """
    dossier = locked(target, actor, Act.REQUEST_SUPPLEMENT)
    items = _named(need.items)
    reason = required_text(need.reason, "Hãy ghi rõ lý do yêu cầu bổ sung.", "reason")
    basis = normalize("NFC", need.basis).strip()
    governing, calendar = rules.BY_CODE[dossier.rule_set], calendar_for(dossier.agency.schedule_id)
    number = _checked_number(dossier, governing)
    _check_moment(dossier, governing, calendar, basis, at)
    request = SupplementRequest.objects.create(
        dossier=dossier,
        number=number,
        pause=halting.begin(dossier=dossier, kind=PauseKind.SUPPLEMENT, at=at),
        reason=reason,
        basis=basis,
        asked_by=actor,
        asked_at=at,
    )
    SupplementItem.objects.bulk_create(
        SupplementItem(request=request, position=position, **vars(item))
        for position, item in enumerate(items, start=1)
    )
    data = {
        "matter": _listed([item.name for item in items]),
        "number": number,
        "effect": request.pause.effect,
        "basis": basis,
        "items": [vars(item) for item in items],
    }
    record(dossier, EventKind.SUPPLEMENT_ASKED, actor, at, reason=reason, data=data)
    printing.ask(dossier=dossier, kind=FormKind.SUPPLEMENT, actor=actor, at=at)
    return dossier


@transaction.atomic
def receive_supplement(
    *, target: Target, brought: Mapping[int, Sequence[Upload]], actor: User, at: datetime
) -> Dossier:
    """The counter takes in what was asked for: scans by the item's position.

    While something is missing the dossier waits on; once all is there the clock runs again,
    and Mẫu 01 is printed anew when another day is promised.
    """
    dossier = locked(target, actor, Act.RECEIVE_SUPPLEMENT)
    request = SupplementRequest.objects.get(dossier=dossier, received_at__isnull=True)
    waiting = list(request.items.filter(received_at__isnull=True).order_by("position"))
    ticked = [item for item in waiting if item.position in brought]
    if not ticked or len(ticked) != len(brought):
        raise ActRefused(
            "Hãy đánh dấu ít nhất một giấy tờ đang chờ bổ sung mà người nộp mang đến.",
            code="items",
        )
    for item in ticked:
        _keep(dossier, item, brought[item.position], actor, at)
    received = {"matter": _listed([item.name for item in ticked]), "number": request.number}
    missing = [item.name for item in waiting if item not in ticked]
    if missing:
        data = received | {"missing": missing}
        record(dossier, EventKind.SUPPLEMENT_PARTLY, actor, at, data=data)
        return dossier
    request.received_at, request.received_by = at, actor
    request.save(update_fields=["received_at", "received_by"])
    halting.run_again(
        dossier=dossier, kind=EventKind.SUPPLEMENT_RECEIVED, actor=actor, at=at, data=received
    )
    return dossier


def objection_to_asking(dossier: Dossier, *, at: datetime) -> str:
    """Why no supplement may be asked for now even on the sector's law; empty when it may."""
    governing, calendar = rules.BY_CODE[dossier.rule_set], calendar_for(dossier.agency.schedule_id)
    try:
        _checked_number(dossier, governing)
        _check_moment(dossier, governing, calendar, "-", at)
    except ActRefused as refusal:
        return str(refusal.messages[0])
    return ""


def ask_by(dossier: Dossier, governing: RuleSet, calendar: Calendar) -> datetime:
    """Until when a supplement may be asked for: three working days of reception (Đ19(4)).

    After a supplement the reception of its last paper counts, for that made the dossier full.
    """
    assert dossier.accepted_at is not None  # noqa: S101 (only accepted dossiers are appraised)
    latest = dossier.supplement_requests.aggregate(at=Max("received_at"))["at"]
    return calendar.add(
        start=latest or dossier.accepted_at,
        limit=governing.supplement_within_working_days,
        unit=TimeUnit.WORKING_DAY,
    )


def _checked_number(dossier: Dossier, governing: RuleSet) -> int:
    asked = dossier.supplement_requests.count()
    if asked >= governing.supplements_allowed:
        raise ActRefused(
            f"Hồ sơ đã được yêu cầu bổ sung {asked} lần, là số lần tối đa theo quy định "
            "(NĐ 61/2018 Đ11(2)c). Hãy giải quyết theo hồ sơ hiện có, hoặc trình từ chối.",
            code="supplements_used",
        )
    return asked + 1


def _check_moment(
    dossier: Dossier, governing: RuleSet, calendar: Calendar, basis: str, at: datetime
) -> None:
    if dossier.due_at is not None and dossier.due_at < at:
        raise ActRefused(
            "Hồ sơ đã quá ngày hẹn trả nên không thể yêu cầu bổ sung. "
            "Hãy xin lỗi, hẹn lại ngày trả và giải quyết theo hồ sơ hiện có.",
            code="promise_passed",
        )
    latest = ask_by(dossier, governing, calendar)
    if latest < at and not basis:
        raise ActRefused(
            f"Thời hạn yêu cầu bổ sung đã hết lúc {moment(latest)} (NĐ 61/2018 Đ19(4)). "
            "Nếu pháp luật chuyên ngành cho phép yêu cầu muộn hơn, hãy ghi căn cứ đó.",
            code="basis",
        )


def _named(items: Sequence[Missing]) -> list[Missing]:
    """The lines that say something; one without a number of copies is content, not a paper."""
    named = [
        Missing(**(vars(item) | {"name": normalize("NFC", item.name).strip()})) for item in items
    ]
    kept = [item for item in named if item.name]
    if not kept or len(kept) > MOST_ITEMS:
        raise ActRefused(
            f"Hãy ghi một lần mọi giấy tờ, nội dung còn thiếu, từ 1 đến {MOST_ITEMS} dòng.",
            code="items",
        )
    return kept


def _keep(
    dossier: Dossier,
    item: SupplementItem,
    scans: Sequence[Upload],
    actor: User,
    at: datetime,
) -> None:
    """The paper joins the checklist, with its scans."""
    item.received_at = at
    item.save(update_fields=["received_at"])
    latest = dossier.papers.aggregate(position=Max("position"))["position"] or 0
    paper = DossierPaper.objects.create(
        dossier=dossier,
        position=latest + 1,
        name=item.name,
        originals=item.originals,
        copies=item.certified_copies + item.copies,
        is_digitised=bool(scans),
    )
    for scan in scans:
        attaching.attach(
            dossier=dossier,
            kind=AttachmentKind.PAPER,
            upload=scan,
            actor=actor,
            at=at,
            paper=paper,
        )


def _listed(names: Sequence[str]) -> str:
    return "; ".join(name.rstrip(" .;") for name in names)
