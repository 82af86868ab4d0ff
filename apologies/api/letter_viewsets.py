"""Endpoints of letters: the list, one with its PDF, and the acts of a head."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apologies import issuing, showing, withdrawal
from apologies.api import letter_serializers as serializers
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers import paging
from dossiers.api.asking import given_in, neighbours
from dossiers.statuses import Fault
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet

NUMBER = r"\d{1,9}"


class LetterViewSet(PortalViewSet):
    """Phiếu xin lỗi và hẹn lại của những hồ sơ mà người dùng được xem."""

    lookup_field = "pk"
    lookup_value_regex = NUMBER

    @extend_schema(
        operation_id="apology_letters",
        parameters=[serializers.LettersQuery],
        responses=serializers.LetterList,
    )
    def list(self, request: Request) -> Response:
        """Phiếu, mới nhất trước; có thể lọc theo tình trạng."""
        asked = request.query_params
        status = asked.get("status", "")
        if status and status not in LetterStatus.values:
            raise ValidationError({"status": ["Không có tình trạng này. Hãy xem mô tả API."]})
        letters = ApologyLetter.objects.visible_to(person(request)).for_list()
        found = paging.page(
            letters.filter(status=status) if status else letters,
            order=paging.NEWEST,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        rows = serializers.LetterOutput(found.rows, many=True)
        return Response({**neighbours(request, found, "status"), "results": rows.data})

    @extend_schema(operation_id="apology_letter", responses=serializers.LetterOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một phiếu."""
        return _told(_letter(request, pk))

    @extend_schema(
        operation_id="apology_letter_pdf",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str) -> HttpResponseBase:
        """Tệp PDF: bản đã ký số, hoặc bản xem trước của dự thảo khi đã vẽ xong."""
        letter = _letter(request, pk)
        order = showing.drawn_print(letter)
        if order is None:
            raise Http404("Tệp PDF của phiếu chưa được tạo xong.")
        try:
            content = order.file.open("rb")
        except FileNotFoundError:
            raise Http404("Tệp của phiếu không còn trên máy chủ.") from None
        name = f"phieu-xin-loi-{letter.dossier.code}.pdf"
        return FileResponse(content, filename=name, content_type="application/pdf")

    @extend_schema(
        operation_id="apology_letter_revise",
        request=serializers.ReviseInput,
        responses={200: serializers.LetterOutput},
    )
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str) -> Response:
        """Sửa nội dung dự thảo."""
        given = given_in(serializers.ReviseInput, request.data)
        grounds = Grounds(reason=given["reason"], fault=Fault(given["fault"]))
        return _done(request, pk, issuing.revise, given, grounds=grounds, new_day=given["new_day"])

    @extend_schema(
        operation_id="apology_letter_sign",
        request=serializers.RevisionInput,
        responses={200: serializers.LetterOutput},
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Ký: cấp số, đổi ngày hẹn, báo bộ phận một cửa và người nộp."""
        return _done(request, pk, issuing.sign, given_in(serializers.RevisionInput, request.data))

    @extend_schema(
        operation_id="apology_letter_withdraw",
        request=serializers.WithdrawLetterInput,
        responses={200: serializers.LetterOutput},
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Thu hồi phiếu sai; ngày hẹn lại giữ nguyên, phiếu thay thế chờ ký."""
        given = given_in(serializers.WithdrawLetterInput, request.data)
        return _done(request, pk, withdrawal.withdraw, given, reason=given["reason"])


def _letter(request: Request, pk: str) -> ApologyLetter:
    visible = ApologyLetter.objects.visible_to(person(request)).for_page()
    found = visible.filter(pk=int(pk)).first()
    if found is None:
        raise Http404("Không có phiếu này.")
    assert isinstance(found, ApologyLetter)  # noqa: S101 (tells mypy what the queryset holds)
    return found


def _done(request: Request, pk: str, act: Any, given: dict[str, Any], **facts: Any) -> Response:
    target = LetterTarget(pk=int(pk), expected_revision=given["revision"])
    try:
        kept = act(target=target, actor=person(request), at=timezone.now(), **facts)
    except ObjectDoesNotExist:
        raise Http404("Không có phiếu này.") from None
    return _told(kept)


def _told(letter: ApologyLetter) -> Response:
    return Response(serializers.LetterOutput(letter).data)
