"""The public look-up, the counter's picker, and what waits for an administrator."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from organizations.administering import administrator_of, is_administrator
from organizations.models import User
from organizations.roles import Role
from procedures import catalog, presenting
from procedures.filters import ProcedureFilter
from procedures.forms.limits import TimeLimitForm
from procedures.models import Channel, Procedure, ProcedureVersion, ReadingFinding
from procedures.statuses import Content, FindingKind
from workdays.units import TimeUnit

PAGE_SIZE = 25
PICK_SIZE = 12


@login_not_required
@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """Danh mục thủ tục: search with or without marks, by field, agency and level."""
    procedures = Procedure.objects.published().with_version().with_limits().by_code()
    search = ProcedureFilter(request.GET, queryset=procedures)
    page = Paginator(search.qs, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "filter": search,
        "page": page,
        "procedures": presenting.with_phrases(page.object_list),
        "may_settle": is_administrator(request.user),
        **neighbours(request, page),
    }
    return render(request, "procedures/list.html", context)


@login_not_required
@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Một thủ tục: what to bring, how long, how much, where; made to be printed too."""
    procedure = get_object_or_404(Procedure.objects.with_whole_version(), code=code)
    context = {"may_settle": is_administrator(request.user), **presenting.page_of(procedure)}
    return render(request, "procedures/detail.html", context)


@require_GET
def pick(request: HttpRequest) -> HttpResponse:
    """The options of the intake's field: only what this person's counter may receive."""
    agency_ids = _user(request).agency_ids_for(Role.COUNTER)
    text = request.GET.get("q", "")[:200]
    found = (
        Procedure.objects.published()
        .handled_by(agency_ids)
        .search(text)
        .with_version()
        .with_limits()
    )
    context = {"procedures": presenting.with_phrases(found[:PICK_SIZE]), "text": text}
    return render(request, "procedures/_options.html", context)


@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """Danh mục cần xem lại: channels without a limit that can be counted, and other findings."""
    administrator_of(request)
    kind = request.GET.get("loai", "")
    current = ReadingFinding.objects.current()
    channels = Channel.objects.current().without_limit()
    listed = current.filter(kind=kind) if kind in FindingKind.values else channels
    page = Paginator(listed.with_procedure(), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "kind": FindingKind(kind) if kind in FindingKind.values else None,
        "kinds": current.count_by_kind(),
        "waiting": channels.count(),
        "page": page,
        **neighbours(request, page),
    }
    return render(request, "procedures/findings.html", context)


@require_GET
def incomplete(request: HttpRequest) -> HttpResponse:
    """Thủ tục còn thiếu nội dung: in force, and lacking something of NĐ 63/2010 Đ8(2)."""
    administrator_of(request)
    current = ProcedureVersion.objects.current().with_missing()
    asked = request.GET.get("thieu", "")
    content = Content(asked) if asked in Content.values else None
    page = Paginator(current.lacking(content).for_list(), PAGE_SIZE).get_page(
        request.GET.get("trang")
    )
    context = {
        "content": content,
        "counts": current.lacking().count_by_content(),
        "rows": [(row, [Content(value) for value in row.missing]) for row in page.object_list],
        "page": page,
        **neighbours(request, page),
    }
    return render(request, "procedures/incomplete.html", context)


@require_http_methods(["GET", "POST"])
def confirm_time_limit(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Xác nhận thời hạn: the person decides what the source left out, and says why."""
    administrator_of(request)
    channel = get_object_or_404(Channel.objects.with_procedure(), pk=channel_id)
    form = TimeLimitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = _confirm(request, channel, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, f"Đã ghi phiên bản {version.number} của {channel.version.procedure}."
            )
            return redirect("procedures:findings")
    context = {"form": form, "channel": channel, "version": channel.version}
    status = 422 if form.errors else 200
    return render(request, "procedures/confirm.html", context, status=status)


def _confirm(request: HttpRequest, channel: Channel, form: TimeLimitForm) -> ProcedureVersion:
    given = form.cleaned_data
    return catalog.confirm_time_limit(
        channel=channel,
        unit=TimeUnit(given["unit"]),
        time_limit=given["time_limit"],
        every_channel=given["every_channel"],
        actor=_user(request),
        at=timezone.now(),
        reason=given["reason"],
    )


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied("Hãy đăng nhập để dùng chức năng này.")
    return request.user


def neighbours(request: HttpRequest, page: Page) -> dict[str, str]:  # type: ignore[type-arg]
    """The addresses of the pages before and after, with the filters kept."""
    chosen = [
        (key, value) for key, values in request.GET.lists() for value in values if key != "trang"
    ]

    def address(number: int) -> str:
        return "?" + urlencode([*chosen, ("trang", number)])

    return {
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
