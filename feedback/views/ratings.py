"""Ratings at the desks: those of my agency, moderation, and the screen at the counter."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dossiers import listing, paging
from dossiers.models import Dossier
from dossiers.paging import CursorRefused
from feedback import presenting, rating
from feedback.forms.acts import ModerationForm
from feedback.forms.public import RatingForm
from feedback.models import Rating
from feedback.querysets import RatingQuerySet
from feedback.views.asking import signed_in
from feedback.views.public import answers_in
from organizations.models import User
from organizations.roles import Role

DISSATISFIED = "khong-hai-long"


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Đánh giá hài lòng: the shares, and each rating with its remark, the newest first."""
    user = signed_in(request)
    visible: RatingQuerySet = Rating.objects.visible_to(user)
    only_bad = request.GET.get("loc") == DISSATISFIED
    shown = visible.dissatisfied() if only_bad else visible
    try:
        found = paging.page(
            shown.for_list(),
            order=paging.NEWEST,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
            size=paging.ON_SCREEN,
        )
    except CursorRefused:
        return redirect("feedback:ratings")
    context = {
        "ratings": found.rows,
        "shares": presenting.shares(visible),
        "only_bad": only_bad,
        "may_moderate": user.has_role(Role.SUPERVISOR),
        "has_many_agencies": listing.has_many_agencies(user),
        "next_url": listing.without(request.GET, after=found.after) if found.after else "",
        "previous_url": listing.without(request.GET, before=found.before) if found.before else "",
    }
    return render(request, "feedback/ratings.html", context)


@require_POST
def moderate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ẩn, hiện góp ý: with a reason and a trace."""
    user = signed_in(request)
    form = ModerationForm(request.POST)
    try:
        if not form.is_valid():
            # Whoever may not moderate at all is told so first.
            rating.require_moderator(user, pk)
            raise ValidationError([str(text) for texts in form.errors.values() for text in texts])
        given = form.cleaned_data
        rating.moderate(
            pk=pk, hides=given["hides"], reason=given["reason"], actor=user, at=timezone.now()
        )
    except Rating.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        done = "được ẩn" if given["hides"] else "hiện lại"
        messages.success(request, f"Góp ý đã {done}; lý do và người thực hiện được lưu lại.")
    return redirect("feedback:ratings")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def counter_rating(request: HttpRequest, code: str) -> HttpResponse:
    """The screen that a clerk opens and turns to the citizen: nothing of the portal around it."""
    user = signed_in(request)
    dossier = _returned_dossier(user, code)
    if objection := rating.objection_to(dossier):
        return _done(request, dossier, objection)
    form = RatingForm(request.POST or None)
    if form.is_valid():
        try:
            rating.give_at_counter(
                code=code, answers=answers_in(form), actor=user, at=timezone.now()
            )
        except ValidationError as refusal:
            return _done(request, dossier, refusal.messages[0])
        return _done(request, dossier, "")
    status = 400 if form.errors else 200
    context = {"dossier": dossier, "form": form, "is_counter": True}
    return render(request, "feedback/counter_rate.html", context, status=status)


def _returned_dossier(user: User, code: str) -> Dossier:
    try:
        dossier: Dossier = (
            Dossier.objects.visible_to(user).select_related("agency", "version").get(code=code)
        )
    except Dossier.DoesNotExist:
        raise Http404 from None
    rating.require_counter(user, dossier)
    return dossier


def _done(request: HttpRequest, dossier: Dossier, objection: str) -> HttpResponse:
    context = {"dossier": dossier, "objection": objection}
    return render(request, "feedback/counter_rated.html", context)
