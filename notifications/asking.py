"""Who asks: accounts belong to an app above this one, so a person is what they can answer."""

from typing import Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

# The role of organizations.roles by that name.
ADMINISTRATOR = "administrator"


@runtime_checkable
class Person(Protocol):
    """A person who signed in."""

    def has_role(self, *roles: str) -> bool:
        """Does the person hold any of these roles anywhere?"""

    def get_username(self) -> str:
        """The sign-in name."""

    def get_full_name(self) -> str:
        """The name as it is printed."""


def require_administrator(user: object) -> Person:
    """The person, if they keep the messages; PermissionDenied for anyone else."""
    if isinstance(user, Person) and user.has_role(ADMINISTRATOR):
        return user
    raise PermissionDenied("Chỉ quản trị hệ thống xem và gửi lại tin.")
