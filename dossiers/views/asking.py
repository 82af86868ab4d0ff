"""Who asks, and for which dossier: how every page of the desks begins."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from dossiers import access
from dossiers.models import Dossier
from organizations.models import User
from organizations.roles import Role

_DESKS = (Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR)


def signed_in(request: HttpRequest) -> User:
    """The person who signed in and works with dossiers."""
    user = request.user
    if not isinstance(user, User) or not user.has_role(*_DESKS):
        raise PermissionDenied("Vai trò của tài khoản này không làm việc với hồ sơ.")
    return user


def dossier_or_404(user: User, code: str) -> Dossier:
    """The dossier if the person may see it; the page "not found" otherwise."""
    try:
        return access.get_for(user, code)
    except Dossier.DoesNotExist:
        raise Http404 from None
