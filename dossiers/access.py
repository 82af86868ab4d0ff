"""Which dossier may this person open, and to do what: the one place that answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models

from dossiers import finding
from dossiers.models import Dossier
from dossiers.querysets import Sight
from dossiers.statuses import TRANSITIONS, DossierStatus, EventKind
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role


class Act(models.TextChoices):
    """Thao tác trên một hồ sơ, the likeliest first."""

    ACCEPT = "accept", "Tiếp nhận hồ sơ"
    TRANSFER = "transfer", "Chuyển cơ quan giải quyết"
    TAKE = "take", "Nhận xử lý"
    RECEIVE_SUPPLEMENT = "receive_supplement", "Nhận hồ sơ bổ sung"
    PROPOSE = "propose", "Trình phê duyệt"
    APPROVE = "approve", "Phê duyệt kết quả"
    SEND_BACK = "send_back", "Trả lại để xử lý tiếp"
    ASSIGN = "assign", "Phân công"
    RETURN = "return", "Trả kết quả"
    REFUSE = "refuse", "Từ chối tiếp nhận"
    RESUME = "resume", "Ghi nhận đã thực hiện nghĩa vụ tài chính"
    REQUEST_SUPPLEMENT = "request_supplement", "Yêu cầu bổ sung hồ sơ"
    PAUSE = "pause", "Tạm dừng chờ nghĩa vụ tài chính"
    DECLINE = "decline", "Từ chối giải quyết"
    SETTLE_FEES = "settle_fees", "Thu phí, lệ phí"
    ADD_FILE = "add_file", "Thêm tệp"
    STOP = "stop", "Dừng giải quyết"
    WITHDRAW = "withdraw", "Ghi nhận người nộp rút hồ sơ"


# Says in a sentence why this person may not, or nothing when they may.
Objection = Callable[[User, Dossier], str]


def _at_its_counter(user: User, dossier: Dossier) -> str:
    if dossier.counter_id in user.counter_ids:
        return ""
    return "Chỉ cán bộ của bộ phận một cửa đã tiếp nhận hồ sơ mới làm được việc này."


def _head_of_agency(user: User, dossier: Dossier) -> str:
    if dossier.agency_id in user.agency_ids_for(Role.HEAD):
        return ""
    return "Chỉ lãnh đạo cơ quan giải quyết mới làm được việc này."


def _second_person(user: User, dossier: Dossier) -> str:
    if dossier.proposed_by_id == user.pk:
        return "Người trình không được tự phê duyệt. Hãy chuyển lãnh đạo khác phê duyệt."
    return _head_of_agency(user, dossier)


def _officer_without_assignee(user: User, dossier: Dossier) -> str:
    if dossier.agency_id not in user.agency_ids_for(Role.OFFICER):
        return "Chỉ công chức của cơ quan giải quyết mới nhận xử lý hồ sơ này."
    if dossier.assignee_id == user.pk:
        return "Hồ sơ này đã do bạn xử lý."
    if dossier.assignee_id is not None:
        return "Hồ sơ đã có người xử lý. Việc phân công lại do lãnh đạo thực hiện."
    return ""


def _second_person_declines(user: User, dossier: Dossier) -> str:
    if dossier.proposed_by_id == user.pk:
        return "Người trình không được tự quyết định từ chối. Hãy chuyển lãnh đạo khác."
    return _head_of_agency(user, dossier)


def handles(user: User, dossier: Dossier) -> bool:
    """Is it this person's to handle: their own, or a colleague's for whom they stand in?"""
    if dossier.assignee_id == user.pk:
        return True
    return dossier.assignee_id in user.stands_in_at.get(dossier.agency_id, ())


def _assignee_may(do: str) -> Objection:
    def objection(user: User, dossier: Dossier) -> str:
        if handles(user, dossier):
            return ""
        return f"Chỉ công chức được phân công mới {do}."

    return objection


def _assignee_or_counter_may(do: str) -> Objection:
    def objection(user: User, dossier: Dossier) -> str:
        if handles(user, dossier) or not _at_its_counter(user, dossier):
            return ""
        return f"Chỉ cán bộ một cửa đã tiếp nhận hoặc công chức được phân công mới {do}."

    return objection


@dataclass(frozen=True)
class Rule:
    """Who may do an act, and the event that it writes."""

    event: EventKind
    objection: Objection


RULES = {
    Act.ACCEPT: Rule(EventKind.ACCEPTED, _at_its_counter),
    Act.REFUSE: Rule(EventKind.REFUSED, _at_its_counter),
    Act.TRANSFER: Rule(EventKind.TRANSFERRED, _at_its_counter),
    Act.TAKE: Rule(EventKind.ASSIGNED, _officer_without_assignee),
    Act.ASSIGN: Rule(EventKind.ASSIGNED, _head_of_agency),
    Act.PROPOSE: Rule(EventKind.PROPOSED, _assignee_may("trình được hồ sơ này")),
    Act.SEND_BACK: Rule(EventKind.SENT_BACK, _head_of_agency),
    Act.APPROVE: Rule(EventKind.APPROVED, _second_person),
    Act.RETURN: Rule(EventKind.RETURNED, _at_its_counter),
    # NĐ 61/2018 Đ5(1): the officer asks, and the counter alone meets the applicant.
    Act.REQUEST_SUPPLEMENT: Rule(EventKind.SUPPLEMENT_ASKED, _assignee_may("làm được việc này")),
    Act.RECEIVE_SUPPLEMENT: Rule(EventKind.SUPPLEMENT_RECEIVED, _at_its_counter),
    Act.PAUSE: Rule(EventKind.PAUSED, _assignee_may("làm được việc này")),
    Act.RESUME: Rule(EventKind.RESUMED, _assignee_or_counter_may("làm được việc này")),
    Act.DECLINE: Rule(EventKind.DECLINED, _second_person_declines),
    Act.STOP: Rule(EventKind.STOPPED, _head_of_agency),
    Act.WITHDRAW: Rule(EventKind.WITHDRAWN, _at_its_counter),
    Act.SETTLE_FEES: Rule(EventKind.FEE_PAID, _at_its_counter),
    Act.ADD_FILE: Rule(EventKind.FILE_ADDED, _assignee_or_counter_may("thêm được tệp")),
}


@dataclass(frozen=True)
class Offer:
    """An act as the dossier page offers it: allowed, or greyed with the reason."""

    act: Act
    objection: str

    @property
    def is_allowed(self) -> bool:
        """May the person do it now?"""
        return not self.objection


def get_for(user: User, code: str) -> Dossier:
    """The dossier with this code if the person may see it; Dossier.DoesNotExist otherwise."""
    found = finding.by_code(code)
    if found is None or not Sight.of(user).covers(found):
        raise Dossier.DoesNotExist
    return found


def offers(user: User, dossier: Dossier, *, owes_fees: bool | None = None) -> list[Offer]:
    """What can be done in this state, the person's own acts first, of these the likeliest.

    Whoever has read the fees says whether one is owed; otherwise the database is asked.
    """
    status = DossierStatus(dossier.status)
    possible = [
        Offer(act, RULES[act].objection(user, dossier))
        for act in Act
        if status in TRANSITIONS[RULES[act].event]
    ]
    offered = [offer for offer in possible if _is_worth_telling(offer, dossier, owes_fees)]
    return sorted(offered, key=lambda offer: not offer.is_allowed)


def _is_worth_telling(offer: Offer, dossier: Dossier, owes_fees: bool | None) -> bool:
    """Where nothing is owed, and to those who may not take it, nobody speaks of fees."""
    if offer.act != Act.SETTLE_FEES:
        return True
    if not offer.is_allowed:
        return False
    if owes_fees is None:
        return dossier.fees.filter(paid_at__isnull=True).exists()
    return owes_fees


def require(user: User, dossier: Dossier, act: Act) -> None:
    """Raise PermissionDenied, with the sentence to show, unless this person may do the act."""
    objection = RULES[act].objection(user, dossier)
    if objection:
        raise PermissionDenied(objection)


def require_counter(user: User, *, counter: ServiceCounter, agency: Agency) -> None:
    """Only the counter's own staff receive there, and only for agencies that it serves."""
    if not counter.is_active:
        raise PermissionDenied("Bộ phận một cửa này đã ngừng hoạt động. Hãy chọn quầy khác.")
    if counter.pk not in {own.pk for own in user.counters}:
        raise PermissionDenied("Bạn không trực tại bộ phận một cửa này.")
    if agency.pk not in user.agency_ids_for(Role.COUNTER):
        raise PermissionDenied("Bộ phận một cửa này không tiếp nhận hồ sơ của cơ quan đã chọn.")
