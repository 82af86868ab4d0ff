"""Shapes of procedures in answers."""

from typing import Any

from rest_framework import serializers

from organizations.api.pages import NumberedPage, PageQuery
from procedures.statuses import ChannelKind, ClockEffect, ProcedureLevel
from workdays.units import TimeUnit


class FieldOutput(serializers.Serializer[Any]):
    """Lĩnh vực."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class ProcedureRow(serializers.Serializer[Any]):
    """Một dòng của danh mục."""

    code = serializers.CharField()
    name = serializers.CharField(source="current_version.name")
    version = serializers.IntegerField(source="current_version.number")
    field = FieldOutput(source="current_version.field")
    levels = serializers.ListField(
        source="current_version.levels",
        child=serializers.ChoiceField(choices=ProcedureLevel.choices),
    )


class ProcedureListOutput(NumberedPage):
    """Một trang của danh mục."""

    results = ProcedureRow(many=True)


class CaseOutput(serializers.Serializer[Any]):
    """Một cách nộp trong một trường hợp; `id` là `case` khi tiếp nhận hồ sơ."""

    id = serializers.IntegerField()
    channel = serializers.ChoiceField(source="kind", choices=ChannelKind.choices)
    case_text = serializers.CharField()
    time_limit = serializers.DecimalField(max_digits=9, decimal_places=3, allow_null=True)
    time_unit = serializers.ChoiceField(choices=[("", ""), *TimeUnit.choices])
    time_text = serializers.CharField()
    fee_amount = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    fee_text = serializers.CharField()


class RequiredPaperOutput(serializers.Serializer[Any]):
    """Một giấy tờ phải nộp; `id` là `required_paper` khi tiếp nhận hồ sơ."""

    id = serializers.IntegerField()
    group = serializers.CharField()
    name = serializers.CharField()
    template_name = serializers.CharField()
    originals = serializers.IntegerField(allow_null=True)
    copies = serializers.IntegerField(allow_null=True)


class LegalBasisOutput(serializers.Serializer[Any]):
    """Căn cứ pháp lý."""

    number = serializers.CharField()
    name = serializers.CharField()


class ProcedureResultOutput(serializers.Serializer[Any]):
    """Kết quả thực hiện."""

    code = serializers.CharField()
    name = serializers.CharField()


class HandlerOutput(serializers.Serializer[Any]):
    """Một cơ quan giải quyết thủ tục."""

    code = serializers.CharField(source="agency.code")
    name = serializers.CharField(source="agency.short_name")
    online_level = serializers.CharField()
    on_the_spot = serializers.BooleanField()


class ProcedureOutput(ProcedureRow):
    """Một thủ tục: nộp gì, bao lâu, bao nhiêu tiền, ở đâu."""

    retired_at = serializers.DateTimeField(allow_null=True)
    subjects = serializers.ListField(
        source="current_version.subjects", child=serializers.CharField()
    )
    process_text = serializers.CharField(source="current_version.process_text")
    conditions_text = serializers.CharField(source="current_version.conditions_text")
    cases = CaseOutput(source="current_version.channels.all", many=True)
    papers = RequiredPaperOutput(source="current_version.papers.all", many=True)
    legal_bases = LegalBasisOutput(source="current_version.legal_bases.all", many=True)
    results = ProcedureResultOutput(source="current_version.results.all", many=True)
    handlers = HandlerOutput(source="active_assignments", many=True)


class ProcedureQuery(PageQuery):
    """Bộ lọc của danh mục, như trên trang."""

    q = serializers.CharField(required=False, help_text="Tên hoặc mã, có dấu hay không dấu.")
    field = serializers.IntegerField(required=False, help_text="Số của lĩnh vực.")
    agency = serializers.IntegerField(required=False, help_text="Số của cơ quan.")
    level = serializers.ChoiceField(required=False, choices=ProcedureLevel.choices)


class ClockRuleInput(serializers.Serializer[Any]):
    """Quy tắc mới cho phiên bản đang áp dụng."""

    effect = serializers.ChoiceField(choices=ClockEffect.choices)
    in_force_from = serializers.DateField()
    basis = serializers.CharField(max_length=300)


class ClockRuleOutput(serializers.Serializer[Any]):
    """Một quy tắc tính thời hạn khi bổ sung hồ sơ."""

    effect = serializers.ChoiceField(choices=ClockEffect.choices)
    in_force_from = serializers.DateField()
    basis = serializers.CharField()
    decided_at = serializers.DateTimeField()
