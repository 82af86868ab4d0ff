"""Which petition may this person open, and to do what: the one place that answers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models

from feedback.models import Petition
from feedback.statuses import TRANSITIONS, PetitionEventKind, PetitionStatus
from organizations.models import Agency, User
from organizations.roles import Role


class Act(models.TextChoices):
    """Thao tác trên một phản ánh, the likeliest first."""

    RECEIVE = "receive", "Tiếp nhận, phân loại"
    ANSWER = "answer", "Trả lời"
    PUBLISH = "publish", "Duyệt và công khai"
    SEND_BACK = "send_back", "Trả lại để trả lời lại"
    ASK = "ask", "Yêu cầu bổ sung"
    REFUSE = "refuse", "Từ chối tiếp nhận"
    HIDE = "hide", "Ẩn khỏi trang công khai"
    SHOW = "show", "Hiện lại trên trang công khai"


# Says in a sentence why this person may not, or nothing when they may.
Objection = Callable[[User, Petition], str]


def _receives(user: User, petition: Petition) -> str:
    if petition.agency_id in user.agency_ids_for(Role.COUNTER, Role.SUPERVISOR):
        return ""
    return "Việc phân loại do bộ phận một cửa hoặc Văn phòng UBND tỉnh thực hiện."


def _answers(user: User, petition: Petition) -> str:
    if petition.agency_id in user.agency_ids_for(Role.OFFICER, Role.HEAD):
        return ""
    return "Chỉ công chức, lãnh đạo cơ quan bị phản ánh mới trả lời được."


def _heads(user: User, petition: Petition) -> str:
    if petition.agency_id in user.agency_ids_for(Role.HEAD):
        return ""
    return "Chỉ lãnh đạo cơ quan bị phản ánh mới làm được việc này."


def _moderates(user: User, petition: Petition) -> str:
    # Nobody takes what is said of their own agency out of the public's sight.
    if petition.agency_id in user.agency_ids_for(Role.SUPERVISOR):
        return ""
    return "Chỉ Văn phòng UBND tỉnh mới ẩn, hiện phản ánh đã công khai."


@dataclass(frozen=True)
class Rule:
    """Who may do an act, and the event that it writes."""

    event: PetitionEventKind
    objection: Objection


RULES = {
    Act.RECEIVE: Rule(PetitionEventKind.RECEIVED, _receives),
    Act.REFUSE: Rule(PetitionEventKind.REFUSED, _receives),
    Act.ASK: Rule(PetitionEventKind.ASKED, _receives),
    Act.ANSWER: Rule(PetitionEventKind.ANSWERED, _answers),
    Act.SEND_BACK: Rule(PetitionEventKind.SENT_BACK, _heads),
    Act.PUBLISH: Rule(PetitionEventKind.PUBLISHED, _heads),
    Act.HIDE: Rule(PetitionEventKind.HIDDEN, _moderates),
    Act.SHOW: Rule(PetitionEventKind.SHOWN, _moderates),
}


@dataclass(frozen=True)
class Offer:
    """An act as the page offers it: allowed, or greyed with the reason."""

    act: Act
    objection: str

    @property
    def is_allowed(self) -> bool:
        """May the person do it now?"""
        return not self.objection


def get_for(user: User, code: str) -> Petition:
    """The petition with this code if the person may see it; Petition.DoesNotExist otherwise."""
    found = Petition.objects.visible_to(user).for_page().get(code=code)
    assert isinstance(found, Petition)  # noqa: S101 (tells mypy what the queryset holds)
    return found


def offers(user: User, petition: Petition) -> list[Offer]:
    """What can be done in this state, the person's own acts first, of these the likeliest."""
    status = PetitionStatus(petition.status)
    possible = [
        Offer(act, RULES[act].objection(user, petition))
        for act in Act
        if status in TRANSITIONS[RULES[act].event] and act not in _idle_acts(petition)
    ]
    return sorted(possible, key=lambda offer: not offer.is_allowed)


def _idle_acts(petition: Petition) -> set[Act]:
    """Acts that this state allows and that would change nothing, or ask a second time."""
    idle = {Act.SHOW} if petition.hidden_at is None else {Act.HIDE}
    if petition.asked_at is not None:
        idle.add(Act.ASK)
    return idle


def require(user: User, petition: Petition, act: Act) -> None:
    """Raise PermissionDenied, with the sentence to show, unless this person may do the act."""
    objection = RULES[act].objection(user, petition)
    if objection:
        raise PermissionDenied(objection)


def require_agency(user: User, agency: Agency) -> None:
    """Whoever classifies may pass a petition only to an agency that they serve or watch."""
    if agency.pk not in user.agency_ids_for(Role.COUNTER, Role.SUPERVISOR):
        raise PermissionDenied("Bạn không được chuyển phản ánh đến cơ quan này.")
