"""Pages of campaigns: the list, a new one, its progress and its final report."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers import listing, paging
from dossiers.deadlines import local_date
from dossiers.paging import CursorRefused
from dossiers.views.asking import signed_in
from organizations.models import User
from reporting.models import Campaign, Finding
from reporting.quality import campaign_report
from reporting.quality import campaigns as acts
from reporting.quality.forms import CampaignForm
from reporting.statuses import FindingKind

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Các đợt làm sạch dữ liệu, the newest first."""
    user = signed_in(request)
    rows, refusal = acts.visible_to(user), ""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        found = paging.page(rows, order=paging.NEWEST, after=after, before=before)
    except CursorRefused as refused:
        found, refusal = paging.page(rows, order=paging.NEWEST), refused.messages[0]
    context = {
        "campaigns": found.rows,
        "may_lead": acts.may_lead(user),
        "today": local_date(timezone.now()),
        "refusal": refusal,
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    status = 400 if refusal else 200
    return render(request, "reporting/quality/campaigns.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Mở đợt làm sạch dữ liệu."""
    actor = signed_in(request)
    if not acts.may_lead(actor):
        raise PermissionDenied("Chỉ Văn phòng UBND tỉnh mới mở đợt làm sạch dữ liệu.")
    if request.method != "POST":
        return _form(request, CampaignForm(initial=_first_offer()))
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 400)
    try:
        made = acts.start(plan=form.plan, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        code = getattr(refusal, "code", None)
        form.add_error(code if code in form.fields else None, refusal)
        return _form(request, form, 400)
    messages.success(request, "Đã mở đợt làm sạch. Các cơ quan thấy việc của mình ngay.")
    return redirect(made)


def _first_offer() -> dict[str, object]:
    """A campaign goes to the agencies that have something to clean, unless the office says else."""
    with_findings = Finding.objects.open().values_list("agency", flat=True).distinct()
    return {"submission_key": uuid4(), "agencies": list(with_findings)}


def _form(request: HttpRequest, form: CampaignForm, status: int = 200) -> HttpResponse:
    return render(request, "reporting/quality/campaign_new.html", {"form": form}, status=status)


@never_cache
@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """Một đợt: progress by agency while it runs, the kept report afterwards."""
    user = signed_in(request)
    return _page(request, user, _campaign_or_404(user, pk))


@never_cache
@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as an Excel file."""
    user = signed_in(request)
    found = _campaign_or_404(user, pk)
    report = found.report or campaign_report.made(found, at=timezone.now())
    content = campaign_report.workbook(found, campaign_report.lines(report, user, found))
    response = HttpResponse(content, content_type=_EXCEL)
    response["Content-Disposition"] = f'attachment; filename="lam-sach-du-lieu-{found.pk}.xlsx"'
    return response


@never_cache
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Kết thúc đợt và lưu báo cáo."""
    user = signed_in(request)
    found = _campaign_or_404(user, pk)
    try:
        acts.close(pk=pk, actor=user, at=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
        return redirect(found)
    messages.success(request, "Đã kết thúc đợt làm sạch và lưu báo cáo.")
    return redirect(found)


def _campaign_or_404(user: User, pk: int) -> Campaign:
    try:
        return acts.get_for(user, pk)
    except Campaign.DoesNotExist:
        raise Http404 from None


def _page(request: HttpRequest, user: User, found: Campaign) -> HttpResponse:
    report = found.report or campaign_report.made(found, at=timezone.now())
    context = {
        "campaign": found,
        "lines": campaign_report.lines(report, user, found),
        "year": report["period"],
        "kinds": [FindingKind(kind).label for kind in found.kinds],
        "may_close": acts.may_lead(user) and found.closed_at is None,
    }
    return render(request, "reporting/quality/campaign.html", context)
