"""What the public reads: answered petitions, what people think of them, and ratings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers import limiting, listing, paging
from dossiers.models import Dossier
from dossiers.paging import CursorRefused
from feedback import guarding, presenting, rating, voting
from feedback.forms.public import RatingForm
from feedback.models import Petition
from feedback.rating import Answers
from feedback.statuses import Satisfaction
from organizations.models import Agency

ON_SCREEN = 20


@login_not_required
@require_safe
@limiting.limited
def published(request: HttpRequest) -> HttpResponse:
    """Phản ánh đã trả lời: of all agencies or of one, the newest first."""
    agency = presenting.agency_named(request.GET.get("co-quan", ""))
    shown = Petition.objects.public().select_related("agency")
    if agency is not None:
        shown = shown.filter(agency=agency)
    try:
        found = paging.page(
            shown,
            order=paging.NEWEST,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            size=ON_SCREEN,
        )
    except CursorRefused:
        return redirect("feedback:published")
    context = {
        "petitions": found.rows,
        "agency": agency,
        "agencies": Agency.objects.active().in_order(),
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    return render(request, "feedback/published.html", context)


@login_not_required
@require_safe
@limiting.limited
def published_one(request: HttpRequest, code: str) -> HttpResponse:
    """Một phản ánh và câu trả lời."""
    petition = Petition.objects.public().for_page().filter(code=code).first()
    if petition is None:
        raise Http404
    return render(request, "feedback/published_one.html", {"petition": petition})


@login_not_required
@require_POST
@limiting.limited
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """Hài lòng, không hài lòng: one for each reader."""
    if limited := guarding.refused_for_haste(request, guarding.VOTED_FROM_ADDRESS, "vote"):
        return limited
    voter = voting.voter_of(
        code=code,
        address=guarding.address_of(request),
        browser=request.headers.get("User-Agent", "")[:200],
    )
    likes = request.POST.get("likes") == "1"
    try:
        voting.vote(code=code, voter=voter, likes=likes, at=timezone.now())
    except Petition.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, "Ý kiến của ông/bà về câu trả lời đã được ghi nhận.")
    return redirect("feedback:published_one", code=code)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limiting.limited
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Đánh giá hài lòng, from the link or QR code that came with the result."""
    try:
        dossier = rating.dossier_of(token)
    except Dossier.DoesNotExist:
        raise Http404 from None
    if objection := rating.objection_to(dossier):
        return render(request, "feedback/rated.html", {"dossier": dossier, "objection": objection})
    form = RatingForm(request.POST or None)
    if not form.is_valid():
        return _ask(request, dossier, form)
    try:
        rating.give_by_link(token=token, answers=answers_in(form), at=timezone.now())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _ask(request, dossier, form)
    return render(request, "feedback/rated.html", {"dossier": dossier})


def _ask(request: HttpRequest, dossier: Dossier, form: RatingForm) -> HttpResponse:
    status = 400 if form.errors else 200
    return render(request, "feedback/rate.html", {"dossier": dossier, "form": form}, status=status)


def answers_in(form: RatingForm) -> Answers:
    """The answers of a valid form."""
    given = form.cleaned_data
    return Answers(
        satisfaction=Satisfaction(given["satisfaction"]),
        attitude=Satisfaction(given["attitude"]) if given["attitude"] else None,
        timing=Satisfaction(given["timing"]) if given["timing"] else None,
        remark=given["remark"],
    )
