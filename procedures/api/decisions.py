"""Endpoints of decisions (quyết định công bố): what they publish, what is late, making public."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organizations.administering import require_administrator
from organizations.api.base import PortalViewSet
from organizations.api.pages import NumberedPage, PageQuery, page_of
from procedures import publishing
from procedures.models import Decision
from procedures.statuses import DecisionKind, PublisherLevel


class DecisionOutput(serializers.Serializer[Any]):
    """Một quyết định công bố."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    issued_by = serializers.CharField()
    level = serializers.ChoiceField(choices=PublisherLevel.choices)
    issued_date = serializers.DateField()
    effective_date = serializers.DateField()
    recorded_at = serializers.DateTimeField(allow_null=True)


class DecisionList(NumberedPage):
    """Một trang quyết định công bố."""

    results = DecisionOutput(many=True)


class DecisionItemOutput(serializers.Serializer[Any]):
    """Một thủ tục của quyết định, với hai hạn của pháp luật."""

    id = serializers.IntegerField()
    procedure = serializers.CharField(source="procedure.code")
    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    note = serializers.CharField()
    basis = serializers.CharField()
    publish_by = serializers.DateField()
    public_by = serializers.DateField()
    applies_from = serializers.DateField()
    applied_at = serializers.DateTimeField(allow_null=True)
    made_public_at = serializers.DateTimeField(allow_null=True)
    was_published_late = serializers.BooleanField()
    is_public_late = serializers.BooleanField()


class DecisionDetail(DecisionOutput):
    """Một quyết định với các thủ tục của nó."""

    items = DecisionItemOutput(many=True, source="told_items")


class MakePublicInput(serializers.Serializer[Any]):
    """Các mục được công khai."""

    items = serializers.ListField(
        child=serializers.IntegerField(min_value=1), min_length=1, max_length=1000
    )


class DecisionViewSet(PortalViewSet):
    """Quyết định công bố."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="decisions_list", parameters=[PageQuery], responses=DecisionList)
    def list(self, request: Request) -> Response:
        """Các quyết định đã ghi, mới nhất trước."""
        require_administrator(request.user)
        page = page_of(request, Decision.objects.recorded().latest_first())
        return Response(DecisionList(page).data)

    @extend_schema(operation_id="decisions_retrieve", responses=DecisionDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một quyết định, các thủ tục và hạn công bố, công khai."""
        require_administrator(request.user)
        return Response(_told(int(pk)))

    @extend_schema(
        operation_id="decisions_make_public", request=MakePublicInput, responses=DecisionDetail
    )
    @action(detail=True, methods=["post"], url_path="make-public", url_name="make-public")
    def make_public(self, request: Request, pk: str) -> Response:
        """Ghi thời điểm công khai của các mục."""
        actor = require_administrator(request.user)
        given = MakePublicInput().run_validation(request.data)
        publishing.make_public(
            decision=_decision(int(pk)), item_ids=given["items"], actor=actor, at=timezone.now()
        )
        return Response(_told(int(pk)))


def _decision(pk: int) -> Any:
    return get_object_or_404(Decision.objects.recorded(), pk=pk)


def _told(pk: int) -> Any:
    decision = _decision(pk)
    items = decision.items.with_lateness(today=timezone.localdate())
    decision.told_items = items.select_related("procedure").order_by("procedure__code")
    return DecisionDetail(decision).data
