"""Endpoint of the views: the tables of every page of figures, as Excel and paper have them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from organizations.api.authentication import person
from organizations.api.base import PortalView
from organizations.models import Agency
from reporting.printouts import asking
from reporting.printouts.shapes import Value
from reporting.printouts.views import VIEWS, printout_of


class ViewQuery(serializers.Serializer[Any]):
    """Kỳ, ngày, cơ quan và mã được hỏi."""

    period = serializers.CharField(
        required=False, help_text="2026-11, 2026-Q4, 2026; bỏ trống: tháng này."
    )
    as_of = serializers.DateField(required=False, help_text="Như đã biết hết ngày này.")
    agency = serializers.CharField(required=False, help_text="Mã định danh cơ quan.")
    code = serializers.CharField(
        required=False, help_text="Mã nhóm (nhom), mã chỉ số (chi-tieu), số người (cong-viec)."
    )


class SheetOutput(serializers.Serializer[Any]):
    """Một bảng. Số thập phân là chuỗi, khoảng thời gian là số giây, chưa có số liệu là null."""

    title = serializers.CharField()
    heads = serializers.ListField(child=serializers.CharField())
    rows = serializers.ListField(child=serializers.ListField(child=serializers.JSONField()))


class ViewOutput(serializers.Serializer[Any]):
    """Các bảng của một trang số liệu."""

    view = serializers.CharField()
    title = serializers.CharField()
    period = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    sheets = SheetOutput(many=True)


class ReportViewAPI(PortalView):
    """Bảng số liệu của một trang."""

    @extend_schema(
        operation_id="report_views_retrieve", parameters=[ViewQuery], responses=ViewOutput
    )
    def get(self, request: Request, view_code: str) -> Response:
        """Các bảng của một trang số liệu, ví dụ ket-qua, nhom, chi-tieu, thoi-gian, khoi-luong."""
        given = ViewQuery().run_validation(request.query_params)
        names = {
            "ky": given.get("period", ""),
            "ngay": str(given.get("as_of", "")),
            "co-quan": given.get("agency", ""),
            "ma": given.get("code", ""),
        }
        if view_code not in VIEWS:
            raise Http404
        try:
            question = asking.read(names, user=person(request), at=timezone.now())
            printout = printout_of(view_code, question)
        except Agency.DoesNotExist:
            raise Http404 from None
        body = {
            "view": printout.view,
            "title": printout.title,
            "period": question.asked.period.code,
            "notes": printout.notes,
            "sheets": [
                {
                    "title": sheet.title,
                    "heads": sheet.heads,
                    "rows": [[_plain(value) for value in row] for row in sheet.rows],
                }
                for sheet in printout.sheets
            ],
        }
        return Response(ViewOutput(body).data)


def _plain(value: Value) -> str | int | None:
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    return str(value) if isinstance(value, Decimal) else value
