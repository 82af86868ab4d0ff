"""Endpoints of the catalogue: search and read what is published."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters.utils import translate_validation
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organizations.administering import require_administrator
from organizations.api.base import PortalViewSet
from organizations.api.pages import page_of
from procedures import clock_rules
from procedures.api.serializers import (
    ClockRuleInput,
    ClockRuleOutput,
    ProcedureListOutput,
    ProcedureOutput,
    ProcedureQuery,
)
from procedures.filters import ProcedureFilter
from procedures.models import (
    Channel,
    LegalBasis,
    Procedure,
    ProcedureAssignment,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.statuses import ClockEffect

_PARTS: dict[str, QuerySet[Any]] = {
    "channels": Channel.objects.order_by("position"),
    "papers": RequiredPaper.objects.order_by("position"),
    "legal_bases": LegalBasis.objects.order_by("position"),
    "results": ProcedureResult.objects.order_by("position"),
}


class ProcedureViewSet(PortalViewSet):
    """Danh mục thủ tục hành chính."""

    lookup_field = "code"
    lookup_value_regex = r"[0-9]\.[0-9]{6}"

    @extend_schema(
        operation_id="procedures_list", parameters=[ProcedureQuery], responses=ProcedureListOutput
    )
    def list(self, request: Request) -> Response:
        """Tìm thủ tục đang công bố: theo chữ hoặc mã, lĩnh vực, cơ quan, cấp."""
        page = page_of(request, _found(request))
        return Response(ProcedureListOutput(page).data)

    @extend_schema(operation_id="procedures_retrieve", responses=ProcedureOutput)
    def retrieve(self, request: Request, code: str) -> Response:
        """Một thủ tục với các trường hợp, giấy tờ, căn cứ và cơ quan giải quyết."""
        procedure = (
            Procedure.objects.filter(current_version__isnull=False)
            .with_version()
            .prefetch_related(
                *(
                    Prefetch(f"current_version__{name}", rows.all())
                    for name, rows in _PARTS.items()
                ),
                Prefetch("assignments", _active_assignments(), to_attr="active_assignments"),
            )
            .get(code=code)
        )
        return Response(ProcedureOutput(procedure).data)

    @extend_schema(operation_id="procedures_clock_rules_list", responses=ClockRuleOutput(many=True))
    @action(detail=True, url_path="clock-rules", url_name="clock-rules")
    def clock_rules(self, request: Request, code: str) -> Response:
        """Các quy tắc của phiên bản đang áp dụng, mới nhất trước."""
        require_administrator(request.user)
        rules = _current_version(code).clock_rules.order_by("-in_force_from")
        return Response(ClockRuleOutput(rules, many=True).data)

    @extend_schema(
        operation_id="procedures_clock_rules_create",
        request=ClockRuleInput,
        responses={201: ClockRuleOutput},
    )
    @clock_rules.mapping.post
    def decide_clock_rule(self, request: Request, code: str) -> Response:
        """Ghi quy tắc áp dụng từ một ngày, hôm nay hoặc sau đó."""
        actor = require_administrator(request.user)
        given = ClockRuleInput(data=request.data)
        given.is_valid(raise_exception=True)
        facts = given.validated_data
        rule = clock_rules.decide(
            version=_current_version(code),
            effect=ClockEffect(facts["effect"]),
            in_force_from=facts["in_force_from"],
            basis=facts["basis"],
            actor=actor,
            at=timezone.now(),
        )
        return Response(ClockRuleOutput(rule).data, status=201)


def _current_version(code: str) -> ProcedureVersion:
    versions = ProcedureVersion.objects.current()
    found: ProcedureVersion = get_object_or_404(versions, procedure__code=code)
    return found


def _found(request: Request) -> QuerySet[Procedure]:
    procedures = Procedure.objects.published().with_version().by_code()
    search = ProcedureFilter(request.query_params, queryset=procedures, request=request)
    if not search.is_valid():
        raise translate_validation(search.errors)
    found: QuerySet[Procedure] = search.qs
    return found


def _active_assignments() -> QuerySet[ProcedureAssignment]:
    return (
        ProcedureAssignment.objects.filter(is_active=True, agency__is_active=True)
        .select_related("agency")
        .order_by("agency__sort_key", "id")
    )
