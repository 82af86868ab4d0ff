"""Endpoints of findings: the list of the page, one finding, and what is done about it."""

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import paging
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.serializers import AgencyName
from reporting.quality import handling, showing
from reporting.quality.filtering import Asked
from reporting.statuses import FindingKind, FindingStatus


class FindingQuery(serializers.Serializer[Any]):
    """Danh sách, loại dấu hiệu, cơ quan và trang."""

    tab = serializers.ChoiceField(
        choices=[(key, label) for key, (label, _) in showing.TABS.items()], required=False
    )
    kind = serializers.ChoiceField(choices=FindingKind.choices, required=False)
    agency = serializers.CharField(required=False, max_length=35, help_text="Mã định danh.")
    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)


class FindingReason(serializers.Serializer[Any]):
    """Giải trình, hoặc điều cần giải trình thêm."""

    reason = serializers.CharField(max_length=2000)


class FindingOutput(serializers.Serializer[Any]):
    """Một dấu hiệu dữ liệu cần xem lại."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FindingKind.choices)
    status = serializers.ChoiceField(choices=FindingStatus.choices)
    code = serializers.CharField(source="dossier.code", default=None, allow_null=True)
    other_code = serializers.CharField(source="other.code", default=None, allow_null=True)
    counter = serializers.CharField(source="counter.name")
    agency = AgencyName()
    sentence = serializers.SerializerMethodField()
    reason = serializers.CharField()
    since = serializers.DateTimeField()
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)

    def get_sentence(self, finding: Any) -> str:
        """What makes the record suspicious."""
        return showing.sentence(finding)


class FindingList(serializers.Serializer[Any]):
    """Một trang dấu hiệu."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = FindingOutput(many=True)


class FindingViewSet(PortalViewSet):
    """Dấu hiệu dữ liệu cần xem lại."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="findings_list", parameters=[FindingQuery], responses=FindingList)
    def list(self, request: Request) -> Response:
        """Dấu hiệu mà người dùng được xem."""
        given = FindingQuery().run_validation(request.query_params)
        names = {"tab": "tab", "kind": "loai", "agency": "co-quan"}
        asked = Asked.read({names[key]: given[key] for key in names if key in given})
        found = paging.page(
            asked.rows(person(request)).for_list(),
            order=paging.NEWEST,
            after=given.get("after", ""),
            before=given.get("before", ""),
        )
        kept = {key: given[key] for key in names if key in given}
        beside = {
            "next": _address(request, kept | {"after": found.after}, found.after),
            "previous": _address(request, kept | {"before": found.before}, found.before),
        }
        return Response({**beside, "results": FindingOutput(found.rows, many=True).data})

    @extend_schema(operation_id="findings_retrieve", responses=FindingOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một dấu hiệu."""
        return _told(request, pk)

    @extend_schema(operation_id="findings_take", request=None, responses=FindingOutput)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> Response:
        """Nhận xem xét."""
        handling.take(pk=int(pk), actor=person(request), at=timezone.now())
        return _told(request, pk)

    @extend_schema(operation_id="findings_explain", request=FindingReason, responses=FindingOutput)
    @action(detail=True, methods=["post"])
    def explain(self, request: Request, pk: str) -> Response:
        """Giải trình: dữ liệu không sai."""
        reason = FindingReason().run_validation(request.data)["reason"]
        handling.explain(pk=int(pk), reason=reason, actor=person(request), at=timezone.now())
        return _told(request, pk)

    @extend_schema(operation_id="findings_reopen", request=FindingReason, responses=FindingOutput)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Yêu cầu cơ quan giải trình thêm."""
        reason = FindingReason().run_validation(request.data)["reason"]
        handling.reopen(pk=int(pk), reason=reason, actor=person(request), at=timezone.now())
        return _told(request, pk)


def _told(request: Request, pk: str) -> Response:
    return Response(FindingOutput(handling.get_for(person(request), int(pk))).data)


def _address(request: Request, asked: dict[str, str], cursor: str) -> str | None:
    return request.build_absolute_uri(f"{request.path}?{urlencode(asked)}") if cursor else None
