"""Shapes of what clients of the desk send and get: bulk runs, exports, notes."""

from typing import Any

from rest_framework import serializers

from desk.statuses import BulkAct, ItemState
from dossiers.columns import COLUMNS
from dossiers.converters import DossierCodeConverter
from organizations.models import User


class MarkInput(serializers.Serializer[Any]):
    """Một hồ sơ được đánh dấu và số sự kiện của nó khi người dùng xem."""

    code = serializers.RegexField(rf"^{DossierCodeConverter.regex}\Z", max_length=60)
    version = serializers.IntegerField(min_value=0)


class BulkInput(serializers.Serializer[Any]):
    """Một việc trên nhiều hồ sơ."""

    act = serializers.ChoiceField(choices=BulkAct.choices)
    dossiers = MarkInput(many=True)
    submission_key = serializers.UUIDField()
    officer = serializers.SlugRelatedField(
        slug_field="username",
        queryset=User.objects.filter(is_active=True),
        required=False,
        default=None,
        allow_null=True,
    )
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class BulkRunOutput(serializers.Serializer[Any]):
    """Một lần làm hàng loạt."""

    id = serializers.IntegerField()
    act = serializers.ChoiceField(choices=BulkAct.choices)
    officer = serializers.CharField(source="officer.username", allow_null=True, default=None)
    reason = serializers.CharField()
    asked_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    failure = serializers.CharField()
    has_file = serializers.SerializerMethodField()

    def get_has_file(self, run: Any) -> bool:
        """Is there a file of all receipts to fetch?"""
        return bool(run.file)


class BulkItemOutput(serializers.Serializer[Any]):
    """Kết quả của một hồ sơ."""

    code = serializers.CharField(source="dossier.code")
    state = serializers.ChoiceField(choices=ItemState.choices)
    told = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)


class BulkRunDetail(BulkRunOutput):
    """Một lần làm hàng loạt với kết quả của từng hồ sơ."""

    items = BulkItemOutput(many=True, source="told_items")


class ExportInput(serializers.Serializer[Any]):
    """Xuất một danh sách ra Excel."""

    query = serializers.CharField(
        max_length=2000,
        required=False,
        default="",
        allow_blank=True,
        help_text="Bộ lọc của danh sách như trên địa chỉ trang, ví dụ tab=tat-ca.",
    )
    columns = serializers.ListField(
        child=serializers.ChoiceField(choices=[(each.key, each.label) for each in COLUMNS]),
        max_length=len(COLUMNS),
    )
    submission_key = serializers.UUIDField()


class ExportOutput(serializers.Serializer[Any]):
    """Một tệp Excel."""

    id = serializers.IntegerField()
    query = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    asked_at = serializers.DateTimeField()
    expected_rows = serializers.IntegerField()
    written_rows = serializers.IntegerField()
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField()
    is_ready = serializers.BooleanField()
    failure = serializers.CharField()


class NoteInput(serializers.Serializer[Any]):
    """Ghi chú nội bộ; “@tên đăng nhập” nhắc một người."""

    text = serializers.CharField(max_length=2000)


class NoteOutput(serializers.Serializer[Any]):
    """Một ghi chú nội bộ."""

    id = serializers.IntegerField()
    author = serializers.CharField(source="author.full_name")
    text = serializers.CharField()
    written_at = serializers.DateTimeField()
