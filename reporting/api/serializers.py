"""Shapes of figures as programs ask for and get them."""

from typing import Any

from rest_framework import serializers


class FiguresQuery(serializers.Serializer[Any]):
    """Kỳ và ngày được hỏi."""

    period = serializers.CharField(
        required=False, help_text="2026-11, 2026-Q4, 2026-H2, 2026, thêm -tk; bỏ trống: tháng này."
    )
    as_of = serializers.DateField(required=False, help_text="Như đã biết hết ngày này.")


class ComponentFigures(serializers.Serializer[Any]):
    """Một chỉ số thành phần."""

    code = serializers.CharField()
    numerator = serializers.IntegerField(allow_null=True)
    denominator = serializers.IntegerField(allow_null=True)
    points = serializers.DecimalField(max_digits=5, decimal_places=2)
    maximum = serializers.DecimalField(max_digits=5, decimal_places=2)
    note = serializers.CharField(help_text="Vì sao chưa đo được; có số liệu: rỗng.")


class UnitFigures(serializers.Serializer[Any]):
    """Số liệu và điểm của toàn tỉnh hoặc một cơ quan."""

    agency = serializers.CharField(allow_null=True, help_text="Mã định danh; toàn tỉnh: null.")
    name = serializers.CharField()
    place = serializers.IntegerField(allow_null=True)
    total = serializers.DecimalField(max_digits=5, decimal_places=2)
    band = serializers.CharField()
    groups = serializers.DictField(child=serializers.DecimalField(max_digits=5, decimal_places=2))
    components = ComponentFigures(many=True)


class FiguresOutput(serializers.Serializer[Any]):
    """Số liệu của một kỳ."""

    period = serializers.CharField()
    as_of = serializers.DateField(allow_null=True)
    fresh_at = serializers.DateTimeField()
    indicator_set = serializers.CharField()
    units = UnitFigures(many=True)
