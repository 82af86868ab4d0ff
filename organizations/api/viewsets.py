"""Endpoints of signing in by token, and of the person themselves."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in, user_logged_out
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from organizations.api.authentication import person, require_own_password
from organizations.api.base import PortalView
from organizations.api.serializers import (
    PersonOutput,
    SignInInput,
    TokenOutput,
)
from organizations.models import User


class SignInRefused(APIException):
    """The name or the password is wrong; which of them is not told."""

    status_code = 400
    default_code = "wrong_password"
    default_detail = "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại."


class SignInLocked(APIException):
    """Too many failures of this name from this address."""

    status_code = 429
    default_code = "locked_out"
    default_detail = (
        "Tên đăng nhập này bị tạm khóa vì nhập sai nhiều lần. Hãy thử lại sau 15 phút hoặc liên hệ "
        "quản trị hệ thống."
    )
    wait = int(settings.AXES_COOLOFF_TIME * 3600)


class SignInThrottle(SimpleRateThrottle):
    """So many attempts from one address, whatever the names."""

    scope = "sign_in"
    rate = "30/min"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """One counter for each address."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class SignInAPI(PortalView):
    """Đăng nhập bằng token."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (SignInThrottle,)

    @extend_schema(operation_id="token_create", request=SignInInput, responses={201: TokenOutput})
    def post(self, request: Request) -> Response:
        """Đổi tên đăng nhập và mật khẩu lấy một token, chỉ hiện một lần."""
        given = SignInInput(data=request.data)
        given.is_valid(raise_exception=True)
        user = _checked(request, **given.validated_data)
        require_own_password(user)
        kept, token = AuthToken.objects.create(user=user)
        _keep_latest(user)
        user_logged_in.send(sender=User, request=request, user=user)
        return Response(TokenOutput({"token": token, "expiry": kept.expiry}).data, status=201)


def _checked(request: Request, username: str, password: str) -> User:
    """Axes marks the outer request here, so that its page of HTML never answers a program."""
    user = authenticate(
        request=request,
        username=username.strip().lower(),
        password=password,
    )
    if getattr(request, "axes_locked_out", False):
        raise SignInLocked
    if not isinstance(user, User):
        raise SignInRefused
    return user


def _keep_latest(user: User) -> None:
    """A new token beyond the limit ends the oldest, so that nobody locks themselves out."""
    newest = AuthToken.objects.filter(user=user).order_by("-created").values("pk")
    kept = newest[: knox_settings.TOKEN_LIMIT_PER_USER]
    AuthToken.objects.filter(user=user).exclude(
        pk__in=list(kept.values_list("pk", flat=True))
    ).delete()


class SignOutAPI(PortalView):
    """Thu hồi token."""

    @extend_schema(operation_id="token_revoke", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Thu hồi token đang dùng; các token khác vẫn còn hiệu lực."""
        user = person(request)
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
            user_logged_out.send(sender=User, request=request, user=user)
        return Response(status=204)


class MeAPI(PortalView):
    """Người đang đăng nhập."""

    @extend_schema(operation_id="me", responses=PersonOutput)
    def get(self, request: Request) -> Response:
        """Tên, chức vụ, các vai trò và bộ phận một cửa của người đang đăng nhập."""
        return Response(PersonOutput(person(request)).data)
