"""One address for each act of the office on a petition."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from feedback import handling
from feedback.access import Act
from feedback.handling import Classification, Publication
from feedback.models import Petition
from feedback.statuses import Category
from feedback.views.worklist import Asked, perform


@never_cache
@require_POST
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """Tiếp nhận, phân loại."""

    def act(asked: Asked) -> Petition:
        classification = Classification(
            category=Category(asked.given["category"]),
            agency=asked.given["agency"],
            dossier_code=asked.given["dossier_code"],
        )
        return handling.receive(classification=classification, **asked.by)

    return perform(request, code, Act.RECEIVE, act)


@never_cache
@require_POST
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Từ chối tiếp nhận."""
    return perform(
        request,
        code,
        Act.REFUSE,
        lambda asked: handling.refuse(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Yêu cầu bổ sung."""
    return perform(
        request, code, Act.ASK, lambda asked: handling.ask(wanted=asked.given["wanted"], **asked.by)
    )


@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Trả lời."""
    return perform(
        request,
        code,
        Act.ANSWER,
        lambda asked: handling.answer(text=asked.given["answer"], **asked.by),
    )


@never_cache
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Trả lại để trả lời lại."""
    return perform(
        request,
        code,
        Act.SEND_BACK,
        lambda asked: handling.send_back(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Duyệt và công khai."""

    def act(asked: Asked) -> Petition:
        publication = Publication(subject=asked.given["subject"], content=asked.given["content"])
        return handling.publish(publication=publication, **asked.by)

    return perform(request, code, Act.PUBLISH, act)


@never_cache
@require_POST
def hide(request: HttpRequest, code: str) -> HttpResponse:
    """Ẩn khỏi trang công khai."""
    return perform(
        request,
        code,
        Act.HIDE,
        lambda asked: handling.hide(reason=asked.given["reason"], **asked.by),
    )


@never_cache
@require_POST
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Hiện lại trên trang công khai."""
    return perform(
        request,
        code,
        Act.SHOW,
        lambda asked: handling.show(reason=asked.given["reason"], **asked.by),
    )
