"""Endpoints of the statistical forms: fill one in, submit it, see whose are missing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.models import Agency, User
from reporting.periods import PeriodLength, ReportPeriod
from reporting.sight import READERS, Sight
from reporting.statistical import asking, counting, forms, submitting
from reporting.statistical.asking import FormAsked

_PERIODS = 6


class FormQuery(serializers.Serializer[Any]):
    """Của cơ quan nào, kỳ nào."""

    agency = serializers.CharField(required=False, help_text="Mã định danh; trống: cơ quan mình.")
    period = serializers.CharField(
        required=False, help_text="2026-11-tk, 2026-Q4-tk; bỏ trống: tháng thống kê đang chạy."
    )
    alone = serializers.BooleanField(required=False, help_text="Không tính đơn vị trực thuộc.")
    corrected = serializers.BooleanField(
        required=False,
        help_text="Tính cả đính chính đã được chấp nhận; khi nộp luôn là số liệu theo mốc đã ghi.",
    )


class FormColumn(serializers.Serializer[Any]):
    """Một cột của biểu."""

    number = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]
    group = serializers.CharField()
    sum_of = serializers.ListField(child=serializers.IntegerField())


class FormOutput(serializers.Serializer[Any]):
    """Một biểu mẫu thống kê."""

    code = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    unverified = serializers.CharField(help_text="Vì sao bố cục chưa chắc; rỗng: đã đối chiếu.")
    columns = FormColumn(many=True)


class FormRow(serializers.Serializer[Any]):
    """Một dòng: số hồ sơ theo số của cột."""

    name = serializers.CharField()
    figures = serializers.DictField(child=serializers.IntegerField())


class SubmittedOutput(serializers.Serializer[Any]):
    """Báo cáo đã nộp."""

    number = serializers.IntegerField(help_text="Lần nộp.")
    submitted_at = serializers.DateTimeField()
    submitted_by = serializers.CharField(source="submitted_by_name")
    hash = serializers.CharField(help_text="SHA-256 của số liệu đã nộp.")


class TableOutput(serializers.Serializer[Any]):
    """Biểu đã lập."""

    form = serializers.CharField()
    agency = serializers.CharField()
    period = serializers.CharField()
    cut_off = serializers.DateTimeField()
    corrected = serializers.BooleanField()
    rows = FormRow(many=True)
    total = serializers.DictField(child=serializers.IntegerField())
    submitted = SubmittedOutput(allow_null=True)


class PeriodStanding(serializers.Serializer[Any]):
    """Một kỳ đã nộp hay chưa."""

    period = serializers.CharField()
    submitted = SubmittedOutput(allow_null=True)


class AgencyStanding(serializers.Serializer[Any]):
    """Việc nộp báo cáo của một cơ quan."""

    agency = serializers.CharField()
    periods = PeriodStanding(many=True)


class StatisticalFormViewSet(PortalViewSet):
    """Biểu mẫu báo cáo thống kê."""

    lookup_value_regex = "[a-z0-9]{1,10}"

    @extend_schema(operation_id="statistical_forms_list", responses=FormOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các biểu có trên hệ thống, với cột của từng biểu."""
        _reader(request)
        return Response(FormOutput(forms.FORMS, many=True).data)

    @extend_schema(
        operation_id="statistical_forms_retrieve", parameters=[FormQuery], responses=TableOutput
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        """Biểu của một cơ quan trong một kỳ, lập từ sổ cái tại mốc chốt."""
        asked = _asked(request, pk, request.query_params)
        return Response(TableOutput(_table(asked)).data)

    @extend_schema(
        operation_id="statistical_forms_submit", request=FormQuery, responses=SubmittedOutput
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Nộp báo cáo của một kỳ đã kết thúc; số liệu được giữ nguyên như lúc nộp."""
        asked = _asked(request, pk, request.data)
        report = submitting.submit(asked=asked, actor=person(request), at=timezone.now())
        return Response(SubmittedOutput(report).data)

    @extend_schema(operation_id="statistical_forms_standing", responses=AgencyStanding(many=True))
    @action(detail=True, methods=["get"])
    def standing(self, request: Request, pk: str) -> Response:
        """Sáu kỳ tháng gần nhất: cơ quan nào đã nộp, cơ quan nào chưa."""
        user, at = _reader(request), timezone.now()
        running = ReportPeriod.containing(at, PeriodLength.MONTH, is_statistical=True)
        rows = submitting.overview(
            form=forms.form_of(pk),
            agencies=asking.agencies(Sight.of(user)),
            periods=running.trail(_PERIODS + 1)[-2::-1],
        )
        told = [
            {
                "agency": row.agency.code,
                "periods": [
                    {"period": period.code, "submitted": report} for period, report in row.reports
                ],
            }
            for row in rows
        ]
        return Response(AgencyStanding(told, many=True).data)


def _reader(request: Request) -> User:
    user = person(request)
    if not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xem báo cáo thống kê.")
    return user


def _asked(request: Request, form: str, data: Any) -> FormAsked:
    user = _reader(request)
    given = FormQuery().run_validation(data)
    names = {"co-quan": given.get("agency", ""), "ky": given.get("period", "")}
    if given.get("alone"):
        names["pham-vi"] = asking.ALONE
    if given.get("corrected"):
        names["dinh-chinh"] = asking.CORRECTED
    try:
        return asking.read(names, sight=Sight.of(user), at=timezone.now(), form=form)
    except Agency.DoesNotExist:
        raise Http404 from None


def _table(asked: FormAsked) -> dict[str, Any]:
    table = counting.fill_in(
        form=asked.form,
        agency=asked.agency,
        window=asked.window,
        with_below=asked.with_below,
        is_corrected=asked.is_corrected,
    )
    return {
        "form": asked.form.code,
        "agency": asked.agency.code,
        "period": asked.period.code,
        "cut_off": asked.window.until,
        "corrected": asked.is_corrected,
        "rows": [{"name": row.name, "figures": row.figures} for row in table.rows],
        "total": table.total.figures,
        "submitted": submitting.latest(form=asked.form, agency=asked.agency, period=asked.period),
    }
