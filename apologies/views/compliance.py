"""The supervisor's pages of apologies: the figures of a month, and the dossiers behind each."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apologies import compliance, figures
from apologies import listing as letters
from apologies.figures import Month
from apologies.statuses import Compliance, DelayReason
from dossiers import listing, paging
from dossiers.paging import CursorRefused, Order
from dossiers.statuses import Fault
from dossiers.views.asking import signed_in
from organizations.models import User
from organizations.roles import Role

BY_PROMISE = Order("promise_at")


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    """Tuân thủ việc xin lỗi: shares, delays, whose doing, who fails again and again."""
    user, at = reader(request), timezone.now()
    month = Month.named(request.GET.get("thang", ""), at=at)
    found = figures.figures(user=user, month=month, at=at)
    context = {
        "figures": found,
        "month": month,
        "faults": [(fault, found.faults.get(fault, 0)) for fault in Fault],
        "reasons": [(kind, found.reasons[kind]) for kind in DelayReason if kind in found.reasons],
        "tabs": letters.tabs(user, letters.COMPLIANCE),
    }
    return render(request, "apologies/compliance.html", context)


@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """Hồ sơ của một con số: the oldest broken promise first."""
    user, at, asked = reader(request), timezone.now(), request.GET
    month = Month.named(asked.get("thang", ""), at=at)
    late = figures.narrowed(
        figures.broken_in(user=user, month=month, at=at),
        at=at,
        agency=asked.get("co-quan", ""),
        only=asked.get("loai", ""),
        fault=asked.get("nguyen-nhan", ""),
    )
    try:
        found = paging.page(
            compliance.with_standing(late).for_list(),
            order=BY_PROMISE,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
            size=paging.ON_SCREEN,
        )
    except CursorRefused:
        return redirect("apologies:compliance")
    for dossier in found.rows:
        dossier.standing_label = Compliance(dossier.standing).label
    context = {
        "dossiers": found.rows,
        "month": month,
        "what": _what(asked.get("loai", ""), asked.get("nguyen-nhan", "")),
        "next_url": listing.without(asked, after=found.after) if found.after else "",
        "previous_url": listing.without(asked, before=found.before) if found.before else "",
    }
    return render(request, "apologies/compliance_dossiers.html", context)


def reader(request: HttpRequest) -> User:
    """Whoever answers for agencies: their heads, and the province's office."""
    user = signed_in(request)
    if not user.has_role(Role.HEAD, Role.SUPERVISOR):
        raise PermissionDenied("Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh xem được trang này.")
    return user


def _what(only: str, fault: str) -> str:
    if only == "again":
        return "Hẹn lại rồi vẫn trễ"
    if only in Compliance.values:
        return str(Compliance(only).label)
    if fault in Fault.values:
        return f"Nguyên nhân thuộc về: {Fault(fault).label.lower()}"
    return "Mọi hồ sơ lỡ hẹn"
