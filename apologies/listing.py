"""The lists of letters: what a head has to sign, what was signed, what a counter has to read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from apologies.models import ApologyLetter, CentreNotice
from apologies.querysets import LetterQuerySet
from dossiers.deadlines import local_date
from dossiers.paging import Order
from organizations.models import User
from organizations.roles import Role

BY_PROMISE = Order("promised_at")
LATEST_SIGNED = Order("signed_at", latest_first=True)
DRAFTS, NOTICES, SIGNED = "apologies:drafts", "apologies:notices", "apologies:signed"
LADDER, COMPLIANCE = "apologies:ladder", "apologies:compliance"
MONTHLY = "apologies:drafting_runs"


@dataclass(frozen=True)
class Tab:
    """One of the lists, as it stands above them."""

    label: str
    route: str
    is_current: bool


def tabs(user: User, current: str) -> list[Tab]:
    """The lists that this person's roles open."""
    shown = [("Đã ký", SIGNED), ("Bậc thang nhắc việc", LADDER)]
    if user.has_role(Role.HEAD, Role.SUPERVISOR):
        shown += [("Lập phiếu theo tháng", MONTHLY), ("Tuân thủ", COMPLIANCE)]
    if user.has_role(Role.COUNTER):
        shown.insert(0, ("Thông báo chưa xem", NOTICES))
    if user.has_role(Role.HEAD):
        shown.insert(0, ("Chờ ký", DRAFTS))
    return [Tab(label, route, route == current) for label, route in shown]


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """A draft as the list of heads shows it."""

    letter: ApologyLetter
    is_late: bool
    # What keeps it from being signed as it is; empty when nothing does.
    lacks: str


def to_sign(user: User) -> LetterQuerySet:
    """The drafts that wait for this head, with what a row shows."""
    return ApologyLetter.objects.to_sign_by(user).for_list()


def decided(user: User) -> LetterQuerySet:
    """Letters that were signed, as far as the person may see their dossiers."""
    return ApologyLetter.objects.visible_to(user).decided().for_list()


def draft_rows(letters: list[ApologyLetter], *, at: datetime) -> list[DraftRow]:
    """The rows of a page of drafts."""
    return [
        DraftRow(letter=letter, is_late=letter.promised_at < at, lacks=lacking(letter, at=at))
        for letter in letters
    ]


def lacking(letter: ApologyLetter, *, at: datetime) -> str:
    """What a person must still write before the draft can be signed."""
    if letter.new_day is None:
        return "Chưa có ngày hẹn mới"
    if letter.new_day <= local_date(at) and letter.replaces_id is None:
        return "Ngày hẹn mới đã qua"
    return "" if letter.reason else "Chưa ghi lý do"


def waiting(user: User) -> dict[str, QuerySet[Any]]:
    """Counted beside "Xin lỗi": drafts for heads, unread notices for counters."""
    if user.has_role(Role.HEAD):
        return {"apologies": ApologyLetter.objects.to_sign_by(user)}
    if user.has_role(Role.COUNTER):
        return {"apologies": CentreNotice.objects.unread_at(user.counter_ids)}
    return {}
