"""The large screen in the centre's hall: read from ten metres, fresh by itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting.views.asking import visit
from reporting.views.boards import board_of

SECONDS = 30


@never_cache
@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    """Màn hình lớn of the whole, or of the person's own agency."""
    seen = visit(request)
    context = {**board_of(seen, seen.sight.own()), "seconds": SECONDS}
    return render(request, "reporting/hall.html", context, status=seen.status)
