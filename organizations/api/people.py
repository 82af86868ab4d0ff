"""Endpoints of administrators: people with their roles.

Passwords for one use are told once, in the answer to whoever gave them, and nowhere else.
"""

from typing import Any

from django.db.models import Q
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
from organizations.api.pages import NumberedPage, PageQuery, page_of
from organizations.api.serializers import PostingOutput
from organizations.models import Agency, Membership, ServiceCounter, User
from organizations.roles import Role


class RoleInput(serializers.Serializer[Any]):
    """Một vai trò tại một cơ quan; cán bộ một cửa gắn với một bộ phận một cửa."""

    role = serializers.ChoiceField(choices=Role.choices)
    agency = serializers.SlugRelatedField(
        slug_field="code", queryset=Agency.objects.filter(is_active=True)
    )
    counter = serializers.PrimaryKeyRelatedField(
        queryset=ServiceCounter.objects.filter(is_active=True),
        required=False,
        default=None,
        allow_null=True,
    )


class FactsInput(serializers.Serializer[Any]):
    """Những gì ghi về một người; chỉ gửi phần thay đổi."""

    full_name = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=120, allow_blank=True)
    phone = serializers.CharField(max_length=30, allow_blank=True)
    email = serializers.EmailField(allow_blank=True)
    is_active = serializers.BooleanField()


class NewPersonInput(RoleInput):
    """Người dùng mới với vai trò đầu tiên."""

    username = serializers.RegexField("^[a-z0-9][a-z0-9._-]*$", max_length=60)
    full_name = serializers.CharField(max_length=120)
    title = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    email = serializers.EmailField(required=False, default="", allow_blank=True)


class PostOutput(PostingOutput):
    """Một vai trò với số của nó."""

    id = serializers.IntegerField()


class AdministeredPerson(serializers.Serializer[Any]):
    """Người dùng như quản trị thấy."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    full_name = serializers.CharField()
    title = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()
    is_active = serializers.BooleanField()
    postings = PostOutput(many=True, source="memberships.all")


class PeopleQuery(PageQuery):
    """Trang, và chữ trong họ tên hoặc tên đăng nhập."""

    q = serializers.CharField(required=False, max_length=100)


class PeopleList(NumberedPage):
    """Một trang người dùng."""

    results = AdministeredPerson(many=True)


class PasswordOutput(serializers.Serializer[Any]):
    """Mật khẩu dùng một lần, chỉ hiện ở câu trả lời này."""

    username = serializers.CharField()
    password = serializers.CharField()


class PeopleViewSet(PortalViewSet):
    """Người dùng, cho quản trị hệ thống."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="people_list", parameters=[PeopleQuery], responses=PeopleList)
    def list(self, request: Request) -> Response:
        """Những người có vai trò trong phạm vi quản trị, theo họ tên."""
        known = _known(require_administrator(request.user))
        text = request.query_params.get("q", "")[:100].strip()
        if text:
            known = known.filter(Q(full_name__icontains=text) | Q(username__icontains=text))
        page = page_of(request, known.order_by("full_name", "id"))
        return Response(PeopleList(page).data)

    @extend_schema(operation_id="people_retrieve", responses=AdministeredPerson)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một người với các vai trò."""
        return _told(require_administrator(request.user), int(pk))

    @extend_schema(
        operation_id="people_add", request=NewPersonInput, responses={201: PasswordOutput}
    )
    def create(self, request: Request) -> Response:
        """Thêm người dùng; mật khẩu dùng một lần nằm trong câu trả lời."""
        actor = require_administrator(request.user)
        given = NewPersonInput().run_validation(request.data)
        membership = {name: given.pop(name) for name in ("role", "agency", "counter")}
        user, password = administration.add_user(
            facts=given, membership=membership, actor=actor, at=timezone.now()
        )
        return Response({"username": user.username, "password": password}, status=201)

    @extend_schema(operation_id="people_change", request=FactsInput, responses=AdministeredPerson)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Sửa thông tin, hoặc ngừng, mở lại việc đăng nhập."""
        actor = require_administrator(request.user)
        user = _person(actor, int(pk))
        shape = FactsInput(data=request.data, partial=True)
        shape.is_valid(raise_exception=True)
        administration.change_user(
            user=user, changed=shape.validated_data, actor=actor, at=timezone.now()
        )
        return _told(actor, user.pk)

    @extend_schema(operation_id="people_post", request=RoleInput, responses=AdministeredPerson)
    @action(detail=True, methods=["post"])
    def roles(self, request: Request, pk: str) -> Response:
        """Thêm vai trò."""
        actor = require_administrator(request.user)
        user = _person(actor, int(pk))
        given = RoleInput().run_validation(request.data)
        administration.post(user=user, membership=given, actor=actor, at=timezone.now())
        return _told(actor, user.pk)

    @extend_schema(operation_id="people_unpost", responses={204: None})
    def unpost(self, request: Request, pk: str, membership_id: str) -> Response:
        """Bỏ vai trò."""
        actor = require_administrator(request.user)
        held = Membership.objects.filter(user=_person(actor, int(pk)))
        membership = get_object_or_404(held, pk=int(membership_id))
        administration.unpost(membership=membership, actor=actor, at=timezone.now())
        return Response(status=204)

    @extend_schema(operation_id="people_reset_password", request=None, responses=PasswordOutput)
    @action(detail=True, methods=["post"], url_path="password", url_name="password")
    def password(self, request: Request, pk: str) -> Response:
        """Cấp lại mật khẩu dùng một lần; các phiên và token cũ hết hiệu lực."""
        actor = require_administrator(request.user)
        user = _person(actor, int(pk))
        password = administration.reset_password(user=user, actor=actor, at=timezone.now())
        return Response({"username": user.username, "password": password})


def _known(actor: User) -> Any:
    return administration.administered_people(actor).prefetch_related(administration.POSTINGS)


def _person(actor: User, pk: int) -> User:
    found: User = get_object_or_404(_known(actor), pk=pk)
    return found


def _told(actor: User, pk: int) -> Response:
    return Response(AdministeredPerson(_person(actor, pk)).data)
