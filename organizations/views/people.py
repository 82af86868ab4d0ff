"""Administering people: the list, one person, their roles, a password for one use."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import administration
from organizations.administering import administrator_of
from organizations.forms.administration import ChangePersonForm, MembershipForm, NewPersonForm
from organizations.models import AdministrationEntry, Agency, Membership, User
from organizations.querysets import AgencyQuerySet
from organizations.statuses import AdministrationSubject

PAGE_SIZE = 50
MOST_ENTRIES = 30
FACTS = ("full_name", "title", "phone", "email", "is_active")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Người dùng: those who hold a role where this person administers."""
    actor = administrator_of(request)
    text = request.GET.get("q", "")[:100].strip()
    listed = User.objects.filter(memberships__agency__in=administration.administered_ids(actor))
    if text:
        listed = listed.filter(full_name__icontains=text) | listed.filter(username__icontains=text)
    found = listed.distinct().order_by("full_name", "id")
    page = Paginator(found.prefetch_related(administration.POSTINGS), PAGE_SIZE).get_page(
        request.GET.get("trang")
    )
    return render(request, "organizations/people.html", {"page": page, "text": text})


@never_cache
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Thêm người dùng: with their first role; the password is shown once, on the answer."""
    actor = administrator_of(request)
    form = NewPersonForm(request.POST or None, agencies=_agencies(actor))
    if request.method == "POST" and form.is_valid():
        try:
            user, password = administration.add_user(
                facts=form.person(), membership=form.membership(), actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            return _once(request, user, password)
    status = 422 if form.errors else 200
    return render(request, "organizations/person_add.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Một người dùng: what is written of them, their roles, what administrators did."""
    actor = administrator_of(request)
    user = _user(actor, pk)
    initial = {name: getattr(user, name) for name in FACTS}
    form = ChangePersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            administration.change_user(
                user=user, changed=form.cleaned_data, actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã ghi thông tin của {form.cleaned_data['full_name']}.")
            return redirect("organizations:person", pk)
    return _page(request, actor, user, form, MembershipForm(agencies=_agencies(actor)))


@require_POST
def post_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Thêm vai trò."""
    actor = administrator_of(request)
    user = _user(actor, pk)
    form = MembershipForm(request.POST, agencies=_agencies(actor))
    if form.is_valid():
        try:
            administration.post(
                user=user, membership=form.membership(), actor=actor, at=timezone.now()
            )
        except ValidationError as refusal:
            _tell(form, refusal)
        else:
            messages.success(request, f"Đã thêm vai trò cho {user}.")
            return redirect("organizations:person", pk)
    facts = ChangePersonForm(initial={name: getattr(user, name) for name in FACTS})
    return _page(request, actor, user, facts, form)


@require_POST
def unpost_person(request: HttpRequest, pk: int, membership_id: int) -> HttpResponse:
    """Bỏ vai trò."""
    actor = administrator_of(request)
    user = _user(actor, pk)
    membership = get_object_or_404(Membership, pk=membership_id, user=user)
    return _done(
        request,
        pk,
        lambda: administration.unpost(membership=membership, actor=actor, at=timezone.now()),
        f"Đã bỏ vai trò của {user}.",
    )


@never_cache
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Cấp lại mật khẩu: shown once, on this answer and nowhere else."""
    actor = administrator_of(request)
    user = _user(actor, pk)
    try:
        password = administration.reset_password(user=user, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("organizations:person", pk)
    return _once(request, user, password)


def _once(request: HttpRequest, user: User, password: str) -> HttpResponse:
    context = {"person": user, "password": password}
    return render(request, "organizations/password_once.html", context)


def _page(
    request: HttpRequest,
    actor: User,
    user: User,
    form: ChangePersonForm,
    membership_form: MembershipForm,
) -> HttpResponse:
    entries = AdministrationEntry.objects.filter(
        subject=AdministrationSubject.USER, subject_id=user.pk
    )
    context = {
        "person": user,
        "form": form,
        "membership_form": membership_form,
        "memberships": user.memberships.select_related("agency", "counter").order_by("id"),
        "entries": entries.select_related("actor").order_by("-id")[:MOST_ENTRIES],
        "is_self": user.pk == actor.pk,
    }
    status = 422 if form.errors or membership_form.errors else 200
    return render(request, "organizations/person.html", context, status=status)


def _done(request: HttpRequest, pk: int, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, sentence)
    return redirect("organizations:person", pk)


def _agencies(actor: User) -> AgencyQuerySet:
    within = Agency.objects.filter(pk__in=administration.administered_ids(actor))
    return within.active().in_order()


def _user(actor: User, pk: int) -> User:
    """Somebody with a role where this person administers, or with none anywhere."""
    found: User = get_object_or_404(administration.administered_people(actor), pk=pk)
    return found


def _tell(
    form: ChangePersonForm | MembershipForm | NewPersonForm, refusal: ValidationError
) -> None:
    """The sentences of a refusal, whatever fields of the model they speak of."""
    for message in refusal.messages:
        form.add_error(None, message)
