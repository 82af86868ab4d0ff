"""Pages of administrators: what was sent, what could not be, and sending that again.

They show neither whole addresses nor words: an administrator does not open dossiers.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from notifications import file_channel, listing, resending
from notifications.asking import require_administrator
from notifications.filters import MessageFilter
from notifications.models import Message
from notifications.statuses import MessageState

_TABS = (
    MessageState.FAILED,
    MessageState.UNCLEAR,
    MessageState.WAITING,
    MessageState.SENDING,
    MessageState.SENT,
)


@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Tin gửi: by state, channel and dossier, the newest first."""
    require_administrator(request.user)
    search = MessageFilter(request.GET, queryset=Message.objects.all())
    is_valid = search.is_valid()
    found = listing.page(
        search.qs if is_valid else Message.objects.none(),
        after=listing.number_in(request.GET.get("sau", "")),
        before=listing.number_in(request.GET.get("truoc", "")),
    )
    context = {
        "filter": search,
        "is_valid": is_valid,
        "rows": found.rows,
        "tabs": _tabs(request),
        "state": request.GET.get("state", ""),
        "previous_url": _address(request, truoc=found.before) if found.before else "",
        "next_url": _address(request, sau=found.after) if found.after else "",
        "has_box": file_channel.is_used(),
    }
    return render(request, "notifications/list.html", context)


@require_GET
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: where it stands and what was tried."""
    require_administrator(request.user)
    message = get_object_or_404(Message, pk=pk)
    return render(request, "notifications/detail.html", _facts(message))


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one undelivered message again."""
    actor = require_administrator(request.user)
    try:
        again = resending.resend(message_id=pk, actor=actor, at=timezone.now())
    except Message.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        notes.warning(request, " ".join(refusal.messages))
    else:
        notes.success(request, _told(again))
    return redirect("notifications:detail", pk=pk)


@require_POST
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Send all again that certainly did not arrive."""
    actor = require_administrator(request.user)
    count = resending.resend_failed(actor=actor, at=timezone.now())
    if count:
        notes.success(request, f"{count} tin sẽ được gửi lại. Kết quả hiện trong danh sách này.")
    else:
        notes.warning(request, "Không còn tin nào không gửi được, nên không có gì để gửi lại.")
    return redirect("notifications:list")


@require_GET
def sample_box(request: HttpRequest) -> HttpResponse:
    """Hộp thư mẫu: what citizens would have read, where messages go into files."""
    require_administrator(request.user)
    if not file_channel.is_used():
        raise Http404("Ở đây tin được gửi thật, không ghi vào hộp thư mẫu.")
    return render(request, "notifications/sample_box.html", {"filed": file_channel.latest()})


def _facts(message: Message) -> dict[str, Any]:
    return {
        "message": message,
        "row": listing.Row(message),
        "deliveries": message.deliveries.order_by("id"),
        "may_have_arrived": message.state == MessageState.UNCLEAR,
    }


def _told(message: Message) -> str:
    if message.next_attempt_at and message.next_attempt_at > timezone.now():
        opening = timezone.localtime(message.next_attempt_at)
        return f"Tin sẽ được gửi lại lúc {opening:%H:%M %d/%m/%Y}, khi đến giờ gửi tin."
    return "Tin đang được gửi lại. Hãy tải lại trang để xem kết quả."


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Each state with how many are in it; what was sent is not counted: it grows for ever."""
    counted = Message.objects.count_unsent()
    return [
        {
            "label": state.label,
            "url": _address(request, state=state.value),
            "count": counted.get(state, 0) if state != MessageState.SENT else None,
            "is_current": request.GET.get("state") == state,
        }
        for state in _TABS
    ]


def _address(request: HttpRequest, **changed: object) -> str:
    """The list with these conditions in place of its own, from the first page on."""
    kept = {name: request.GET.get(name, "") for name in ("state", "channel", "subject")}
    return "?" + urlencode({name: value for name, value in (kept | changed).items() if value})
