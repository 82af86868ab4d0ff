"""How endpoints of inter-agency work read what was sent and name the pages beside a list."""

from typing import Any
from urllib.parse import urlencode

from rest_framework.request import Request
from rest_framework.serializers import Serializer

from dossiers import paging


def shaped(shape: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    """What the client sent, in its right shape."""
    facts: dict[str, Any] = shape().run_validation(request.data)
    return facts


def neighbours(request: Request, found: paging.Page) -> dict[str, str | None]:
    """The addresses of the pages beside this one, of the same list."""
    query = {"tab": request.query_params["tab"]} if "tab" in request.query_params else {}

    def address(name: str, cursor: str) -> str | None:
        asked = urlencode(query | {name: cursor})
        return request.build_absolute_uri(f"{request.path}?{asked}") if cursor else None

    return {"next": address("after", found.after), "previous": address("before", found.before)}
