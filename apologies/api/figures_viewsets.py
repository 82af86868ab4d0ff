"""Endpoints of the figures of apologies: a month's shares, and the dossiers behind them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apologies import compliance, figures
from apologies.figures import Month
from apologies.statuses import Compliance
from dossiers import paging
from dossiers.api.asking import neighbours
from dossiers.paging import Order
from dossiers.statuses import Fault
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.serializers import AgencyName
from organizations.models import User
from organizations.roles import Role


class FiguresQuery(serializers.Serializer[Any]):
    """Tháng."""

    month = serializers.CharField(required=False, help_text="2026-11; mặc định là tháng này.")


class BehindQuery(FiguresQuery):
    """Con số nào."""

    agency = serializers.CharField(required=False, help_text="Mã định danh cơ quan.")
    only = serializers.ChoiceField(choices=[*Compliance.values, "again"], required=False)
    fault = serializers.ChoiceField(choices=Fault.choices, required=False)
    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)


class AgencyFigures(serializers.Serializer[Any]):
    """Việc xin lỗi của một cơ quan trong tháng."""

    agency = serializers.CharField(source="agency__code")
    total = serializers.IntegerField(help_text="Hồ sơ lỡ hẹn.")
    in_time = serializers.IntegerField(help_text="Xin lỗi trước ngày hẹn ít nhất một ngày.")
    late = serializers.IntegerField()
    missing = serializers.IntegerField()
    share = serializers.FloatField(help_text="Phần trăm đã xin lỗi.")
    median_delay = serializers.DurationField()
    is_repeating = serializers.BooleanField(help_text="Tháng trước cũng có hồ sơ chưa xin lỗi.")


class ApologyFiguresOutput(serializers.Serializer[Any]):
    """Việc xin lỗi trong tháng."""

    month = serializers.CharField(source="month.name")
    totals = serializers.DictField(child=serializers.IntegerField())
    share = serializers.FloatField(allow_null=True)
    share_in_time = serializers.FloatField(allow_null=True)
    median_delay = serializers.DurationField(allow_null=True)
    faults = serializers.DictField(child=serializers.IntegerField())
    reasons = serializers.DictField(child=serializers.IntegerField())
    late_again = serializers.IntegerField(help_text="Hẹn lại rồi vẫn trễ.")
    agencies = AgencyFigures(many=True)


class BehindRow(serializers.Serializer[Any]):
    """Một hồ sơ lỡ hẹn."""

    code = serializers.CharField()
    agency = AgencyName()
    promise_at = serializers.DateTimeField(help_text="Ngày hẹn bị lỡ.")
    resolved_at = serializers.DateTimeField(allow_null=True)
    standing = serializers.ChoiceField(choices=Compliance.choices)
    apologised_at = serializers.DateTimeField(allow_null=True)


class BehindList(serializers.Serializer[Any]):
    """Một trang hồ sơ lỡ hẹn."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = BehindRow(many=True)


class FiguresViewSet(PortalViewSet):
    """Tuân thủ việc xin lỗi."""

    @extend_schema(
        operation_id="apology_figures", parameters=[FiguresQuery], responses=ApologyFiguresOutput
    )
    def list(self, request: Request) -> Response:
        """Tỷ lệ xin lỗi, đúng hạn, độ trễ, nguyên nhân trong một tháng, theo cơ quan."""
        at = timezone.now()
        month = Month.named(request.query_params.get("month", ""), at=at)
        found = figures.figures(user=_reader(request), month=month, at=at)
        return Response(ApologyFiguresOutput(found).data)

    @extend_schema(
        operation_id="apology_figures_dossiers", parameters=[BehindQuery], responses=BehindList
    )
    @action(detail=False, methods=["get"])
    def dossiers(self, request: Request) -> Response:
        """Hồ sơ đứng sau một con số, ngày hẹn bị lỡ sớm nhất trước."""
        user, at, asked = _reader(request), timezone.now(), request.query_params
        shape = BehindQuery(data=asked)
        if not shape.is_valid():
            raise ValidationError(shape.errors)
        late = figures.narrowed(
            figures.broken_in(user=user, month=Month.named(asked.get("month", ""), at=at), at=at),
            at=at,
            **{name: asked.get(name, "") for name in ("agency", "only", "fault")},
        )
        found = paging.page(
            compliance.with_standing(late).for_list(),
            order=Order("promise_at"),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        kept = ("month", "agency", "only", "fault")
        rows = BehindRow(found.rows, many=True)
        return Response({**neighbours(request, found, *kept), "results": rows.data})


def _reader(request: Request) -> User:
    user = person(request)
    if not user.has_role(Role.HEAD, Role.SUPERVISOR):
        raise PermissionDenied("Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh xem được số liệu này.")
    return user
