"""Endpoints of letters: the two lists, one letter, and the heads' acts."""

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from apologies import issuing, listing, withdrawal
from apologies.api import serializers
from apologies.api.serializers import ApologyList, ApologyOutput
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import ApologyLetter
from dossiers import paging
from dossiers.statuses import Fault
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet


class ApologyViewSet(PortalViewSet):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả."""

    lookup_field = "pk"
    lookup_value_regex = r"[0-9]{1,18}"

    @extend_schema(
        operation_id="apologies_list",
        parameters=[serializers.ApologyQuery],
        responses=ApologyList,
    )
    def list(self, request: Request) -> Response:
        """Phiếu chờ người dùng ký (gần ngày hẹn nhất trước), hoặc phiếu đã ký (mới nhất trước)."""
        given = serializers.ApologyQuery().run_validation(request.query_params.dict())
        user = person(request)
        drafts = given["list"] == "to_sign"
        found = paging.page(
            listing.to_sign(user) if drafts else listing.decided(user),
            order=listing.BY_PROMISE if drafts else paging.NEWEST,
            after=given["after"],
            before=given["before"],
        )
        body = {
            "next": _neighbour(request, given["list"], "after", found.after),
            "previous": _neighbour(request, given["list"], "before", found.before),
            "results": ApologyOutput(found.rows, many=True).data,
        }
        return Response(body)

    @extend_schema(operation_id="apologies_retrieve", responses=ApologyOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một phiếu của hồ sơ mà người dùng được xem."""
        return _told(request, pk)

    @extend_schema(
        operation_id="apologies_revise",
        request=serializers.ApologyTextInput,
        responses=ApologyOutput,
    )
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str) -> Response:
        """Sửa lý do, nguyên nhân và ngày hẹn mới của dự thảo."""
        given = _given(serializers.ApologyTextInput, request)
        issuing.revise(
            target=_target(pk, given),
            grounds=Grounds(reason=given["reason"], fault=Fault(given["fault"])),
            new_day=given["new_day"],
            actor=person(request),
            at=timezone.now(),
        )
        return _told(request, pk)

    @extend_schema(
        operation_id="apologies_sign",
        request=serializers.ApologyActInput,
        responses=ApologyOutput,
    )
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Ký phiếu: cấp số, hẹn lại một lần, báo bộ phận một cửa và người nộp."""
        given = _given(serializers.ApologyActInput, request)
        issuing.sign(target=_target(pk, given), actor=person(request), at=timezone.now())
        return _told(request, pk)

    @extend_schema(
        operation_id="apologies_withdraw",
        request=serializers.ApologyWithdrawalInput,
        responses=ApologyOutput,
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Thu hồi phiếu sai, có lý do; ngày hẹn lại giữ nguyên."""
        given = _given(serializers.ApologyWithdrawalInput, request)
        withdrawal.withdraw(
            target=_target(pk, given),
            reason=given["reason"],
            actor=person(request),
            at=timezone.now(),
        )
        return _told(request, pk)


def _given(shape: type[Serializer[Any]], request: Request) -> dict[str, Any]:
    asked: dict[str, Any] = shape().run_validation(request.data)
    return asked


def _target(pk: str, given: dict[str, Any]) -> LetterTarget:
    return LetterTarget(pk=int(pk), expected_revision=given["revision"])


def _told(request: Request, pk: str) -> Response:
    found = ApologyLetter.objects.visible_to(person(request)).for_page().get(pk=int(pk))
    return Response(ApologyOutput(found).data)


def _neighbour(request: Request, chosen: str, name: str, cursor: str) -> str | None:
    """The address of the page before or after, of the same list."""
    if not cursor:
        return None
    query = urlencode({"list": chosen, name: cursor})
    return request.build_absolute_uri(f"{request.path}?{query}")
