"""The acts on a self-assessment sheet, one address for each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from organizations.models import User
from reporting.forms import MarksForm
from reporting.models import ReformEvidence, ReformSheet
from reporting.reform import acts, criteria
from reporting.reform.acts import Target
from reporting.statuses import SheetAct
from reporting.views.reform import agency_or_404, reader, sheet_page

Do = Callable[[Target, User], Any]
_PLAIN = {
    SheetAct.SUBMITTED: acts.submit,
    SheetAct.GRADED: acts.finish,
    SheetAct.CLOSED: acts.close,
}
_MARKING = {SheetAct.FILLED: acts.fill, SheetAct.MARKED: acts.mark}


@require_POST
def open_sheet(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Lập phiếu."""
    if year > timezone.localdate().year:
        raise Http404
    return _act(
        request,
        agency_code,
        year,
        SheetAct.OPENED,
        lambda target, user: acts.open_sheet(target=target, actor=user, at=timezone.now()),
        "Đã lập phiếu. Hãy tự chấm từng tiêu chí và thêm minh chứng.",
    )


@require_POST
def fill(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Tự chấm điểm."""
    return _marks(request, agency_code, year, SheetAct.FILLED, "Điểm tự chấm đã được lưu.")


@require_POST
def mark(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Thẩm định."""
    return _marks(request, agency_code, year, SheetAct.MARKED, "Điểm thẩm định đã được lưu.")


@require_POST
def add(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Thêm minh chứng."""
    upload = request.FILES.get("file")

    def do(target: Target, user: User) -> Any:
        if upload is None:
            raise ValidationError("Hãy chọn tệp minh chứng.")
        return acts.add_evidence(
            target=target,
            criterion=request.POST.get("criterion", ""),
            upload=upload,
            actor=user,
            at=timezone.now(),
        )

    return _act(request, agency_code, year, SheetAct.EVIDENCE_ADDED, do, "Đã thêm tệp minh chứng.")


@require_POST
def remove(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Bỏ minh chứng."""
    number = request.POST.get("file", "")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    return _act(
        request,
        agency_code,
        year,
        SheetAct.EVIDENCE_REMOVED,
        lambda target, user: acts.remove_evidence(
            target=target, pk=pk, actor=user, at=timezone.now()
        ),
        "Đã bỏ tệp minh chứng khỏi phiếu.",
    )


@require_POST
def submit(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Nộp phiếu."""
    return _plain(request, agency_code, year, SheetAct.SUBMITTED, "Phiếu đã nộp, chờ thẩm định.")


@require_POST
def send_back(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Trả lại phiếu."""
    reason = request.POST.get("reason", "")[:1000]
    return _act(
        request,
        agency_code,
        year,
        SheetAct.SENT_BACK,
        lambda target, user: acts.send_back(
            target=target, reason=reason, actor=user, at=timezone.now()
        ),
        "Phiếu đã trả lại cơ quan để bổ sung.",
    )


@require_POST
def finish(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Kết thúc thẩm định."""
    done = "Đã kết thúc thẩm định; cơ quan xem được kết quả."
    return _plain(request, agency_code, year, SheetAct.GRADED, done)


@require_POST
def close(request: HttpRequest, agency_code: str, year: int) -> HttpResponse:
    """Chốt kết quả."""
    return _plain(
        request, agency_code, year, SheetAct.CLOSED, "Kết quả đã chốt, không sửa được nữa."
    )


def _plain(
    request: HttpRequest, agency_code: str, year: int, act: SheetAct, done: str
) -> HttpResponse:
    def do(target: Target, user: User) -> Any:
        return _PLAIN[act](target=target, actor=user, at=timezone.now())

    return _act(request, agency_code, year, act, do, done)


def _act(
    request: HttpRequest, agency_code: str, year: int, act: SheetAct, do: Do, done: str
) -> HttpResponse:
    """Do it and go back to the sheet; a refusal is said there."""
    user = reader(request)
    agency = agency_or_404(user, agency_code)
    # Whoever may not act at all is told so before what is wrong with the form.
    acts.require(user, agency, act)
    version = request.POST.get("version", "")
    expected = int(version) if version.isascii() and version.isdecimal() else None
    target = Target(agency=agency, year=year, expected_version=expected)
    try:
        do(target, user)
    except ReformEvidence.DoesNotExist:
        messages.warning(request, "Tệp này không còn trên phiếu. Hãy xem lại danh sách tệp.")
    except ReformSheet.DoesNotExist:
        raise Http404 from None
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
    return redirect("reporting:reform_sheet", agency.code, year)


def _marks(
    request: HttpRequest, agency_code: str, year: int, act: SheetAct, done: str
) -> HttpResponse:
    """Points of all criteria at once; what was refused stays on the page as it was entered."""
    user = reader(request)
    agency = agency_or_404(user, agency_code)
    acts.require(user, agency, act)
    found = ReformSheet.objects.filter(agency=agency, year=year).first()
    if found is None:
        raise Http404
    found.agency = agency
    rules = criteria.load(found.criteria_set)
    form = MarksForm(request.POST, criteria=rules.criteria.values())
    if form.is_valid():
        target = Target(agency=agency, year=year, expected_version=form.cleaned_data["version"])
        try:
            _MARKING[act](target=target, marks=form.marks, actor=user, at=timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            return redirect("reporting:reform_sheet", agency.code, year)
    return sheet_page(request, user, found, form)
