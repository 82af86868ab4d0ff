"""The heads' pages: the list of drafts, one letter with its picture, and the acts on it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apologies import authorities, issuing, listing, ordering, showing, withdrawal
from apologies.forms.letters import ManyForm, RevisionForm, TextForm, WithdrawalForm
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter
from dossiers import paging
from dossiers.models import Dossier
from dossiers.paging import CursorRefused
from dossiers.statuses import Fault
from dossiers.views.asking import signed_in
from organizations.models import User
from organizations.roles import Role

# Only the portal's own page may show it in a frame; nothing in it may load anything.
_PDF_POLICY = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@never_cache
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Xin lỗi: the drafts that wait for this head, the nearest promise first."""
    user, at = signed_in(request), timezone.now()
    if not user.has_role(Role.HEAD):
        return redirect("apologies:notices" if user.has_role(Role.COUNTER) else "apologies:signed")
    found = _paged(request, listing.to_sign(user), listing.BY_PROMISE)
    context = {
        "rows": listing.draft_rows(found.rows, at=at),
        "form": ManyForm(),
        "tabs": listing.tabs(user, listing.DRAFTS),
        **_neighbours(found),
    }
    return render(request, "apologies/drafts.html", context)


@never_cache
@require_safe
def signed(request: HttpRequest) -> HttpResponse:
    """Phiếu đã ký, the last signed first."""
    user = signed_in(request)
    found = _paged(request, listing.decided(user), listing.LATEST_SIGNED)
    context = {
        "letters": found.rows,
        "tabs": listing.tabs(user, listing.SIGNED),
        **_neighbours(found),
    }
    return render(request, "apologies/signed.html", context)


@never_cache
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: its picture, its text to change, and the one button that signs."""
    user = signed_in(request)
    shown = _letter_or_404(user, pk)
    page = showing.page_of(shown, viewer=user)
    if getattr(request, "htmx", False):
        if page.is_waiting:
            return HttpResponse(status=204)
        return render(request, "apologies/_picture.html", {"page": page, "letter": shown})
    return _page(request, shown, user, {})


@never_cache
@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tệp PDF: the signed letter, or the picture of the draft."""
    shown = _letter_or_404(signed_in(request), pk)
    order = showing.drawn_print(shown)
    if order is None:
        return redirect("apologies:letter", pk)
    name = f"phieu-xin-loi-{shown.dossier.code}.pdf"
    try:
        content = order.file.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp của phiếu không còn trên máy chủ.") from None
    response = FileResponse(content, filename=name, content_type="application/pdf")
    response["Content-Security-Policy"] = _PDF_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


@never_cache
@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Sửa nội dung phiếu."""

    def act(form: TextForm, actor: User) -> str:
        given = form.cleaned_data
        issuing.revise(
            target=LetterTarget(pk=pk, expected_revision=given["revision"]),
            grounds=Grounds(reason=given["reason"], fault=Fault(given["fault"])),
            new_day=given["new_day"],
            actor=actor,
            at=timezone.now(),
        )
        return "Đã ghi nội dung mới. Hãy xem lại phiếu rồi ký."

    return _perform(request, pk, TextForm, "text_form", act)


@never_cache
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ký phiếu."""

    def act(form: RevisionForm, actor: User) -> str:
        target = LetterTarget(pk=pk, expected_revision=form.cleaned_data["revision"])
        kept = issuing.sign(target=target, actor=actor, at=timezone.now())
        return (
            f"Đã ký phiếu số {kept.full_number}. Hồ sơ {kept.dossier.code} hẹn lại ngày "
            f"{kept.new_day:%d/%m/%Y}; bộ phận một cửa và người nộp đã được báo."
        )

    return _perform(request, pk, RevisionForm, "sign_form", act)


@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Thu hồi phiếu sai."""

    def act(form: WithdrawalForm, actor: User) -> str:
        given = form.cleaned_data
        target = LetterTarget(pk=pk, expected_revision=given["revision"])
        kept = withdrawal.withdraw(
            target=target, reason=given["reason"], actor=actor, at=timezone.now()
        )
        return (
            f"Đã thu hồi phiếu số {kept.full_number}. Ngày hẹn lại giữ nguyên; "
            "phiếu thay thế chờ ký trong danh sách."
        )

    return _perform(request, pk, WithdrawalForm, "withdrawal_form", act)


@never_cache
@require_POST
def draw_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Tạo lại tệp PDF that was given up after several attempts."""
    user = signed_in(request)
    shown = _letter_or_404(user, pk)
    authorities.require(user, shown)
    ordering.ask_again(letter=shown, at=timezone.now())
    return redirect("apologies:letter", pk)


def _perform(
    request: HttpRequest,
    pk: int,
    shape: type[Any],
    name: str,
    act: Callable[[Any, User], str],
) -> HttpResponse:
    """Read the form, do the act once, and say what happened or why it did not."""
    actor = signed_in(request)
    shown = _letter_or_404(actor, pk)
    form = shape(request.POST)
    if not form.is_valid():
        authorities.require(actor, shown)
        return _page(request, shown, actor, {name: form, "refused": form}, status=400)
    try:
        done = act(form, actor)
    except (ApologyLetter.DoesNotExist, Dossier.DoesNotExist):
        raise Http404 from None
    except ValidationError as refusal:
        code = getattr(refusal, "code", None)
        form.add_error(code if code in form.fields else None, refusal)
        again = _letter_or_404(actor, pk)
        status = 409 if code in {"stale", "wrong_state"} else 400
        return _page(request, again, actor, {name: form, "refused": form}, status=status)
    messages.success(request, done)
    return redirect("apologies:letter", pk)


def _page(
    request: HttpRequest,
    shown: ApologyLetter,
    user: User,
    more: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    revision = {"revision": shown.revision}
    known = {"reason": shown.reason, "fault": shown.fault, "new_day": shown.new_day}
    context = {
        "letter": shown,
        "page": showing.page_of(shown, viewer=user),
        "text_form": TextForm(initial=known | revision),
        "sign_form": RevisionForm(initial=revision),
        "withdrawal_form": WithdrawalForm(initial=revision),
        "lacks": listing.lacking(shown, at=timezone.now()),
        **more,
    }
    return render(request, "apologies/letter.html", context, status=status)


def _letter_or_404(user: User, pk: int) -> ApologyLetter:
    found = ApologyLetter.objects.visible_to(user).for_page().filter(pk=pk).first()
    if found is None:
        raise Http404("Không có phiếu này.")
    assert isinstance(found, ApologyLetter)  # noqa: S101 (tells mypy what the queryset holds)
    return found


def _paged(request: HttpRequest, letters: Any, order: paging.Order) -> paging.Page:
    """One page of a list; an address changed by hand begins anew."""
    query = request.GET
    try:
        return paging.page(
            letters,
            order=order,
            after=query.get("after", ""),
            before=query.get("before", ""),
            size=paging.ON_SCREEN,
        )
    except CursorRefused:
        return paging.page(letters, order=order, size=paging.ON_SCREEN)


def _neighbours(found: paging.Page) -> dict[str, str]:
    """The addresses of the pages before and after; a moment in them has a plus sign."""
    return {
        "previous_url": f"?{urlencode({'before': found.before})}" if found.before else "",
        "next_url": f"?{urlencode({'after': found.after})}" if found.after else "",
    }
