"""The counter's list of notices: which dossiers were apologised for, and their new days."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apologies import listing, notices
from apologies.models import CentreNotice
from dossiers.views.asking import signed_in

MOST_SHOWN = 100


@never_cache
@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """Thông báo cho bộ phận một cửa: what nobody has read yet, the oldest first."""
    user = signed_in(request)
    waiting = CentreNotice.objects.unread_at(user.counter_ids).select_related(
        "letter__dossier", "letter__agency", "counter"
    )
    context = {
        "notices": waiting.order_by("pk")[:MOST_SHOWN],
        "tabs": listing.tabs(user, listing.NOTICES),
    }
    return render(request, "apologies/notices.html", context)


@never_cache
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Đã xem thông báo."""
    try:
        notice = notices.read(notice_id=pk, actor=signed_in(request), at=timezone.now())
    except CentreNotice.DoesNotExist:
        raise Http404("Không có thông báo này.") from None
    messages.success(request, f"Đã ghi nhận xem thông báo về phiếu {notice.letter.full_number}.")
    return redirect("apologies:notices")
