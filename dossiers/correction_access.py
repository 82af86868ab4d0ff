"""Who may propose a correction, and who may decide one: the one place that answers."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from dossiers.models import Correction, Dossier
from dossiers.querysets import CorrectionQuerySet
from organizations.models import Membership, User
from organizations.roles import Role

_PROPOSING = (Role.OFFICER, Role.HEAD)
_DECIDING = (Role.HEAD, Role.SUPERVISOR)


def get_for(user: User, pk: int) -> Correction:
    """The correction if the person may see it; Correction.DoesNotExist otherwise."""
    found = Correction.objects.visible_to(user).for_list().get(pk=pk)
    assert isinstance(found, Correction)  # noqa: S101 (tells mypy what the queryset holds)
    return found


def objection_to_propose(user: User, dossier: Dossier) -> str:
    """Why this person may not propose a correction; empty when they may."""
    own = {posting.agency_id for posting in user.postings if posting.role in _PROPOSING}
    if dossier.agency_id in own or dossier.counter_id in user.counter_ids:
        return ""
    return (
        "Chỉ người của cơ quan giải quyết hoặc của bộ phận một cửa đã tiếp nhận mới đề nghị "
        "đính chính được."
    )


def objection_to_decide(user: User, correction: Correction) -> str:
    """Why this person may not decide; empty when they may."""
    if correction.proposed_by_id == user.pk:
        return "Người đề nghị không được tự quyết định. Hãy chờ người khác xem xét."
    if deciding_post(user, correction) is not None:
        return ""
    if correction.improves:
        return (
            "Đính chính làm hồ sơ hết trễ hoặc bớt trễ do Văn phòng UBND tỉnh quyết định, "
            "không do cơ quan giải quyết."
        )
    return "Chỉ lãnh đạo cơ quan giải quyết hoặc Văn phòng UBND tỉnh mới quyết định được."


def deciding_post(user: User, correction: Correction) -> Membership | None:
    """The posting by which the person decides; none where they have no say.

    What improves a figure is decided by a supervisor of another agency, who holds no post in
    the one that gains by it.
    """
    if not correction.improves:
        return _first(user, _DECIDING, correction.agency_id)
    if any(posting.agency_id == correction.agency_id for posting in user.postings):
        return None
    return _first(user, (Role.SUPERVISOR,), correction.agency_id)


def _first(user: User, roles: tuple[Role, ...], agency_id: int) -> Membership | None:
    posts = (
        posting
        for posting in user.postings
        if posting.role in roles and agency_id in posting.agency_ids
    )
    return next(posts, None)


def to_decide(user: User) -> CorrectionQuerySet:
    """What waits for this person's decision; the SQL twin of `objection_to_decide`."""
    heads, supervisors = user.agency_ids_for(Role.HEAD), user.agency_ids_for(Role.SUPERVISOR)
    own = {posting.agency_id for posting in user.postings}
    plain = Q(improves=False, agency__in=heads | supervisors)
    elsewhere = Q(improves=True, agency__in=supervisors - own)
    found: CorrectionQuerySet = Correction.objects.waiting().filter(plain | elsewhere)
    return found.exclude(proposed_by=user)


def require(objection: str) -> None:
    """Raise PermissionDenied with the sentence to show, if there is one."""
    if objection:
        raise PermissionDenied(objection)
