"""The statistical forms: one on screen, the dossiers behind its figures, and as Excel."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dossiers import listing
from organizations.models import Agency, User
from reporting.printouts.papers import FORM
from reporting.sight import READERS, Sight
from reporting.statistical import asking, counting, forms, sheets, showing, submitting
from reporting.statistical.asking import FormAsked
from reporting.views.paged import page_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class FormVisit:
    """A person, the question, and why it was not the one in the address."""

    user: User
    sight: Sight
    asked: FormAsked
    refusal: str = ""


@never_cache
@require_safe
def form(request: HttpRequest) -> HttpResponse:
    """Biểu mẫu thống kê: choose form, agency and period; each figure leads to its dossiers."""
    seen = visit(request)
    refusal, table = seen.refusal, None
    try:
        table = _table(seen.asked)
    except ValidationError as refused:
        refusal = refused.messages[0]
    context = {
        **_context(seen),
        "refusal": refusal,
        "forms": forms.FORMS,
        "agencies": asking.agencies(seen.sight),
        "choices": asking.choices(seen.asked),
    }
    if table is not None:
        context |= {
            "table": table,
            "groups": showing.groups(table),
            "lines": showing.lines(table),
            "row_label": showing.row_label(table),
            "cut_off": showing.cut_off(table),
            "print_view": f"{FORM}{seen.asked.form.code}",
            **_submission(seen),
        }
    return render(request, "reporting/form.html", context, status=400 if refusal else 200)


@never_cache
@require_safe
def workbook(request: HttpRequest, form_code: str) -> HttpResponse:
    """The form as Excel."""
    asked = exact_visit(request, form_code).asked
    try:
        table = _table(asked)
    except ValidationError:
        raise Http404("Biểu này không lập cho cơ quan đã chọn.") from None
    response = HttpResponse(sheets.written(table), content_type=EXCEL)
    kind = "-co-dinh-chinh" if asked.is_corrected else ""
    name = f"{form_code}-{asked.agency.code}-{asked.period.code}{kind}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_safe
def behind(request: HttpRequest, form_code: str, number: int) -> HttpResponse:
    """The dossiers of one figure, as the person may see them."""
    seen = exact_visit(request, form_code)
    try:
        column = seen.asked.form.column(number)
    except LookupError:
        raise Http404 from None
    key = request.GET.get("dong", "")
    found = counting.behind(
        form=seen.asked.form,
        column=column,
        agency=seen.asked.agency,
        window=seen.asked.window,
        user=seen.user,
        key=int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else None,
        with_below=seen.asked.with_below,
        is_corrected=seen.asked.is_corrected,
    )
    page, status = page_of(request, found.for_list())
    context = {
        **_context(seen),
        "column": column,
        "rows": listing.rows(page.rows, viewer=seen.user, at=seen.asked.at),
        "next_url": listing.without(request.GET, after=page.after) if page.after else "",
        "previous_url": listing.without(request.GET, before=page.before) if page.before else "",
    }
    return render(request, "reporting/form_behind.html", context, status=status)


def visit(request: HttpRequest, form_code: str = "") -> FormVisit:
    """Begin a page; a question that names nothing is answered by the usual one, and said."""
    user, at = request.user, timezone.now()
    if not isinstance(user, User) or not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xem báo cáo thống kê.")
    sight = Sight.of(user)
    try:
        asked = asking.read(request.GET.dict(), sight=sight, at=at, form=form_code)
    except Agency.DoesNotExist:
        raise Http404 from None
    except ValidationError as refused:
        asked = asking.first(sight=sight, at=at)
        return FormVisit(user=user, sight=sight, asked=asked, refusal=refused.messages[0])
    return FormVisit(user=user, sight=sight, asked=asked)


def exact_visit(request: HttpRequest, form_code: str) -> FormVisit:
    """For answers that must not be about another form or period than was asked."""
    seen = visit(request, form_code)
    if seen.refusal:
        raise Http404(seen.refusal)
    return seen


def _table(asked: FormAsked) -> Any:
    return counting.fill_in(
        form=asked.form,
        agency=asked.agency,
        window=asked.window,
        with_below=asked.with_below,
        is_corrected=asked.is_corrected,
    )


def _submission(seen: FormVisit) -> dict[str, Any]:
    asked = seen.asked
    # Only what was recorded is submitted: a figure with corrections is there to be compared.
    is_over = asked.period.is_over(at=asked.at) and not asked.is_corrected
    return {
        "report": submitting.latest(form=asked.form, agency=asked.agency, period=asked.period),
        "may_submit": is_over and submitting.may_submit(seen.user, asked.agency),
    }


def _context(seen: FormVisit) -> dict[str, Any]:
    return {"asked": seen.asked, "agency": seen.asked.agency, "sight": seen.sight}
