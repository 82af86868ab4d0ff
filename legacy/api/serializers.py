"""Shapes of what clients of imports send and get."""

from typing import Any

from rest_framework import serializers

from legacy import fields
from legacy.models import ImportRun
from legacy.statuses import RowOutcome
from organizations.api.serializers import AgencyName
from organizations.models import Agency


class UploadInput(serializers.Serializer[Any]):
    """Tệp Excel của hệ thống cũ; cùng tên hệ thống thì bảng ghép cột lần trước được dùng lại."""

    submission_key = serializers.UUIDField()
    system = serializers.CharField(max_length=100, help_text="Tên hệ thống cũ.")
    agency = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Agency.objects.filter(is_active=True),
        required=False,
        default=None,
        allow_null=True,
        help_text="Cơ quan giải quyết của dòng không ghi cơ quan.",
    )
    file = serializers.FileField(max_length=200, help_text="Không quá 50 MB và 200.000 dòng.")


class MappingInput(serializers.Serializer[Any]):
    """Bảng ghép; bỏ trống thì dùng bảng đã lưu của hệ thống cũ."""

    columns = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True),
        required=False,
        default=None,
        allow_null=True,
        help_text="Theo mã trường: tiêu đề cột trong tệp.",
    )
    words = serializers.CharField(
        max_length=5000,
        required=False,
        default=None,
        allow_null=True,
        allow_blank=True,
        help_text="Mỗi dòng một trạng thái và số từ 1 đến 10, ví dụ: Đang thẩm định = 4.",
    )

    def validate_columns(self, columns: dict[str, str] | None) -> dict[str, str] | None:
        """Fields that there are."""
        strange = sorted(set(columns or {}) - set(fields.FIELDS))
        if strange:
            raise serializers.ValidationError(f"Không có trường “{strange[0][:40]}”.")
        return columns


class ImportOutput(serializers.Serializer[Any]):
    """Một lần nhập: chạy thử hay nhập thật, đã đến đâu."""

    id = serializers.IntegerField()
    system = serializers.CharField(source="system.name")
    agency = AgencyName(allow_null=True)
    actor = serializers.CharField(source="actor.full_name")
    is_dry = serializers.BooleanField()
    file_name = serializers.CharField()
    digest = serializers.CharField()
    asked_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    total = serializers.IntegerField()
    settled = serializers.IntegerField()
    taken = serializers.IntegerField()
    repeated = serializers.IntegerField()
    refused = serializers.IntegerField()
    remarked = serializers.IntegerField()
    failure = serializers.CharField(allow_blank=True)
    has_report = serializers.SerializerMethodField()

    def get_has_report(self, run: ImportRun) -> bool:
        """Is there a report of each row to fetch?"""
        return bool(run.report)


class ImportDetail(ImportOutput):
    """Một lần nhập và bảng ghép của nó."""

    columns = serializers.DictField(child=serializers.CharField())
    states = serializers.DictField(child=serializers.IntegerField())
    headers = serializers.ListField(
        child=serializers.CharField(),
        help_text="Tiêu đề cột của tệp, khi chưa bắt đầu.",
    )


class ProblemOutput(serializers.Serializer[Any]):
    """Cột nào, cần làm gì."""

    column = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField()


class ImportRowOutput(serializers.Serializer[Any]):
    """Một dòng không nhập được, hoặc nhập được có lưu ý."""

    number = serializers.IntegerField()
    legacy_code = serializers.CharField()
    outcome = serializers.ChoiceField(choices=RowOutcome.choices)
    dossier = serializers.CharField(source="dossier.code", allow_null=True, default=None)
    problems = serializers.SerializerMethodField()

    def get_problems(self, row: Any) -> list[dict[str, str]]:
        """By column."""
        return [{"column": column, "sentence": sentence} for column, sentence in row.problems]


class ImportRows(serializers.Serializer[Any]):
    """Một trang báo cáo từng dòng."""

    next = serializers.CharField(allow_null=True)
    results = ImportRowOutput(many=True)


class RowsQuery(serializers.Serializer[Any]):
    """Trang sau một dòng."""

    after = serializers.IntegerField(required=False, default=0, min_value=0, max_value=2_000_000)
