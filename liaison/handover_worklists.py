"""The lists of handovers: to confirm, on the way, too long, all; and what waits for a batch."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from dossiers.models import Dossier
from dossiers.paging import NEWEST, Order
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import (
    OPEN_STATUSES,
    PAUSED_STATUSES,
    DossierStatus,
    ReturnMethod,
)
from dossiers.worklists import Tab
from liaison import places
from liaison.handover_querysets import HandoverBatchQuerySet
from liaison.models import Consultation, HandoverBatch, HandoverItem, PaperFile
from liaison.places import Place
from liaison.statuses import ARRIVED, Carried
from liaison.whereabouts import ON_PAPER
from organizations.models import User
from organizations.roles import Role

_BY_EXPECTED = Order("expected_by")

TO_CONFIRM = Tab(
    key="can-xac-nhan",
    label="Cần xác nhận",
    order=_BY_EXPECTED,
    empty="Không có túi hồ sơ nào chờ nơi bạn xác nhận. Biên bản mới gửi đến sẽ hiện ở đây.",
)
ON_THE_WAY = Tab(
    key="dang-chuyen",
    label="Đang chuyển",
    order=_BY_EXPECTED,
    empty="Không có hồ sơ giấy nào trên đường.",
)
TOO_LONG = Tab(
    key="qua-lau",
    label="Đi quá lâu",
    order=_BY_EXPECTED,
    empty="Không có hồ sơ giấy nào đi quá lâu mà bên nhận chưa xác nhận.",
)
ALL = Tab(
    key="tat-ca",
    label="Tất cả",
    order=NEWEST,
    empty="Chưa có biên bản bàn giao nào. Biên bản mới nhất sẽ hiện ở đầu danh sách.",
)
TABS = (TO_CONFIRM, ON_THE_WAY, TOO_LONG, ALL)
BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}


def batches_of(tab: Tab, *, user: User, at: datetime) -> HandoverBatchQuerySet:
    """The batches of one list, as far as this person may see them."""
    visible: HandoverBatchQuerySet = HandoverBatch.objects.visible_to(user)
    if tab is TO_CONFIRM:
        return visible.to_confirm_by(user)
    if tab is ON_THE_WAY:
        return visible.on_the_way()
    return visible.too_long(at=at) if tab is TOO_LONG else visible


def counts(user: User, *, at: datetime) -> dict[str, int]:
    """How many stand in each list but the last."""
    return {tab.key: batches_of(tab, user=user, at=at).count() for tab in TABS[:-1]}


def waiting(user: User) -> dict[str, HandoverBatchQuerySet]:
    """Counted beside "Bàn giao": what the person's own place has to confirm."""
    if not user.has_role(Role.COUNTER, *places.HANDLING):
        return {}
    found: HandoverBatchQuerySet = HandoverBatch.objects.to_confirm_by(user)
    return {"handovers": found}


def home_tab(user: User) -> Tab:
    """Where the list opens: those who confirm nothing begin with what is too long on its way."""
    return TO_CONFIRM if user.has_role(Role.COUNTER, *places.HANDLING) else TOO_LONG


# -- What waits to be handed over -------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """So many dossiers wait at one place for a batch to another."""

    origin: Place
    destination: Place
    carries: Carried
    dossiers: list[Dossier]


# As many as are shown to tick; the rest come with the next batch.
MOST_SHOWN = 200


def ready(user: User, *, origin: Place) -> list[Waiting]:
    """What waits at this place of the person's own, by destination, in a few queries."""
    if origin.counter:
        waits = _waiting(_at_counter(user, origin), lambda each: Place(agency=each.agency))
        return _grouped(origin, Carried.PAPERS, waits)
    results = _waiting(_in_agency(user, origin), lambda each: Place(counter=each.counter))
    borrowed = _waiting(_borrowed(origin), lambda each: Place(agency=each.agency))
    return [
        *_grouped(origin, Carried.RESULT, results),
        *_grouped(origin, Carried.PAPERS, borrowed),
    ]


def _waiting(
    found: DossierQuerySet, leads_to: Callable[[Dossier], Place]
) -> dict[Place, list[Dossier]]:
    rows = found.select_related("agency", "counter__agency", "version").only(
        "code", "applicant_name", "accepted_at", "status", "due_at",
        "agency", "counter", "version__name",
    )  # fmt: skip
    grouped: dict[Place, list[Dossier]] = defaultdict(list)
    for dossier in rows.order_by("pk")[:MOST_SHOWN]:
        grouped[leads_to(dossier)].append(dossier)
    return grouped


def _grouped(
    origin: Place, carries: Carried, waits: Mapping[Place, list[Dossier]]
) -> list[Waiting]:
    return [
        Waiting(origin=origin, destination=destination, carries=carries, dossiers=dossiers)
        for destination, dossiers in sorted(waits.items(), key=lambda each: each[0].name)
    ]


def _borrowed(origin: Place) -> DossierQuerySet:
    """Papers of other agencies that lie here for an answer, which is not awaited any more."""
    here = PaperFile.objects.filter(agency=origin.agency).exclude(item__outcome="")
    asked = Consultation.objects.asked().filter(agency=origin.agency, dossier=OuterRef("pk"))
    # Not `visible_to`: who holds the papers must be able to give them back (ADR 22, 26).
    found: DossierQuerySet = Dossier.objects.filter(
        ~Exists(asked), pk__in=here.values("dossier")
    ).exclude(agency=origin.agency)
    return found


def _at_counter(user: User, origin: Place) -> DossierQuerySet:
    """Transferred in the system, its papers never handed over or found missing."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    moved = HandoverItem.objects.filter(dossier=OuterRef("pk")).exclude(outcome="missing")
    transferred = [
        status for status in (*OPEN_STATUSES, *PAUSED_STATUSES) if status != DossierStatus.ACCEPTED
    ]
    return visible.filter(
        Exists(ON_PAPER.filter(dossier=OuterRef("pk"))),
        ~Exists(moved),
        counter=origin.counter,
        status__in=transferred,
    )


def _in_agency(user: User, origin: Place) -> DossierQuerySet:
    """Resolved here, the result neither back at the counter nor on its way there."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    items = HandoverItem.objects.filter(dossier=OuterRef("pk"))
    went_back = items.filter(batch__carries=Carried.RESULT, outcome__in=("", *ARRIVED))
    on_paper = ~Q(return_method=ReturnMethod.ONLINE) | Exists(items.filter(outcome__in=ARRIVED))
    return visible.filter(
        on_paper, ~Exists(went_back), agency=origin.agency, status=DossierStatus.RESOLVED
    )
