"""Endpoints of standing in for a colleague on leave: the acts and rules of the page."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from organizations import substituting
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.serializers import AgencyName
from organizations.models import Agency, User
from organizations.substituting import Leave


class LeaveInput(serializers.Serializer[Any]):
    """Ai nghỉ ở cơ quan nào, ai xử lý thay, từ ngày nào đến hết ngày nào."""

    absent = serializers.CharField(max_length=60, help_text="Tên đăng nhập của công chức nghỉ.")
    substitute = serializers.CharField(max_length=60, help_text="Tên đăng nhập của người thay.")
    agency = serializers.SlugRelatedField(
        slug_field="code", queryset=Agency.objects.filter(is_active=True)
    )
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class StandInOutput(serializers.Serializer[Any]):
    """Một người, theo tên đăng nhập và họ tên."""

    username = serializers.CharField()
    full_name = serializers.CharField()


class SubstitutionOutput(serializers.Serializer[Any]):
    """Một lần phân công xử lý thay."""

    id = serializers.IntegerField()
    absent = StandInOutput()
    substitute = StandInOutput()
    agency = AgencyName()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    reason = serializers.CharField()
    named_by = StandInOutput()
    named_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class SubstitutionViewSet(PortalViewSet):
    """Nghỉ và xử lý thay."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="substitutions_list", responses=SubstitutionOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các phân công đang hoặc sẽ có hiệu lực mà người dùng được xem, sớm nhất trước."""
        actor = substituting.require_naming(person(request))
        shown = substituting.shown_to(actor, on=timezone.localdate())
        return Response(SubstitutionOutput(shown, many=True).data)

    @extend_schema(
        operation_id="substitutions_name", request=LeaveInput, responses={201: SubstitutionOutput}
    )
    def create(self, request: Request) -> Response:
        """Phân công người xử lý thay một công chức nghỉ."""
        actor = substituting.require_naming(person(request))
        given = LeaveInput().run_validation(request.data)
        leave = Leave(
            absent=_known(given.pop("absent"), "absent"),
            substitute=_known(given.pop("substitute"), "substitute"),
            **given,
        )
        standing = substituting.name(
            leave=leave, actor=actor, at=timezone.now(), today=timezone.localdate()
        )
        return Response(SubstitutionOutput(standing).data, status=201)

    @extend_schema(operation_id="substitutions_end", request=None, responses=SubstitutionOutput)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Thôi phân công trước hạn; việc đã làm thay vẫn giữ nguyên."""
        actor = substituting.require_naming(person(request))
        ended = substituting.end(
            pk=int(pk), actor=actor, at=timezone.now(), today=timezone.localdate()
        )
        return Response(SubstitutionOutput(ended).data)


def _known(username: str, field: str) -> User:
    found = User.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        sentence = "Không có người dùng này. Hãy kiểm tra tên đăng nhập."
        raise ValidationError({field: [sentence]}, code="unknown")
    return found
