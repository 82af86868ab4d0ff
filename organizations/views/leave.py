"""Naming who stands in for an officer on leave, and ending it before its day."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organizations import substituting
from organizations.forms.leave import LeaveForm
from organizations.models import Membership, Substitution, User
from organizations.roles import Role
from organizations.substituting import Leave


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Nghỉ và xử lý thay: who stands in for whom, and the naming of a substitute by POST."""
    actor = substituting.require_naming(request.user)
    posts = substituting.officers_named_by(actor)
    form = LeaveForm(
        request.POST or None,
        posts=posts,
        officers=_colleagues(actor, posts),
        initial={"post": posts.filter(user=actor).first()},
    )
    if request.method != "POST":
        return _shown(request, actor, form)
    if not form.is_valid():
        return _shown(request, actor, form, status=422)
    try:
        standing = substituting.name(
            leave=_leave(form), actor=actor, at=timezone.now(), today=timezone.localdate()
        )
    except ValidationError as refusal:
        code = getattr(refusal, "code", None)
        form.add_error(code if code in form.fields else None, refusal)
        return _shown(request, actor, form, status=422)
    messages.success(request, f"{standing.substitute} xử lý thay {standing.absent}.")
    return redirect("organizations:leave")


def _colleagues(actor: User, posts: QuerySet[Membership]) -> QuerySet[User]:
    """Who may stand in; not oneself, where only one's own leave can be named."""
    colleagues = User.objects.filter(
        is_active=True,
        memberships__role=Role.OFFICER,
        memberships__agency__in=posts.values("agency"),
    )
    if not posts.exclude(user=actor).exists():
        colleagues = colleagues.exclude(pk=actor.pk)
    return colleagues.distinct().order_by("full_name", "pk")


@require_POST
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Thôi phân công."""
    actor = substituting.require_naming(request.user)
    try:
        ended = substituting.end(pk=pk, actor=actor, at=timezone.now(), today=timezone.localdate())
    except Substitution.DoesNotExist:
        raise Http404 from None
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"Đã thôi phân công xử lý thay {ended.absent}.")
    return redirect("organizations:leave")


def _leave(form: LeaveForm) -> Leave:
    given = form.cleaned_data
    return Leave(
        absent=given["post"].user,
        agency=given["post"].agency,
        substitute=given["substitute"],
        first_day=given["first_day"],
        last_day=given["last_day"],
        reason=given["reason"],
    )


def _shown(request: HttpRequest, actor: User, form: LeaveForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "form": form,
        "standing": substituting.shown_to(actor, on=today),
        "today": today,
        "viewer": actor,
    }
    return render(request, "organizations/leave.html", context, status=status)
