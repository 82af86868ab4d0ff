"""Shapes of people, tokens and agencies."""

from typing import Any

from rest_framework import serializers

from organizations.roles import Role
from organizations.statuses import AgencyKind


class SignInInput(serializers.Serializer[Any]):
    """Tên đăng nhập và mật khẩu."""

    username = serializers.CharField(max_length=60)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class TokenOutput(serializers.Serializer[Any]):
    """The token is shown once; the portal keeps only its hash."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)


class AgencyName(serializers.Serializer[Any]):
    """Mã định danh và tên gọi tắt."""

    code = serializers.CharField()
    name = serializers.CharField(source="short_name")


class CounterName(serializers.Serializer[Any]):
    """Bộ phận một cửa."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class PostingOutput(serializers.Serializer[Any]):
    """Một vai trò tại một cơ quan."""

    role = serializers.ChoiceField(choices=Role.choices)
    role_label = serializers.CharField(source="get_role_display")
    agency = AgencyName()
    counter = CounterName(allow_null=True)


class PersonOutput(serializers.Serializer[Any]):
    """Người đang đăng nhập."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    title = serializers.CharField()
    postings = PostingOutput(many=True)


class AgencyOutput(serializers.Serializer[Any]):
    """Cơ quan."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    kind = serializers.ChoiceField(choices=AgencyKind.choices)
    parent_code = serializers.CharField(allow_null=True)
