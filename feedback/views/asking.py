"""Who asks, and for which petition: how every page of the desks begins."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from feedback import access
from feedback.models import Petition
from feedback.querysets import READERS
from organizations.models import User


def signed_in(request: HttpRequest) -> User:
    """The person who signed in and works with petitions."""
    user = request.user
    if not isinstance(user, User) or not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xử lý phản ánh.")
    return user


def petition_or_404(user: User, code: str) -> Petition:
    """The petition if the person may see it; the page "not found" otherwise."""
    try:
        return access.get_for(user, code)
    except Petition.DoesNotExist:
        raise Http404 from None
