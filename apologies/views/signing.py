"""The pages of administrators on signing: certificates, and who signs in whose stead."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apologies import certificate_keeping, granting, signing_overview
from apologies.forms.signing import AuthorityForm, CertificateForm, RevocationForm
from organizations import administration
from organizations.administering import administrator_of
from organizations.models import AdministrationEntry, Agency, User
from organizations.statuses import AdministrationSubject

MOST_ENTRIES = 30


@never_cache
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Ký số: every agency with its certificate, those that need care named first."""
    actor = administrator_of(request)
    standings = signing_overview.standings(actor, at=timezone.now())
    only = request.GET.get("loc", "") == "can-xu-ly"
    care = [standing for standing in standings if standing.needs_care]
    context = {
        "standings": care if only else standings,
        "only": only,
        "care": len(care),
        "all": len(standings),
    }
    return render(request, "apologies/signing.html", context)


@never_cache
@require_safe
def agency(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Ký số của một cơ quan: certificates, authorities, what administrators did."""
    return _page(request, _agency_or_404(request, agency_id), {})


@never_cache
@require_POST
def register(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Đăng ký chứng thư số."""
    form = CertificateForm(request.POST, request.FILES)

    def act(agency: Agency, actor: User, at: datetime) -> str:
        given = form.cleaned_data["name_is_checked"]
        certificate_keeping.register(
            agency=agency, facts=form.facts(), name_is_checked=given, actor=actor, at=at
        )
        return "Đã ghi chứng thư số. Khóa đang được thử; đạt thì cơ quan ký bằng chứng thư này."

    return _perform(request, agency_id, form, "certificate_form", act)


@never_cache
@require_POST
def prove_again(request: HttpRequest, agency_id: int, pk: int) -> HttpResponse:
    """Thử khóa lại."""

    def act(agency: Agency, actor: User, at: datetime) -> str:
        certificate_keeping.prove_again(agency=agency, pk=pk, actor=actor, at=at)
        return "Khóa đang được thử lại. Hãy tải lại trang sau ít giây."

    return _perform(request, agency_id, None, "", act)


@never_cache
@require_POST
def revoke(request: HttpRequest, agency_id: int, pk: int) -> HttpResponse:
    """Thu hồi chứng thư số."""
    form = RevocationForm(request.POST)

    def act(agency: Agency, actor: User, at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        certificate_keeping.revoke(agency=agency, pk=pk, reason=reason, actor=actor, at=at)
        return "Đã thu hồi chứng thư số. Phiếu đã ký vẫn có giá trị; phiếu mới cần chứng thư khác."

    return _perform(request, agency_id, form, "revocation_form", act)


@never_cache
@require_POST
def grant(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Ghi thẩm quyền ký."""
    heads = granting.those_who_sign(_agency_or_404(request, agency_id))
    form = AuthorityForm(request.POST, heads=heads)

    def act(agency: Agency, actor: User, at: datetime) -> str:
        user = form.cleaned_data["user"]
        granting.grant(agency=agency, user=user, facts=form.facts(), actor=actor, at=at)
        return f"Đã ghi thẩm quyền ký của {user}."

    return _perform(request, agency_id, form, "authority_form", act)


@never_cache
@require_POST
def take_back(request: HttpRequest, agency_id: int, pk: int) -> HttpResponse:
    """Bỏ thẩm quyền ký."""

    def act(agency: Agency, actor: User, at: datetime) -> str:
        granting.take_back(agency=agency, pk=pk, actor=actor, at=at)
        return "Đã bỏ thẩm quyền ký; người này lại ký theo chức vụ của mình."

    return _perform(request, agency_id, None, "", act)


def _perform(
    request: HttpRequest,
    agency_id: int,
    form: Any,
    name: str,
    act: Callable[[Agency, User, datetime], str],
) -> HttpResponse:
    """Do the act when the form has its shape; say what happened, or why nothing did."""
    actor, shown = administrator_of(request), _agency_or_404(request, agency_id)
    if form is not None and not form.is_valid():
        return _page(request, shown, {name: form, "refused": form}, status=422)
    try:
        done = act(shown, actor, timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        if form is None:
            messages.error(request, " ".join(refusal.messages))
            return redirect("apologies:signing_of", agency_id)
        for message in refusal.messages:
            form.add_error(None, message)
        return _page(request, shown, {name: form, "refused": form}, status=422)
    messages.success(request, done)
    return redirect("apologies:signing_of", agency_id)


def _page(
    request: HttpRequest, shown: Agency, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    at, heads = timezone.now(), granting.those_who_sign(shown)
    entries = AdministrationEntry.objects.filter(
        subject=AdministrationSubject.AGENCY, subject_id=shown.pk
    )
    context = {
        "agency": shown,
        "now": at,
        "standing": signing_overview.standing_of(shown, at=at),
        "certificates": shown.certificates.select_related("revoked_by").order_by("-pk"),
        "authorities": shown.signing_authorities.select_related("user").order_by(
            "user__full_name", "id"
        ),
        "heads": heads,
        "certificate_form": CertificateForm(),
        "revocation_form": RevocationForm(),
        "authority_form": AuthorityForm(heads=heads),
        "entries": entries.select_related("actor").order_by("-id")[:MOST_ENTRIES],
        **more,
    }
    return render(request, "apologies/signing_agency.html", context, status=status)


def _agency_or_404(request: HttpRequest, agency_id: int) -> Agency:
    reach = administration.administered_ids(administrator_of(request))
    return get_object_or_404(Agency, pk=agency_id, pk__in=reach)
