"""The lists that people work from: what needs me, what is near, what is late, what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from dossiers import paging
from dossiers.models import Dossier
from dossiers.paging import Order
from dossiers.querysets import DossierQuerySet, has_passed, is_near
from dossiers.statuses import (
    OPEN_STATUSES,
    PAUSED_STATUSES,
    UNFINISHED_STATUSES,
    DossierStatus,
)
from organizations.compiling import MOMENT, Instant, row_for
from organizations.models import User
from organizations.roles import Role

_OPEN = Q(status__in=OPEN_STATUSES)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One list: its word, what it holds, its order, and the sentence for when it is empty."""

    key: str
    label: str
    order: Order
    empty: str


MINE = Tab(
    key="can-xu-ly",
    label="Cần xử lý ngay",
    order=paging.NEXT_ACT,
    empty="Không có hồ sơ nào chờ bạn. Hồ sơ mới đến lượt bạn sẽ hiện ở đây, gần hạn nhất trước.",
)
DUE_SOON = Tab(
    key="sap-den-han",
    label="Sắp đến hạn",
    order=paging.BY_DUE,
    empty="Không có hồ sơ nào sắp đến hạn. Hồ sơ còn ít ngày làm việc sẽ hiện ở đây.",
)
OVERDUE = Tab(
    key="qua-han",
    label="Quá hạn",
    order=paging.BY_DUE,
    empty="Không có hồ sơ nào quá hạn. Hồ sơ quá ngày hẹn trả sẽ hiện ở đây.",
)
TO_SUPPLEMENT = Tab(
    key="cho-bo-sung",
    label="Chờ bổ sung",
    order=paging.BY_DUE,
    empty="Không có hồ sơ nào tạm dừng. Hồ sơ chờ bổ sung hoặc chờ nộp tiền sẽ hiện ở đây.",
)
TO_RETURN = Tab(
    key="cho-tra",
    label="Chờ trả",
    order=paging.BY_DUE,
    empty="Không có kết quả nào chờ trả. Hồ sơ được phê duyệt sẽ hiện ở đây.",
)
ALL = Tab(
    key="tat-ca",
    label="Tất cả",
    order=paging.NEWEST,
    empty="Chưa có hồ sơ nào. Hồ sơ được tiếp nhận sẽ hiện ở đây, mới nhất trước.",
)
TABS = (MINE, DUE_SOON, OVERDUE, TO_SUPPLEMENT, TO_RETURN, ALL)
BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}


def needs(user: User) -> Q:
    """What waits for this person, by each of their roles."""
    counters, agencies = user.counter_ids, user.agency_ids_for
    at_counter = (DossierStatus.SUBMITTED, DossierStatus.ACCEPTED, DossierStatus.RESOLVED)
    unassigned = Q(status=DossierStatus.PROCESSING, assignee__isnull=True)
    mine = Q(status=DossierStatus.PROCESSING, assignee=user)
    # `pk__in=()` matches nothing: the neutral element of OR.
    wanted = Q(pk__in=())
    if counters:
        # What was appraised on the spot and sent back is the counter's own.
        wanted |= mine | Q(counter__in=counters, status__in=at_counter)
    if officer_at := agencies(Role.OFFICER):
        wanted |= mine | (unassigned & Q(agency__in=officer_at))
        for agency_id, absent in user.stands_in_at.items():
            wanted |= Q(status=DossierStatus.PROCESSING, agency=agency_id, assignee__in=absent)
    if head_at := agencies(Role.HEAD):
        proposed = Q(status=DossierStatus.AWAITING_APPROVAL) & ~Q(proposed_by=user)
        wanted |= Q(agency__in=head_at) & (proposed | unassigned)
    return wanted


def _conditions(user: User, at: Instant) -> dict[str, Q]:
    return {
        MINE.key: needs(user),
        DUE_SOON.key: _OPEN & is_near(at),
        OVERDUE.key: _OPEN & has_passed(at),
        TO_SUPPLEMENT.key: Q(status__in=PAUSED_STATUSES),
        TO_RETURN.key: Q(status=DossierStatus.RESOLVED),
        ALL.key: Q(),
    }


def dossiers_of(tab: Tab, *, user: User, at: datetime) -> DossierQuerySet:
    """The dossiers of one list, as far as this person may see them."""
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    return visible.filter(_conditions(user, at)[tab.key])


def counts(user: User, *, at: datetime) -> dict[str, int]:
    """How many stand in each list but the last, in one query over what is unfinished."""
    return row_for(user, _tallied, at=at)


def _tallied(user: User) -> QuerySet[Any]:
    conditions = _conditions(user, MOMENT)
    del conditions[ALL.key]
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    # One group, so one row even of nothing.
    unfinished = visible.filter(status__in=UNFINISHED_STATUSES).order_by().annotate(all=Value(1))
    # The state is in the index of what is unfinished, which then answers alone.
    tallies = {key: Count("status", filter=condition) for key, condition in conditions.items()}
    row: QuerySet[Any] = unfinished.values("all").values(**tallies)
    return row


def waiting(user: User) -> dict[str, DossierQuerySet]:
    """Counted beside "Hồ sơ": what waits for this person."""
    return {"dossiers": Dossier.objects.visible_to(user).filter(needs(user))}


def home_tab(user: User) -> Tab:
    """Where the person's list opens: those who only watch begin with what is late."""
    return MINE if user.has_role(Role.COUNTER, Role.OFFICER, Role.HEAD) else OVERDUE
