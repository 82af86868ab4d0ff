"""Pages of the portal itself: the way in, a stale form, and the health of the servers."""

from collections.abc import Callable
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from dossiers import worklists
from organizations.models import User
from tthc_portal.frame import Frame

# Seconds for which one person's open pages share one count.
SHARED = 15


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead staff to the first section of their roles; show citizens the public pages."""
    if getattr(request.user, "must_change_password", False):
        return redirect("organizations:password_change")
    entries = Frame(request).navigation
    if entries:
        return redirect(entries[0].url)
    return render(request, "home.html")


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The counts of navigation and tabs, asked for by open pages; 304 while nothing changed."""
    frame = Frame(request)
    if frame.user is None or not frame.search_url:
        raise PermissionDenied("Vai trò của tài khoản này không làm việc với hồ sơ.")
    key = f"live:{frame.user.pk}"
    counts = cache.get(key)
    if counts is None:
        counts = _counts(frame, frame.user)
        cache.set(key, counts, SHARED)
    answer = JsonResponse(counts)
    answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:24]}"'
    answer["Cache-Control"] = "private, no-cache"
    if request.headers.get("If-None-Match") == answer["ETag"]:
        return HttpResponseNotModified(headers={"ETag": answer["ETag"]})
    return answer


def _counts(frame: Frame, user: User) -> dict[str, int]:
    named = {entry.icon: entry.count for entry in frame.navigation if entry.count is not None}
    return {**named, **worklists.counts(user, at=frame.now)}


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another session: nothing was written, and the page says what to do."""
    return render(request, "csrf_failed.html", status=403)


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For the monitor: does the portal reach its database and its cache?"""
    parts = {"database": _answers(_ask_database), "cache": _answers(_ask_cache)}
    healthy = all(parts.values())
    words = {name: "ok" if answers else "unreachable" for name, answers in parts.items()}
    return JsonResponse({"healthy": healthy, **words}, status=200 if healthy else 503)


def _answers(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except (DatabaseError, RedisError, OSError):
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_cache() -> None:
    cache.get("health")
