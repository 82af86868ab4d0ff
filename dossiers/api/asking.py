"""How endpoints read what was sent, name the pages beside a list, and give away a file."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from dossiers.paging import Page


def given_in(shape: type[Serializer[Any]], data: Any) -> dict[str, Any]:
    """What the client sent, in its right shape."""
    checked: dict[str, Any] = _kept(shape).run_validation(data)
    return checked


@cache
def _kept(shape: type[Serializer[Any]]) -> Serializer[Any]:
    """One for all requests: copying the fields anew each time took as long as checking them.

    `run_validation` leaves nothing behind in the serializer.
    """
    return shape()


def neighbours(request: Request, found: Page, *kept: str) -> dict[str, str | None]:
    """The addresses of the pages beside this one, with these parameters kept."""
    query = {name: value for name, value in request.query_params.items() if name in kept}

    def address(name: str, cursor: str) -> str | None:
        asked = urlencode(query | {name: cursor})
        return request.build_absolute_uri(f"{request.path}?{asked}") if cursor else None

    return {"next": address("after", found.after), "previous": address("before", found.before)}


def saved(kept: Any, name: str, content_type: str) -> FileResponse:
    """A file to be saved; Http404 when there is none, or the store has lost it."""
    if not kept:
        raise Http404
    try:
        content = kept.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
