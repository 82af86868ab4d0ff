"""Endpoints of the sets of rules: read with their articles, entered for a day, taken back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import rule_scheduling
from dossiers.models import RuleBook
from dossiers.rule_scheduling import Given, Plan
from dossiers.rules import KINDS
from organizations.administering import require_administrator
from organizations.api.base import PortalViewSet

_KEYS = [(key, kind.label) for key, kind in KINDS.items()]


class RuleValueShape(serializers.Serializer[Any]):
    """Một quy tắc với điều, khoản của nó."""

    key = serializers.ChoiceField(choices=_KEYS)
    text = serializers.CharField(max_length=100, allow_blank=True)
    article = serializers.CharField(max_length=200)
    is_verified = serializers.BooleanField(default=False)


class RuleSetInput(serializers.Serializer[Any]):
    """Bộ quy tắc cho một ngày sắp tới; đủ mọi quy tắc."""

    code = serializers.SlugField(max_length=30)
    title = serializers.CharField(max_length=200)
    in_force_from = serializers.DateField()
    values = RuleValueShape(many=True)

    def validate_values(self, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Every rule once."""
        given = [value["key"] for value in values]
        if sorted(given) != sorted(KINDS):
            raise serializers.ValidationError("Mỗi quy tắc phải có đúng một giá trị.")
        return values


class GovernedOutput(serializers.Serializer[Any]):
    """Số hồ sơ đang chạy theo bộ này ở một cơ quan."""

    agency = serializers.CharField()
    count = serializers.IntegerField()


class RuleSetOutput(serializers.Serializer[Any]):
    """Một bộ quy tắc."""

    code = serializers.CharField()
    title = serializers.CharField()
    in_force_from = serializers.DateField()
    scheduled_at = serializers.DateTimeField(allow_null=True)
    values = RuleValueShape(many=True, source="told_values")
    governed = GovernedOutput(many=True)


class RuleSetViewSet(PortalViewSet):
    """Bộ quy tắc."""

    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]{1,30}"

    @extend_schema(operation_id="rule_sets_list", responses=RuleSetOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các bộ quy tắc theo ngày có hiệu lực, và hồ sơ đang chạy theo từng bộ."""
        require_administrator(request.user)
        books = RuleBook.objects.in_order().prefetch_related("values")
        counted = rule_scheduling.governed()
        return Response([_told(book, counted.get(book.code, [])) for book in books])

    @extend_schema(operation_id="rule_sets_retrieve", responses=RuleSetOutput)
    def retrieve(self, request: Request, code: str) -> Response:
        """Một bộ quy tắc."""
        require_administrator(request.user)
        book = get_object_or_404(RuleBook.objects.prefetch_related("values"), code=code)
        return Response(_told(book, rule_scheduling.governed().get(code, [])))

    @extend_schema(
        operation_id="rule_sets_schedule", request=RuleSetInput, responses={201: RuleSetOutput}
    )
    def create(self, request: Request) -> Response:
        """Đặt lịch một bộ quy tắc mới."""
        actor = require_administrator(request.user)
        given = RuleSetInput().run_validation(request.data)
        values = {
            value["key"]: Given(
                text=value["text"], article=value["article"], is_verified=value["is_verified"]
            )
            for value in given["values"]
        }
        plan = Plan(
            code=given["code"],
            title=given["title"],
            in_force_from=given["in_force_from"],
            values=values,
        )
        book = rule_scheduling.schedule(plan=plan, actor=actor, at=timezone.now())
        return Response(_told(book, []), status=201)

    @extend_schema(operation_id="rule_sets_cancel", responses={204: None})
    def destroy(self, request: Request, code: str) -> Response:
        """Hủy một bộ chưa đến gần ngày có hiệu lực."""
        actor = require_administrator(request.user)
        rule_scheduling.cancel(code=code, actor=actor, at=timezone.now())
        return Response(status=204)


def _told(book: Any, governed: list[rule_scheduling.Governed]) -> Any:
    known = {value.key: value for value in book.values.all()}
    book.told_values = [known[key] for key in KINDS if key in known]
    book.governed = governed
    return RuleSetOutput(book).data
