"""Endpoints of imports: the file uploaded, tried, taken over, and what became of each row."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError as Refused
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api.asking import given_in, saved
from legacy import guarding, ordering
from legacy.api import serializers
from legacy.models import ImportRun
from legacy.ordering import Mapped, Order
from organizations.administering import require_administrator
from organizations.administration import administered_ids
from organizations.api.base import PortalViewSet
from organizations.api.parsing import BoundedJSONParser, BoundedMultiPartParser
from organizations.models import Agency, User

LATEST = 30
ROWS = 100
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORM = "multipart/form-data"


class ImportViewSet(PortalViewSet):
    """Nhập hồ sơ từ hệ thống cũ."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    parser_classes = (BoundedJSONParser, BoundedMultiPartParser)
    # One workbook may be as large as several scans.
    most_files = -(-guarding.MOST_BYTES // (settings.MAX_UPLOAD_MIB * guarding.MEBIBYTE))

    @extend_schema(operation_id="imports_list", responses=serializers.ImportOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các lần nhập gần nhất."""
        latest = _visible(require_administrator(request.user)).order_by("-pk")[:LATEST]
        return Response(serializers.ImportOutput(latest, many=True).data)

    @extend_schema(
        operation_id="imports_upload",
        request={_FORM: serializers.UploadInput},
        responses={201: serializers.ImportDetail},
    )
    def create(self, request: Request) -> Response:
        """Tải tệp lên, chưa đọc dòng nào; cùng khóa thì là cùng một lần nhập."""
        actor = require_administrator(request.user)
        given = given_in(serializers.UploadInput, request.data)
        order = Order(
            source=given["system"],
            agency=_within(actor, given["agency"]),
            submission_key=given["submission_key"],
            file_name=given["file"].name,
        )
        run = ordering.receive(order=order, file=given["file"], actor=actor, at=timezone.now())
        return Response(_told(actor, run.pk), status=201)

    @extend_schema(operation_id="imports_retrieve", responses=serializers.ImportDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một lần nhập: bảng ghép, đã đến đâu."""
        return Response(_told(require_administrator(request.user), int(pk)))

    @extend_schema(
        operation_id="imports_begin",
        request=serializers.MappingInput,
        responses=serializers.ImportDetail,
    )
    @action(detail=True, methods=["post"], parser_classes=[BoundedJSONParser])
    def begin(self, request: Request, pk: str) -> Response:
        """Chạy thử với bảng ghép gửi kèm, hoặc bảng đã lưu của hệ thống cũ."""
        actor = require_administrator(request.user)
        run = _run(actor, int(pk))
        given = given_in(serializers.MappingInput, request.data)
        mapped = Mapped(columns=_columns(run, given), words=_words(run, given))
        ordering.begin(run=run, mapped=mapped, actor=actor, at=timezone.now())
        return Response(_told(actor, run.pk))

    @extend_schema(
        operation_id="imports_take_over", request=None, responses={201: serializers.ImportDetail}
    )
    @action(detail=True, methods=["post"], url_path="take-over", url_name="take-over")
    def take_over(self, request: Request, pk: str) -> Response:
        """Nhập thật tệp đã chạy thử xong; gửi hai lần vẫn là một lần nhập."""
        actor = require_administrator(request.user)
        earnest = ordering.take_over(run=_run(actor, int(pk)), actor=actor, at=timezone.now())
        return Response(_told(actor, earnest.pk), status=201)

    @extend_schema(
        operation_id="imports_rows",
        parameters=[serializers.RowsQuery],
        responses=serializers.ImportRows,
    )
    @action(detail=True)
    def rows(self, request: Request, pk: str) -> Response:
        """Báo cáo từng dòng: không nhập được, hoặc nhập được có lưu ý."""
        run = _run(require_administrator(request.user), int(pk))
        asked = serializers.RowsQuery().run_validation(request.query_params.dict())
        telling = run.rows.telling().filter(number__gt=asked["after"]).select_related("dossier")
        found = list(telling.order_by("number")[: ROWS + 1])
        shown = found[:ROWS]
        following = f"{request.path}?after={shown[-1].number}" if len(found) > ROWS else None
        body = {
            "next": request.build_absolute_uri(following) if following else None,
            "results": shown,
        }
        return Response(serializers.ImportRows(body).data)

    @extend_schema(operation_id="imports_report", responses={(200, _EXCEL): OpenApiTypes.BINARY})
    @action(detail=True)
    def report(self, request: Request, pk: str) -> FileResponse:
        """Báo cáo từng dòng dạng Excel; 404 khi chưa xong."""
        run = _run(require_administrator(request.user), int(pk))
        return saved(run.report, f"bao-cao-nhap-{run.pk}.xlsx", _EXCEL)


def _within(actor: User, agency: Agency | None) -> Agency | None:
    """The agency, when the person administers it."""
    if agency is not None and agency.pk not in administered_ids(actor):
        sentence = "Cơ quan này không thuộc phạm vi quản trị của bạn."
        raise Refused({"agency": [sentence]}, code="out_of_reach")
    return agency


def _columns(run: ImportRun, given: dict[str, Any]) -> dict[str, str]:
    """The columns that were sent, each of them in the file; or those that are kept."""
    if given["columns"] is None:
        return dict(run.columns)
    headers = set(_headers(run))
    for key, header in given["columns"].items():
        if header and header not in headers:
            raise Refused({f"columns.{key}": ["Tệp không có cột này. Hãy chọn lại."]})
    return dict(given["columns"])


def _words(run: ImportRun, given: dict[str, Any]) -> str:
    kept = ordering.written_states(run.states)
    return kept if given["words"] is None else str(given["words"])


def _headers(run: ImportRun) -> list[str]:
    try:
        return ordering.headers_of(run)
    except (ValidationError, OSError, ValueError):
        # The file was deleted when its time was over.
        return []


def _visible(actor: User) -> Any:
    return ImportRun.objects.visible_to(actor).select_related("system", "agency", "actor")


def _run(actor: User, pk: int) -> ImportRun:
    found: ImportRun = get_object_or_404(_visible(actor), pk=pk)
    return found


def _told(actor: User, pk: int) -> Any:
    run: Any = _run(actor, pk)
    run.headers = _headers(run) if run.started_at is None else []
    return serializers.ImportDetail(run).data
