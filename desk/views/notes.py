"""Notes on a dossier, the inbox of news, and the word that a dossier is open.

Addresses: `note` and `look` below `ho-so/<code>/`, `news` (`tin-moi/`).
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desk import looking, noting
from desk.models import Mention
from dossiers.views.asking import dossier_or_404, signed_in

LATEST = 50


@never_cache
@require_POST
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Thêm ghi chú nội bộ."""
    user = signed_in(request)
    dossier = dossier_or_404(user, code)
    text = request.POST.get("text", "")[:2000]
    try:
        noting.write(code=code, text=text, actor=user, at=timezone.now())
    except ValidationError as refusal:
        context = {"dossier": dossier, "text": text, "refusal": refusal.messages[0]}
        return render(request, "desk/note_refused.html", context, status=422)
    return redirect(f"{dossier.get_absolute_url()}#notes")


@never_cache
@require_POST
def look(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a dossier is open: said by the page itself, answered with who else has it."""
    user, at = signed_in(request), timezone.now()
    dossier = dossier_or_404(user, code)
    given = request.POST.get("seen", "")
    seen = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    looking.look(dossier=dossier, user=user, seen=seen, at=at)
    looking.arrive(dossier=dossier, user=user, at=at)
    noting.read_all(dossier=dossier, user=user, at=at)
    context = {
        "dossier": dossier,
        "others": looking.others(dossier=dossier, user=user, at=at),
        "has_moved": seen < dossier.event_count,
    }
    return render(request, "desk/_here.html", context)


@never_cache
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Tin mới: where one was named, and what others moved since one looked."""
    user = signed_in(request)
    mentions = Mention.objects.filter(user=user).select_related("note__author", "note__dossier")
    context = {
        "mentions": mentions.order_by("-id")[:LATEST],
        "changed": looking.changed_for(user, most=LATEST),
    }
    return render(request, "desk/news.html", context)
