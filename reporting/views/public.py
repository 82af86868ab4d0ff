"""Results of every agency for whoever wants to know, without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dossiers import limiting
from reporting import published_ratings, published_results


@login_not_required
@require_safe
@limiting.limited
def results(request: HttpRequest) -> HttpResponse:
    """Kết quả đánh giá chất lượng phục vụ của từng cơ quan."""
    at = timezone.now()
    asked = published_results.read(request.GET.dict(), at=at)
    context = {
        "asked": asked,
        "choices": published_results.offered(at),
        "published": published_results.of(asked),
    }
    return render(request, "reporting/public.html", context)


@login_not_required
@require_safe
@limiting.limited
def ratings(request: HttpRequest) -> HttpResponse:
    """Kết quả đánh giá hài lòng của từng cơ quan."""
    at = timezone.now()
    asked = published_results.read(request.GET.dict(), at=at)
    context = {
        "asked": asked,
        "choices": published_results.offered(at),
        "published": published_ratings.of(asked),
        "fewest": published_ratings.FEWEST,
    }
    return render(request, "reporting/public_ratings.html", context)
