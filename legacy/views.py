"""Pages of administrators: an old system's export from upload to report.

Addresses, all below `quan-tri/nhap-ho-so/`: `runs` (the list by GET, the file by POST), `run`,
`begin`, `take_over`, `report`.
"""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from legacy import ordering
from legacy.forms import MappingForm, UploadForm
from legacy.models import ImportRun
from legacy.ordering import Mapped, Order
from organizations.administering import administrator_of
from organizations.administration import administered_ids
from organizations.models import Agency, User

LATEST = 30
SHOWN_ROWS = 100
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def runs(request: HttpRequest) -> HttpResponse:
    """Nhập hồ sơ từ hệ thống cũ: the latest runs, and the upload of a file by POST."""
    actor = administrator_of(request)
    if request.method != "POST":
        return _listed(request, actor, UploadForm(agencies=_agencies(actor)))
    form = UploadForm(request.POST, request.FILES, agencies=_agencies(actor))
    if not form.is_valid():
        return _listed(request, actor, form, status=422)
    given = form.cleaned_data
    order = Order(
        source=given["source"],
        agency=given["agency"],
        submission_key=given["submission_key"],
        file_name=given["file"].name,
    )
    try:
        run = ordering.receive(order=order, file=given["file"], actor=actor, at=timezone.now())
    except ValidationError as refusal:
        form.add_error("file" if refusal.code not in {"source", "key_used"} else None, refusal)
        return _listed(request, actor, form, status=422)
    return redirect(run)


@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Một lần nhập: its mapping, how far it is, or what became of the rows."""
    found = _run_or_404(administrator_of(request), pk)
    if found.started_at is None:
        return _asked(request, found, _mapping_form(found))
    template = "legacy/_run_state.html" if getattr(request, "htmx", False) else "legacy/run.html"
    return render(request, template, _state(found))


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Chạy thử with the mapping that was chosen."""
    actor = administrator_of(request)
    found = _run_or_404(actor, pk)
    if found.started_at is not None:
        return redirect(found)
    form = _mapping_form(found, request)
    if not form.is_valid():
        return _asked(request, found, form, status=422)
    mapped = Mapped(columns=form.columns(), words=form.cleaned_data["words"])
    try:
        ordering.begin(run=found, mapped=mapped, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        form.add_error("words" if refusal.code == "states" else None, refusal)
        return _asked(request, found, form, status=422)
    return redirect(found)


@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhập: the file of a finished trial in earnest."""
    actor = administrator_of(request)
    found = _run_or_404(actor, pk)
    try:
        earnest = ordering.take_over(run=found, actor=actor, at=timezone.now())
    except ValidationError as refusal:
        context = {**_state(found), "refusal": " ".join(refusal.messages)}
        return render(request, "legacy/run.html", context, status=422)
    return redirect(earnest)


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Báo cáo từng dòng as an Excel file."""
    found = _run_or_404(administrator_of(request), pk)
    if not found.report:
        raise Http404("Lần nhập này chưa có báo cáo. Hãy đợi xong rồi tải.")
    try:
        content = found.report.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp báo cáo không còn.") from None
    return FileResponse(
        content, as_attachment=True, filename=f"bao-cao-nhap-{found.pk}.xlsx", content_type=_EXCEL
    )


def _listed(request: HttpRequest, actor: User, form: UploadForm, status: int = 200) -> HttpResponse:
    latest = ImportRun.objects.visible_to(actor).select_related("system", "actor")
    context = {"form": form, "runs": latest.order_by("-pk")[:LATEST]}
    return render(request, "legacy/runs.html", context, status=status)


def _asked(
    request: HttpRequest, run: ImportRun, form: MappingForm | None, status: int = 200
) -> HttpResponse:
    context = {"run": run, "form": form}
    return render(request, "legacy/mapping.html", context, status=status)


def _mapping_form(run: ImportRun, request: HttpRequest | None = None) -> MappingForm:
    """The form over the headers of the file; 404 when the file is no longer there."""
    try:
        headers = ordering.headers_of(run)
    except (ValidationError, OSError, ValueError):
        raise Http404("Tệp của lần nhập này đã bị xóa. Hãy tải lên lại.") from None
    return MappingForm(request.POST if request else None, run=run, headers=headers)


def _state(run: ImportRun) -> dict[str, object]:
    telling = run.rows.telling().order_by("number")[:SHOWN_ROWS]
    earnest = ImportRun.objects.filter(submission_key=ordering.key_in_earnest(run)).first()
    return {
        "run": run,
        "rows": telling if run.finished_at else [],
        "shown": SHOWN_ROWS,
        "earnest": earnest,
    }


def _agencies(actor: User) -> object:
    return Agency.objects.filter(pk__in=administered_ids(actor)).active().in_order()


def _run_or_404(actor: User, pk: int) -> ImportRun:
    visible = ImportRun.objects.visible_to(actor).select_related("system", "agency", "actor")
    found: ImportRun = get_object_or_404(visible, pk=pk)
    return found
