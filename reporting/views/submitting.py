"""Submitting a statistical form, and which reports of which agencies are missing."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reporting.periods import PeriodLength, ReportPeriod
from reporting.statistical import asking, forms, submitting
from reporting.views.statistics import exact_visit, visit

_PERIODS = 6


@require_POST
def submit(request: HttpRequest, form_code: str) -> HttpResponse:
    """Nộp báo cáo: the figures are kept as they are now."""
    seen = exact_visit(request, form_code)
    page = f"{reverse('reporting:form')}?bieu={form_code}&{seen.asked.query}"
    try:
        report = submitting.submit(asked=seen.asked, actor=seen.user, at=timezone.now())
    except ValidationError as refused:
        messages.warning(request, refused.messages[0])
        return redirect(page)
    messages.success(request, f"Báo cáo đã nộp, lần {report.number}. Hãy tải Excel để ký, lưu.")
    return redirect(page)


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Tình hình nộp báo cáo: agencies × the last periods that are over."""
    seen = visit(request)
    periods = _over(seen.asked.at)
    shown = asking.agencies(seen.sight)
    context = {
        "asked": seen.asked,
        "refusal": seen.refusal,
        "forms": forms.FORMS,
        "periods": periods,
        "rows": submitting.overview(form=seen.asked.form, agencies=shown, periods=periods),
    }
    status = 400 if seen.refusal else 200
    return render(request, "reporting/reports.html", context, status=status)


def _over(at: datetime) -> list[ReportPeriod]:
    """The statistical months that are over, the newest first."""
    running = ReportPeriod.containing(at, PeriodLength.MONTH, is_statistical=True)
    return running.trail(_PERIODS + 1)[-2::-1]
