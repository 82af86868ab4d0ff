"""Which consultation may this person open, and to do what: the one place that answers."""

from django.core.exceptions import PermissionDenied

from dossiers import access
from dossiers.models import Dossier
from liaison.models import Consultation
from liaison.querysets import ANSWERING
from organizations.models import User
from organizations.roles import Role


def get_for(user: User, pk: int) -> Consultation:
    """The consultation if the person may see it; Consultation.DoesNotExist otherwise."""
    found = Consultation.objects.visible_to(user).for_page().get(pk=pk)
    assert isinstance(found, Consultation)  # noqa: S101 (tells mypy what the queryset holds)
    return found


def objection_to_ask(user: User, dossier: Dossier) -> str:
    """Why this person may not consult another agency; empty when they may."""
    if access.handles(user, dossier) or dossier.agency_id in user.agency_ids_for(Role.HEAD):
        return ""
    return "Chỉ công chức được phân công hoặc lãnh đạo cơ quan giải quyết mới lấy ý kiến được."


def objection_to_answer(user: User, consultation: Consultation) -> str:
    """Why this person may not answer; empty when they may."""
    if consultation.agency_id in user.agency_ids_for(*ANSWERING):
        return ""
    return "Chỉ công chức, lãnh đạo cơ quan được lấy ý kiến mới trả lời được."


def objection_to_read_notice(user: User, consultation: Consultation) -> str:
    """Why this person may not take note of the late answer; empty when they may."""
    if consultation.dossier.counter_id in user.counter_ids:
        return ""
    return "Chỉ cán bộ bộ phận một cửa đã tiếp nhận hồ sơ mới xác nhận được thông báo này."


def sees_dossier(user: User, dossier: Dossier) -> bool:
    """May the person open the dossier itself, beyond what was shared of it?"""
    return Dossier.objects.visible_to(user).filter(pk=dossier.pk).exists()


def require(objection: str) -> None:
    """Raise PermissionDenied with the sentence to show, if there is one."""
    if objection:
        raise PermissionDenied(objection)
