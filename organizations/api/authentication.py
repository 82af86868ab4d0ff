"""Who sends a request: a hashed token, or the session of a page with its CSRF proof."""

from hmac import compare_digest

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
from rest_framework.views import APIView

from organizations.models import User


class HashedToken(TokenAuthentication):  # type: ignore[misc]
    """A token of knox, found and proved in one query, without its sweep over the others."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, AuthToken]:
        """The person of a token that is whole, unexpired, and whose holder is not barred."""
        text = token.decode("ascii", "replace")
        key, digest = text[: CONSTANTS.TOKEN_KEY_LENGTH], hash_token(text)
        for kept in AuthToken.objects.filter(token_key=key).select_related("user"):
            if compare_digest(digest, kept.digest) and _is_good(kept):
                return kept.user, kept
        raise AuthenticationFailed


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

    def has_permission(self, request: Request, view: APIView) -> bool:
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
