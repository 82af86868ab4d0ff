"""Endpoints of extensions and of the ladder: lists and the acts of the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apologies import extending, ladder_listing
from apologies.api import extension_serializers as serializers
from apologies.extending import Need
from apologies.models import ExtensionRequest
from apologies.statuses import DelayReason, Rung
from dossiers import paging
from dossiers.api.asking import given_in, neighbours
from dossiers.converters import DossierCodeConverter
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.statuses import Fault
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet


class ExtensionViewSet(PortalViewSet):
    """Phiếu đề nghị gia hạn, theo mã hồ sơ."""

    lookup_field = "code"
    lookup_value_regex = DossierCodeConverter.regex

    @extend_schema(
        operation_id="extensions_list",
        parameters=[serializers.PageQuery],
        responses=serializers.ExtensionList,
    )
    def list(self, request: Request) -> Response:
        """Phiếu đề nghị gia hạn của những hồ sơ mà người dùng được xem, mới nhất trước."""
        visible = Dossier.objects.visible_to(person(request))
        found = paging.page(
            ExtensionRequest.objects.filter(dossier__in=visible).select_related(
                "dossier__agency", "asked_by", "decided_by"
            ),
            order=paging.NEWEST,
            after=request.query_params.get("after", ""),
            before=request.query_params.get("before", ""),
        )
        rows = serializers.ExtensionOutput(found.rows, many=True)
        return Response({**neighbours(request, found), "results": rows.data})

    @extend_schema(
        operation_id="extensions_ask",
        request=serializers.ExtensionAskInput,
        responses={200: serializers.ExtensionOutput},
    )
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, code: str) -> Response:
        """Đề nghị lãnh đạo gia hạn; mỗi hồ sơ chỉ được một lần."""
        given = given_in(serializers.ExtensionAskInput, request.data)
        need = Need(
            reason_kind=DelayReason(given["reason_kind"]),
            reason_text=given["reason_text"],
            fault=Fault(given["fault"]),
            new_day=given["new_day"],
        )
        target = Target(code=code, expected_version=given["version"])
        asked = extending.ask(target=target, need=need, actor=person(request), at=timezone.now())
        return _told(asked)

    @extend_schema(
        operation_id="extensions_accept",
        request=serializers.ExtensionAcceptInput,
        responses={200: serializers.ExtensionOutput},
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, code: str) -> Response:
        """Đồng ý gia hạn; ngày hẹn đổi khi phiếu xin lỗi được ký."""
        given = given_in(serializers.ExtensionAcceptInput, request.data)
        decided = extending.accept(
            target=Target(code=code, expected_version=given["version"]),
            new_day=given["new_day"],
            actor=person(request),
            at=timezone.now(),
        )
        return _told(decided)

    @extend_schema(
        operation_id="extensions_refuse",
        request=serializers.ExtensionRefuseInput,
        responses={200: serializers.ExtensionOutput},
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, code: str) -> Response:
        """Không đồng ý gia hạn; ngày hẹn trả không đổi."""
        given = given_in(serializers.ExtensionRefuseInput, request.data)
        decided = extending.refuse(
            target=Target(code=code, expected_version=given["version"]),
            reason=given["reason"],
            actor=person(request),
            at=timezone.now(),
        )
        return _told(decided)


def _told(request: ExtensionRequest) -> Response:
    return Response(serializers.ExtensionOutput(request).data)


class LadderViewSet(PortalViewSet):
    """Bậc thang nhắc việc."""

    @extend_schema(
        operation_id="apology_ladder",
        parameters=[serializers.LadderQuery],
        responses=serializers.LadderList,
    )
    def list(self, request: Request) -> Response:
        """Hồ sơ sắp đến hạn, quá hạn và bậc đã nhắc, gần ngày hẹn nhất trước."""
        user, asked = person(request), request.query_params
        rung = asked.get("rung", "")
        if rung and rung not in Rung.values:
            raise ValidationError({"rung": ["Không có bậc này. Hãy xem mô tả API."]})
        found = paging.page(
            ladder_listing.on_rung(user, rung).for_list(),
            order=paging.BY_DUE,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        standings = ladder_listing.standings(found.rows, viewer=user, at=timezone.now())
        rows = serializers.LadderRow(standings, many=True)
        return Response({**neighbours(request, found, "rung"), "results": rows.data})
