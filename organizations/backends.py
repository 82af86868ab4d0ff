"""Signs people in by name and password; roles come from their memberships."""

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from organizations.models import Membership, User
from organizations.postings import reading_of
from organizations.statements import Columns, Statement

_PERSON, _POSTINGS = Columns(User, "person"), reading_of(Membership)
# Every page begins with it.
_SIGNED_IN = Statement(
    "signed_in",
    ["bigint"],
    f"SELECT {_PERSON.sql}, {_POSTINGS.columns} FROM organizations_user person"  # noqa: S608 (constants)
    f" LEFT JOIN ({_POSTINGS.tables}) ON membership.user_id = person.id"
    " WHERE person.id = $1 AND person.is_active ORDER BY membership.id",
)


class MembershipBackend(BaseBackend):
    """Knows who a person is; what they may do is asked of their postings."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: object,
    ) -> User | None:
        """The active user with this name and password, or None."""
        if not username or not password:
            return None
        user = User.objects.filter(username=username.strip().lower()).first()
        if user is None:
            # As slow as a real check, so that the time does not tell which names exist.
            make_password(password)
            return None
        # The password first: a barred name answers no faster than any other.
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session with their postings, unless they were barred since."""
        rows = _SIGNED_IN.rows(user_id)
        if not rows:
            return None
        user = _PERSON.built(rows[0][: _PERSON.width])
        user.postings = _POSTINGS.postings(row[_PERSON.width :] for row in rows)
        return user
