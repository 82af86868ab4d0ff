"""Who sends a request: a hashed token, or the session of a page with its CSRF proof."""

from collections.abc import Sequence
from hmac import compare_digest
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.exceptions import PermissionDenied as CsrfFailed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from organizations.models import Membership, User
from organizations.postings import reading_of
from organizations.recalling import Recallable
from organizations.statements import Columns

if TYPE_CHECKING:
    # The framework reads its settings, which name this module, while it imports its views.
    from rest_framework.views import APIView


class HashedToken(TokenAuthentication):  # type: ignore[misc]
    """A token of knox, found and proved in one query with what its holder's roles reach."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """The person of a token that is whole, unexpired, and whose holder is not barred."""
        text = token.decode("ascii", "replace")
        key, digest = text[: CONSTANTS.TOKEN_KEY_LENGTH], hash_token(text)
        # A row for each posting of the holder: they stand together.
        for _, rows in groupby(_KEPT.rows(key), key=itemgetter(0)):
            kept = _token_of(list(rows))
            if compare_digest(digest, kept.digest) and _is_good(kept):
                return kept.user, kept
        raise AuthenticationFailed


_TOKEN, _HOLDER = Columns(AuthToken, "token"), Columns(User, "holder")
_POSTINGS = reading_of(Membership)
_POSTINGS_START = _TOKEN.width + _HOLDER.width
# Every request of a program begins with it.
_KEPT = Recallable(
    "token_and_holder",
    ["varchar"],
    f"{_TOKEN.sql}, {_HOLDER.sql}, {_POSTINGS.columns}",
    " FROM knox_authtoken token JOIN organizations_user holder ON holder.id = token.user_id"
    f" LEFT JOIN ({_POSTINGS.tables}) ON membership.user_id = holder.id"
    " WHERE token.token_key = $1 ORDER BY token.digest, membership.id",
)


def _token_of(rows: Sequence[tuple[Any, ...]]) -> AuthToken:
    """The token with its holder, whose postings are at hand already."""
    token: AuthToken = _TOKEN.built(rows[0][: _TOKEN.width])
    token.user = _HOLDER.built(rows[0][_TOKEN.width : _POSTINGS_START])
    token.user.postings = _POSTINGS.postings(row[_POSTINGS_START:] for row in rows)
    return token


def _is_good(token: AuthToken) -> bool:
    expired = token.expiry is not None and token.expiry <= timezone.now()
    return token.user.is_active and not expired


class PageSession(SessionAuthentication):
    """The session of a person who has signed in on the pages."""

    def enforce_csrf(self, request: Request) -> None:
        """A changing request needs the page's CSRF token."""
        try:
            super().enforce_csrf(request)
        except CsrfFailed as error:
            raise PermissionDenied(
                "Yêu cầu thiếu mã chống giả mạo của trang. Hãy tải lại trang rồi gửi lại."
            ) from error


class SignedIn(BasePermission):
    """A person with a password of their own; what they may do is asked of the act."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Strangers are asked to sign in, newcomers to choose their password first."""
        if not isinstance(request.user, User):
            return False
        require_own_password(request.user)
        return True


def require_own_password(user: User) -> None:
    """Raise PermissionDenied for a person who still has the password they were given."""
    if user.must_change_password:
        raise PermissionDenied("Hãy đổi mật khẩu trên trang web trước khi dùng API.")


def person(request: Request) -> User:
    """The person who sent a request that `SignedIn` let through."""
    if not isinstance(request.user, User):
        raise AuthenticationFailed
    return request.user
