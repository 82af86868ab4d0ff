"""The acts that stop the clock, let it run again, end it without a result, or take in fees."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dossiers import endings, halting, settling, supplements
from dossiers.access import Act
from dossiers.endings import Withdrawal
from dossiers.forms.halting import ReceiveSupplementForm, RequestSupplementForm
from dossiers.models import Dossier
from dossiers.statuses import PaymentMethod
from dossiers.views.acts import Asked, perform


@never_cache
@require_POST
def request_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Yêu cầu bổ sung hồ sơ."""

    def act(asked: Asked) -> Dossier:
        assert isinstance(asked.form, RequestSupplementForm)  # noqa: S101 (tells mypy)
        return supplements.request_supplement(need=asked.form.need(), **asked.by)

    return perform(request, code, Act.REQUEST_SUPPLEMENT, act)


@never_cache
@require_POST
def receive_supplement(request: HttpRequest, code: str) -> HttpResponse:
    """Nhận hồ sơ bổ sung."""

    def act(asked: Asked) -> Dossier:
        assert isinstance(asked.form, ReceiveSupplementForm)  # noqa: S101 (tells mypy)
        return supplements.receive_supplement(brought=asked.form.brought(), **asked.by)

    return perform(request, code, Act.RECEIVE_SUPPLEMENT, act)


@never_cache
@require_POST
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """Tạm dừng chờ nghĩa vụ tài chính."""
    return perform(
        request,
        code,
        Act.PAUSE,
        lambda asked: halting.pause_for_payment(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Ghi nhận đã thực hiện nghĩa vụ tài chính."""
    return perform(
        request,
        code,
        Act.RESUME,
        lambda asked: halting.resume(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """Từ chối giải quyết."""
    return perform(
        request,
        code,
        Act.DECLINE,
        lambda asked: endings.decline(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def stop(request: HttpRequest, code: str) -> HttpResponse:
    """Dừng giải quyết."""
    return perform(
        request,
        code,
        Act.STOP,
        lambda asked: endings.stop(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Ghi nhận người nộp rút hồ sơ."""

    def act(asked: Asked) -> Dossier:
        wish = Withdrawal(reference=asked.given["reference"], file=asked.given["file"])
        return endings.withdraw(withdrawal=wish, **asked.by)

    return perform(request, code, Act.WITHDRAW, act)


@never_cache
@require_POST
def settle_fees(request: HttpRequest, code: str) -> HttpResponse:
    """Thu phí, lệ phí."""
    return perform(
        request,
        code,
        Act.SETTLE_FEES,
        lambda asked: settling.settle(method=PaymentMethod(asked.given["method"]), **asked.by),
    )
