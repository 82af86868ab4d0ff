"""Endpoints of agencies and their counters: the list for everybody, changes for administrators."""

from typing import Any

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organizations import administration
from organizations.administering import require_administrator
from organizations.api.base import PortalViewSet
from organizations.api.serializers import AgencyName, AgencyOutput
from organizations.models import Agency, ServiceCounter, User
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts
from workdays.models import WorkSchedule


class AgencyFactsInput(serializers.Serializer[Any]):
    """Những gì ghi về một cơ quan; chỉ gửi phần thay đổi. Mã và nơi trực thuộc không đổi được."""

    name = serializers.CharField(max_length=200)
    short_name = serializers.CharField(max_length=60)
    place = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=300, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    due_soon_days = serializers.IntegerField(min_value=1, max_value=30)
    is_active = serializers.BooleanField()


class NewAgencyInput(serializers.Serializer[Any]):
    """Cơ quan mới, trực thuộc một cơ quan trong phạm vi quản trị."""

    parent = serializers.SlugRelatedField(  # type: ignore[assignment]
        slug_field="code", queryset=Agency.objects.filter(is_active=True)
    )
    code = serializers.CharField(max_length=35, help_text="Dạng H41.15; không đổi được về sau.")
    kind = serializers.ChoiceField(choices=AgencyKind.choices)
    name = serializers.CharField(max_length=200)
    short_name = serializers.CharField(max_length=60)
    place = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    schedule = serializers.PrimaryKeyRelatedField(
        queryset=WorkSchedule.objects.all(),
        required=False,
        default=None,
        allow_null=True,
        help_text="Giờ làm việc; bỏ trống thì như cơ quan cấp trên.",
    )


class NewCounterInput(serializers.Serializer[Any]):
    """Bộ phận một cửa mới."""

    name = serializers.CharField(max_length=200)
    address = serializers.CharField(max_length=300)
    phone = serializers.CharField(max_length=30)


class CounterInput(NewCounterInput):
    """Những gì ghi về một bộ phận một cửa; chỉ gửi phần thay đổi."""

    is_active = serializers.BooleanField()


class CounterOutput(serializers.Serializer[Any]):
    """Một bộ phận một cửa."""

    id = serializers.IntegerField()
    agency = AgencyName()
    name = serializers.CharField()
    address = serializers.CharField()
    phone = serializers.CharField()
    is_active = serializers.BooleanField()


class AgencyDetail(AgencyOutput):
    """Một cơ quan như quản trị thấy, với các bộ phận một cửa."""

    place = serializers.CharField()
    address = serializers.CharField()
    phone = serializers.CharField()
    due_soon_days = serializers.IntegerField()
    schedule = serializers.IntegerField(source="schedule_id")
    is_active = serializers.BooleanField()
    counters = CounterOutput(many=True, source="told_counters")


class AgencyViewSet(PortalViewSet):
    """Các cơ quan."""

    lookup_field = "code"
    lookup_value_regex = "[A-Z0-9.]{1,35}"

    @extend_schema(operation_id="agencies_list", responses=AgencyOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các cơ quan đang hoạt động, theo thứ tự tên tiếng Việt."""
        agencies = Agency.objects.active().in_order().annotate(parent_code=F("parent__code"))
        return Response(AgencyOutput(agencies, many=True).data)

    @extend_schema(operation_id="agencies_retrieve", responses=AgencyDetail)
    def retrieve(self, request: Request, code: str) -> Response:
        """Một cơ quan trong phạm vi quản trị."""
        agency = get_object_or_404(_within(require_administrator(request.user)), code=code)
        return _told(agency)

    @extend_schema(
        operation_id="agencies_add", request=NewAgencyInput, responses={201: AgencyDetail}
    )
    def create(self, request: Request) -> Response:
        """Thêm cơ quan."""
        actor = require_administrator(request.user)
        given = NewAgencyInput().run_validation(request.data)
        parent, schedule = given.pop("parent"), given.pop("schedule")
        facts = AgencyFacts(**{**given, "kind": AgencyKind(given["kind"])})
        made = administration.add_agency(
            facts=facts,
            parent=parent,
            schedule=schedule or parent.schedule,
            actor=actor,
            at=timezone.now(),
        )
        return _told(made, status=201)

    @extend_schema(operation_id="agencies_change", request=AgencyFactsInput, responses=AgencyDetail)
    def partial_update(self, request: Request, code: str) -> Response:
        """Sửa thông tin, hoặc ngừng, mở lại hoạt động."""
        actor = require_administrator(request.user)
        agency = get_object_or_404(_within(actor), code=code)
        changed = _changed(AgencyFactsInput, request)
        administration.change_agency(agency=agency, changed=changed, actor=actor, at=timezone.now())
        return _told(agency)

    @extend_schema(
        operation_id="agencies_add_counter",
        request=NewCounterInput,
        responses={201: CounterOutput},
    )
    @action(detail=True, methods=["post"])
    def counters(self, request: Request, code: str) -> Response:
        """Thêm bộ phận một cửa của cơ quan."""
        actor = require_administrator(request.user)
        agency = get_object_or_404(_within(actor), code=code)
        made = administration.add_counter(
            agency=agency,
            facts=NewCounterInput().run_validation(request.data),
            actor=actor,
            at=timezone.now(),
        )
        return Response(CounterOutput(made).data, status=201)


class CounterViewSet(PortalViewSet):
    """Bộ phận một cửa, cho quản trị hệ thống."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="counters_change", request=CounterInput, responses=CounterOutput)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Sửa thông tin, hoặc ngừng, mở lại hoạt động."""
        actor = require_administrator(request.user)
        kept = ServiceCounter.objects.filter(agency__in=administration.administered_ids(actor))
        counter = get_object_or_404(kept.select_related("agency"), pk=int(pk))
        changed = _changed(CounterInput, request)
        administration.change_counter(
            counter=counter, changed=changed, actor=actor, at=timezone.now()
        )
        return Response(CounterOutput(kept.select_related("agency").get(pk=counter.pk)).data)


def _changed(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The fields that were sent, in their right shape."""
    sent = shape(data=request.data, partial=True)
    sent.is_valid(raise_exception=True)
    changed: dict[str, Any] = sent.validated_data
    return changed


def _within(actor: User) -> QuerySet[Agency]:
    return Agency.objects.filter(pk__in=administration.administered_ids(actor))


def _told(agency: Agency, status: int = 200) -> Response:
    """How the agency stands now."""
    told: Any = Agency.objects.annotate(parent_code=F("parent__code")).get(pk=agency.pk)
    told.told_counters = agency.counters.select_related("agency").order_by("name", "id")
    return Response(AgencyDetail(told).data, status=status)
