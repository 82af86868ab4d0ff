"""Sends with every answer what a browser may load."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

_Answer = Callable[[HttpRequest], HttpResponseBase]


def content_security_policy(get_response: _Answer) -> _Answer:
    """The policy of the settings, written once; a view that has its own keeps it.

    The library's own middleware puts it together anew each time: a tenth of all that Python does
    for an acceptance.
    """
    policy = build_policy()

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return respond
