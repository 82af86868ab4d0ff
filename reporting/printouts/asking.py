"""Which view was asked, by whom, of what: the same question for the file, the worker, the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied

from organizations.models import Agency, User
from reporting import asking
from reporting.asking import Asked
from reporting.sight import READERS, Sight
from reporting.windows import Window


@dataclass(frozen=True, kw_only=True)
class Question:
    """A person, what they may see, the period, and perhaps an agency and a code of the view."""

    user: User
    sight: Sight
    asked: Asked
    agency: Agency | None
    code: str

    @property
    def window(self) -> Window:
        """The period as it was known then."""
        return Window.of(self.asked.period, at=self.asked.at, as_of=self.asked.as_of)

    @property
    def query(self) -> str:
        """The question as it stands in an address."""
        named = {"co-quan": self.agency.code} if self.agency else {}
        code = {"ma": self.code} if self.code else {}
        return urlencode({**self.asked.parameters, **named, **code})


def read(given: Mapping[str, str], *, user: User, at: datetime) -> Question:
    """The question of an address.

    Raises PermissionDenied for who has no figures, Agency.DoesNotExist for an agency that the
    person may not see, a ValidationError for a period that is none.
    """
    if not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xem chỉ số.")
    sight, code = Sight.of(user), given.get("co-quan", "")
    return Question(
        user=user,
        sight=sight,
        asked=asking.read(given, at=at),
        agency=sight.agency(code) if code else None,
        code=given.get("ma", ""),
    )
