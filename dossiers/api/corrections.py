"""Endpoints of corrections: the lists, a proposal, and its decision."""

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import correcting, correction_access, correction_showing, paging
from dossiers.api.acts import given_in
from dossiers.converters import DossierCodeConverter
from dossiers.correcting import Claim
from dossiers.holding import Target
from dossiers.models import Correction
from dossiers.statuses import CorrectionStatus, MomentKind
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.serializers import AgencyName

_LONGEST = 2000


class CorrectionQuery(serializers.Serializer[Any]):
    """Danh sách và trang."""

    tab = serializers.ChoiceField(
        choices=[(tab.key, tab.label) for tab in correction_showing.TABS], required=False
    )
    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)


class CorrectionInput(serializers.Serializer[Any]):
    """Đề nghị đính chính; tệp chứng minh tải lên trên trang của hồ sơ."""

    dossier = serializers.RegexField(rf"^{DossierCodeConverter.regex}\Z", max_length=60)
    version = serializers.IntegerField(
        required=False, default=None, min_value=0, max_value=2_000_000_000
    )
    moment = serializers.ChoiceField(choices=MomentKind.choices)
    true_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=_LONGEST)
    reference = serializers.CharField(max_length=300)


class AcceptCorrectionInput(serializers.Serializer[Any]):
    """Chấp nhận."""

    note = serializers.CharField(max_length=_LONGEST, required=False, default="", allow_blank=True)


class RefuseCorrectionInput(serializers.Serializer[Any]):
    """Không chấp nhận, có lý do."""

    note = serializers.CharField(max_length=_LONGEST)


class CorrectionOutput(serializers.Serializer[Any]):
    """Một đính chính: mốc đã ghi và mốc thực tế đứng cạnh nhau."""

    id = serializers.IntegerField()
    code = serializers.CharField(source="dossier.code")
    agency = AgencyName(source="dossier.agency")
    moment = serializers.ChoiceField(choices=MomentKind.choices)
    status = serializers.ChoiceField(choices=CorrectionStatus.choices)
    former_at = serializers.DateTimeField()
    true_at = serializers.DateTimeField()
    improves = serializers.BooleanField()
    reason = serializers.CharField()
    reference = serializers.CharField()
    evidence_sha256 = serializers.CharField(source="evidence.sha256", default="")
    proposed_by = serializers.CharField(source="proposed_by.full_name")
    proposed_at = serializers.DateTimeField()
    decided_by = serializers.CharField(source="decided_by.full_name", default="")
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_note = serializers.CharField()


class CorrectionList(serializers.Serializer[Any]):
    """Một trang đính chính."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = CorrectionOutput(many=True)


class CorrectionViewSet(PortalViewSet):
    """Đính chính mốc thời gian."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        operation_id="corrections_list", parameters=[CorrectionQuery], responses=CorrectionList
    )
    def list(self, request: Request) -> Response:
        """Đính chính mà người dùng được xem, theo danh sách đã chọn."""
        asked = request.query_params
        key = asked.get("tab", correction_showing.MINE.key)
        if key not in correction_showing.BY_KEY:
            raise ValidationError({"tab": "Không có danh sách này."})
        tab = correction_showing.BY_KEY[key]
        found = paging.page(
            correction_showing.corrections_of(tab, user=person(request)).for_list(),
            order=tab.order,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        rows = CorrectionOutput(found.rows, many=True)
        beside = {
            "next": _address(request, key, "after", found.after),
            "previous": _address(request, key, "before", found.before),
        }
        return Response({**beside, "results": rows.data})

    @extend_schema(operation_id="corrections_retrieve", responses=CorrectionOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một đính chính."""
        return _told(request, int(pk))

    @extend_schema(
        operation_id="corrections_propose",
        request=CorrectionInput,
        responses={201: CorrectionOutput},
    )
    def create(self, request: Request) -> Response:
        """Đề nghị đính chính một mốc của một hồ sơ."""
        given = given_in(CorrectionInput, request.data)
        claim = Claim(
            moment=MomentKind(given["moment"]),
            true_at=given["true_at"],
            reason=given["reason"],
            reference=given["reference"],
        )
        target = Target(code=given["dossier"], expected_version=given["version"])
        made = correcting.propose(
            target=target, claim=claim, actor=person(request), at=timezone.now()
        )
        return _told(request, made.pk, status=201)

    @extend_schema(
        operation_id="corrections_accept",
        request=AcceptCorrectionInput,
        responses=CorrectionOutput,
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Chấp nhận, bởi người thứ hai."""
        given = given_in(AcceptCorrectionInput, request.data)
        correcting.accept(pk=int(pk), note=given["note"], actor=person(request), at=timezone.now())
        return _told(request, int(pk))

    @extend_schema(
        operation_id="corrections_refuse",
        request=RefuseCorrectionInput,
        responses=CorrectionOutput,
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        """Không chấp nhận, có lý do."""
        given = given_in(RefuseCorrectionInput, request.data)
        correcting.refuse(pk=int(pk), note=given["note"], actor=person(request), at=timezone.now())
        return _told(request, int(pk))


def _told(request: Request, pk: int, status: int = 200) -> Response:
    found: Correction = correction_access.get_for(person(request), pk)
    return Response(CorrectionOutput(found).data, status=status)


def _address(request: Request, tab: str, name: str, cursor: str) -> str | None:
    asked = urlencode({"tab": tab, name: cursor})
    return request.build_absolute_uri(f"{request.path}?{asked}") if cursor else None
