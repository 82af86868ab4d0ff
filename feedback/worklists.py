"""The lists that people work petitions from, their counts, and the number in the navigation."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q

from dossiers import paging
from dossiers.worklists import Tab
from feedback.models import Petition
from feedback.querysets import PetitionQuerySet, is_due_near, is_due_passed
from feedback.statuses import OPEN_STATUSES, PetitionStatus
from organizations.models import User
from organizations.roles import Role

_OPEN = Q(status__in=OPEN_STATUSES)
_S = PetitionStatus


MINE = Tab(
    key="can-xu-ly",
    label="Cần xử lý ngay",
    order=paging.NEXT_ACT,
    empty="Không có phản ánh nào chờ bạn. Phản ánh đến lượt bạn sẽ hiện ở đây, gần hạn nhất trước.",
)
DUE_SOON = Tab(
    key="sap-den-han",
    label="Sắp đến hạn",
    order=paging.BY_DUE,
    empty="Không có phản ánh nào sắp đến hạn trả lời hoặc công khai.",
)
OVERDUE = Tab(
    key="qua-han",
    label="Quá hạn",
    order=paging.BY_DUE,
    empty="Không có phản ánh nào quá hạn trả lời hoặc công khai.",
)
WAITING = Tab(
    key="cho-bo-sung",
    label="Chờ bổ sung",
    order=paging.NEWEST,
    empty="Không có phản ánh nào chờ người gửi bổ sung.",
)
ALL = Tab(
    key="tat-ca",
    label="Tất cả",
    order=paging.NEWEST,
    empty="Chưa có phản ánh nào. Phản ánh của người dân sẽ hiện ở đây, mới nhất trước.",
)
TABS = (MINE, DUE_SOON, OVERDUE, WAITING, ALL)
BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}


def needs(user: User) -> Q:
    """What waits for this person, by each of their roles."""
    # `pk__in=()` matches nothing: the neutral element of OR.
    wanted = Q(pk__in=())
    if receives := user.agency_ids_for(Role.COUNTER, Role.SUPERVISOR):
        wanted |= Q(status=_S.SENT, agency__in=receives)
    if answers := user.agency_ids_for(Role.OFFICER, Role.HEAD):
        wanted |= Q(status=_S.PROCESSING, agency__in=answers)
    if publishes := user.agency_ids_for(Role.HEAD):
        wanted |= Q(status=_S.ANSWERED, agency__in=publishes)
    return wanted


def _conditions(user: User, at: datetime) -> dict[str, Q]:
    return {
        MINE.key: needs(user),
        DUE_SOON.key: _OPEN & is_due_near(at),
        OVERDUE.key: _OPEN & is_due_passed(at),
        WAITING.key: Q(status=_S.NEEDS_MORE),
        ALL.key: Q(),
    }


def petitions_of(tab: Tab, *, user: User, at: datetime) -> PetitionQuerySet:
    """The petitions of one list, as far as this person may see them."""
    visible: PetitionQuerySet = Petition.objects.visible_to(user)
    return visible.filter(_conditions(user, at)[tab.key])


def counts(user: User, *, at: datetime) -> dict[str, int]:
    """How many stand in each list but the last, in one query over what is unfinished."""
    conditions = _conditions(user, at)
    del conditions[ALL.key]
    unfinished = Petition.objects.visible_to(user).filter(
        status__in=(*OPEN_STATUSES, _S.NEEDS_MORE)
    )
    found = unfinished.aggregate(
        **{
            key.replace("-", "_"): Count("status", filter=condition)
            for key, condition in conditions.items()
        }
    )
    return {key: found[key.replace("-", "_")] for key in conditions}


def waiting(user: User) -> dict[str, PetitionQuerySet]:
    """Counted beside "Phản ánh": what waits for this person."""
    if not user.has_role(Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR):
        return {}
    visible: PetitionQuerySet = Petition.objects.visible_to(user)
    return {"feedback": visible.open().filter(needs(user))}
