"""Endpoints whose act may stand on what the process read before."""

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from organizations.api.base import PortalViewSet
from organizations.recalling import NoLongerSo, recalling


class RecallingViewSet(PortalViewSet):
    """Does an act from memory first, and gives the answer only if what was written proves it."""

    # Their acts write in one statement, which compares the stamp, or not at all: any other act
    # would be done twice.
    recalling_actions: frozenset[str] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request; from what is read anew unless memory was proven, or not needed."""
        action = self.action_map.get((request.method or "").lower())
        if action not in self.recalling_actions or not _can_be_read_twice(request):
            return super().dispatch(request, *args, **kwargs)
        with recalling(timezone.localdate()) as act, suppress(NoLongerSo):
            response = super().dispatch(request, *args, **kwargs)
            if act.is_proven or act.is_empty:
                return response
        act.forget()
        return super().dispatch(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Any:
        """What no longer stands is nothing to tell the client."""
        if isinstance(exc, NoLongerSo):
            raise exc
        return super().handle_exception(exc)


def _can_be_read_twice(request: HttpRequest) -> bool:
    """JSON that is read into memory anyway; files go to the disk as they come."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if request.content_type != "application/json":
        return False
    if not length.isdecimal() or int(length) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0):
        return False
    return bool(request.body)
