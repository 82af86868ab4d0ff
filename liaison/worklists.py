"""The lists of consultations: asked of us, asked by us, late ones, all; and their counts."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from dossiers import paging
from dossiers.worklists import Tab
from liaison.models import Consultation
from liaison.querysets import ANSWERING, ConsultationQuerySet
from liaison.statuses import OPEN_CONSULTATIONS, ConsultationStatus
from organizations.models import User
from organizations.roles import Role

OF_US = Tab(
    key="hoi-chung-toi",
    label="Cần trả lời",
    order=paging.BY_DUE,
    empty="Không có yêu cầu lấy ý kiến nào chờ cơ quan bạn trả lời.",
)
BY_US = Tab(
    key="chung-toi-hoi",
    label="Chờ cơ quan khác",
    order=paging.BY_DUE,
    empty="Cơ quan bạn không chờ cơ quan nào trả lời. Hãy mở hồ sơ đang giải quyết để lấy ý kiến.",
)
LATE = Tab(
    key="cham-tra-loi",
    label="Chậm trả lời",
    order=paging.NEWEST,
    empty="Không có cơ quan nào chậm trả lời.",
)
ALL = Tab(
    key="tat-ca",
    label="Tất cả",
    order=paging.NEWEST,
    empty="Chưa có yêu cầu lấy ý kiến nào. Yêu cầu mới nhất sẽ hiện ở đầu danh sách.",
)
TABS = (OF_US, BY_US, LATE, ALL)
BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}


def _own_agencies(user: User) -> set[int]:
    """Where the person works, without the agencies below."""
    return {posting.agency_id for posting in user.postings if posting.role in ANSWERING}


def _to_answer(user: User) -> Q:
    return Q(agency__in=_own_agencies(user), status=ConsultationStatus.ASKED)


def consultations_of(tab: Tab, *, user: User, at: datetime) -> ConsultationQuerySet:
    """The consultations of one list, as far as this person may see them."""
    visible: ConsultationQuerySet = Consultation.objects.visible_to(user)
    if tab is OF_US:
        return visible.open().filter(_to_answer(user))
    if tab is BY_US:
        asking = Q(dossier__agency__in=_own_agencies(user)) | Q(
            dossier__counter__in=user.counter_ids
        )
        return visible.open().filter(asking, status__in=OPEN_CONSULTATIONS)
    return visible.late(at=at) if tab is LATE else visible


def counts(user: User, *, at: datetime) -> dict[str, int]:
    """How many stand in each list of what is still to do."""
    return {tab.key: consultations_of(tab, user=user, at=at).count() for tab in (OF_US, BY_US)}


def waiting(user: User) -> dict[str, ConsultationQuerySet]:
    """Counted beside "Liên thông": to answer, and late answers that the counter has not read."""
    if not user.has_role(*ANSWERING, Role.COUNTER):
        return {}
    unread = Q(late_notice__counter__in=user.counter_ids, late_notice__read_at__isnull=True)
    found: ConsultationQuerySet = Consultation.objects.filter(
        (_to_answer(user) & Q(dossier__resolved_at__isnull=True)) | unread
    )
    return {"liaison": found}


def home_tab(user: User) -> Tab:
    """Where the list opens: those who do not answer begin with what is late."""
    return OF_US if user.has_role(*ANSWERING) else LATE
