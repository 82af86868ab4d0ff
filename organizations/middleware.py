"""Lets nobody in without signing in, ends idle sessions, and asks for new passwords."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

# Pages that stay open to a person who has yet to choose a password of their own.
OPEN_BEFORE_PASSWORD = {"password_change", "sign_out"}
# A session is written again at most this often, so that reading pages writes nothing.
TOUCH_SECONDS = 300


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every page needs a signed-in person unless it says `@login_not_required`."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Redirect strangers to the sign-in page, and newcomers to the password page."""
        # Without the cookie there is no session to look into: so come programs with a token.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not has_session or not request.user.is_authenticated:
            return super().process_view(request, view_func, view_args, view_kwargs)
        _keep_awake(request)
        if not getattr(view_func, "login_required", True):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if request.user.must_change_password and name not in OPEN_BEFORE_PASSWORD:
            return redirect("organizations:password_change")
        return None


def _keep_awake(request: HttpRequest) -> None:
    now = int(timezone.now().timestamp())  # noqa: TID251 (an interface: the clock is read here)
    if now - request.session.get("seen", 0) > TOUCH_SECONDS:
        request.session["seen"] = now
