"""Who may administer: the one question that the pages and acts of administration ask."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from organizations.models import User
from organizations.roles import Role


def is_administrator(user: object) -> bool:
    """Does this person hold the role of administrator anywhere?"""
    return isinstance(user, User) and user.has_role(Role.ADMINISTRATOR)


def require_administrator(user: object) -> User:
    """The person, when they administer; anybody else is refused in words."""
    if not isinstance(user, User) or not is_administrator(user):
        raise PermissionDenied("Chỉ quản trị hệ thống dùng được chức năng này.")
    return user


def administrator_of(request: HttpRequest) -> User:
    """Who asks for this page of administration; strangers never come as far as this."""
    return require_administrator(request.user)
