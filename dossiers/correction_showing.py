"""What pages show of corrections: before and after side by side, lists with their counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers import correction_access, effective, paging, telling
from dossiers.models import Correction, Dossier
from dossiers.querysets import CorrectionQuerySet
from dossiers.statuses import CorrectionStatus, EventKind, MomentKind, Timeliness
from dossiers.worklists import Tab
from organizations.models import User

CORRECTION_EVENTS = frozenset(
    {
        EventKind.CORRECTION_PROPOSED,
        EventKind.CORRECTION_ACCEPTED,
        EventKind.CORRECTION_REFUSED,
    }
)
MINE = Tab(
    key="cho-toi",
    label="Chờ bạn quyết định",
    order=paging.NEWEST,
    empty="Không có đề nghị đính chính nào chờ bạn quyết định.",
)
WAITING = Tab(
    key="cho-quyet-dinh",
    label="Chờ quyết định",
    order=paging.NEWEST,
    empty="Không có đề nghị đính chính nào đang chờ. Đề nghị lập từ trang của hồ sơ.",
)
ACCEPTED = Tab(
    key="da-chap-nhan",
    label="Đã chấp nhận",
    order=paging.NEWEST,
    empty="Chưa có đính chính nào được chấp nhận.",
)
REFUSED = Tab(
    key="khong-chap-nhan",
    label="Không chấp nhận",
    order=paging.NEWEST,
    empty="Chưa có đề nghị nào không được chấp nhận.",
)
TABS = (MINE, WAITING, ACCEPTED, REFUSED)
BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}
_IN_STATE = {
    WAITING.key: CorrectionStatus.PROPOSED,
    ACCEPTED.key: CorrectionStatus.ACCEPTED,
    REFUSED.key: CorrectionStatus.REFUSED,
}


def corrections_of(tab: Tab, *, user: User) -> CorrectionQuerySet:
    """The corrections of one list, as far as this person may see them."""
    if tab is MINE:
        return correction_access.to_decide(user)
    visible: CorrectionQuerySet = Correction.objects.visible_to(user)
    return visible.filter(status=_IN_STATE[tab.key])


def waiting(user: User) -> dict[str, CorrectionQuerySet]:
    """Counted in the navigation: what waits for this person's decision."""
    return {"quality": correction_access.to_decide(user)}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A correction with how the dossier stands by each moment; empty where that says nothing."""

    correction: Correction
    before: str
    after: str

    @property
    def is_waiting(self) -> bool:
        """Is it not decided yet?"""
        return self.correction.status == CorrectionStatus.PROPOSED


def rows(corrections: Iterable[Correction]) -> list[Row]:
    """The rows of a page."""
    return [row(correction) for correction in corrections]


def row(correction: Correction) -> Row:
    """One correction, with early, on time or late before and after it."""
    return Row(
        correction=correction,
        before=_standing(correction, correction.former_at),
        after=_standing(correction, correction.true_at),
    )


def of_dossier(dossier: Dossier) -> list[Row]:
    """Every correction of a dossier, the latest first."""
    found = Correction.objects.filter(dossier=dossier).for_list().order_by("-id")
    return rows(found)


def offered(dossier: Dossier) -> list[tuple[MomentKind, str]]:
    """The moments that may be corrected, each with what counts now."""
    return [
        (moment, f"{moment.label}: {telling.moment(at)}")
        for moment, at in effective.moments(dossier).items()
        if at is not None
    ]


def page(correction: Correction, *, viewer: User) -> dict[str, Any]:
    """Everything that the page of one correction shows this person."""
    objection = correction_access.objection_to_decide(viewer, correction)
    shown = row(correction)
    return {
        "row": shown,
        "correction": correction,
        "dossier": correction.dossier,
        "objection": objection if shown.is_waiting else "",
        "may_decide": shown.is_waiting and not objection,
    }


def _standing(correction: Correction, ended_at: datetime) -> str:
    if correction.moment != MomentKind.ENDED:
        return ""
    state = effective.timeliness_at_end(correction.dossier, ended_at=ended_at)
    return "" if state == Timeliness.NO_LIMIT else str(state.label)
