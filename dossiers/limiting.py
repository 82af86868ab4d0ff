"""Limits how often the public may ask: by address against floods, by code against guessing."""

import math
from collections.abc import Callable
from functools import cache, wraps
from time import time
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

# A ward's people may share one address of their mobile network.
ASKED_FROM_ADDRESS = RateLimitItemPerMinute(60)
# Four digits have ten thousand values: nobody may try more than a few of them.
WRONG_FOR_CODE = RateLimitItemPerHour(10)

View = Callable[..., HttpResponse]


def limited(view: View) -> View:
    """Answer an address that asks too often with 429 and a sentence."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = str(get_client_ip_address(request))
        if not _limiter().hit(ASKED_FROM_ADDRESS, "look-up", address):
            return too_many(request, ASKED_FROM_ADDRESS, "look-up", address)
        return view(request, *args, **kwargs)

    return asked


def may_still_guess(code: str) -> bool:
    """Were the digits of this code, real or not, guessed wrong only a few times of late?"""
    return _limiter().test(WRONG_FOR_CODE, "wrong-digits", code)


def count_wrong_guess(code: str) -> None:
    """Remember one more wrong guess."""
    _limiter().hit(WRONG_FOR_CODE, "wrong-digits", code)


def too_many_guesses(request: HttpRequest, code: str) -> HttpResponse:
    """The page for a code whose digits were guessed too often."""
    return too_many(request, WRONG_FOR_CODE, "wrong-digits", code)


def may(item: RateLimitItem, *identifiers: str) -> bool:
    """Count one more; False when there were too many."""
    return bool(_limiter().hit(item, *identifiers))


def too_many(
    request: HttpRequest,
    item: RateLimitItem,
    *identifiers: str,
    template: str = "dossiers/look_up_limited.html",
) -> HttpResponse:
    """429, with when to come back."""
    resets_at = _limiter().get_window_stats(item, *identifiers).reset_time
    seconds = max(1, math.ceil(resets_at - time()))
    response = render(
        request,
        template,
        {"minutes": math.ceil(seconds / 60)},
        status=429,
    )
    response["Retry-After"] = str(seconds)
    return response


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(storage_from_string(settings.REDIS_URL))
