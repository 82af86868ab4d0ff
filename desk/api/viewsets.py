"""Endpoints of the desk: bulk runs, exports and notes, with the rules of their pages."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from desk import bulk, exporting, noting
from desk.api import serializers
from desk.bulk import Mark, Wanted
from desk.models import BulkRun, ListExport, Note
from desk.statuses import BulkAct
from dossiers import access
from dossiers.api.asking import given_in, saved
from dossiers.converters import DossierCodeConverter
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.models import User
from organizations.roles import Role

LATEST = 50
_DESKS = (Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR)
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class BulkRunViewSet(PortalViewSet):
    """Việc hàng loạt."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="bulk_runs_list", responses=serializers.BulkRunOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các lần làm hàng loạt gần nhất của người dùng."""
        own = BulkRun.objects.visible_to(_at_desk(request)).with_tally().select_related("officer")
        latest = own.order_by("-id")[:LATEST]
        return Response(serializers.BulkRunOutput(latest, many=True).data)

    @extend_schema(
        operation_id="bulk_runs_start",
        request=serializers.BulkInput,
        responses={201: serializers.BulkRunDetail},
    )
    def create(self, request: Request) -> Response:
        """Bắt đầu một việc trên nhiều hồ sơ; cùng khóa thì là cùng một lần."""
        user, given = _at_desk(request), given_in(serializers.BulkInput, request.data)
        wanted = Wanted(
            act=BulkAct(given["act"]),
            marks=[Mark(**mark) for mark in given["dossiers"]],
            submission_key=given["submission_key"],
            officer=given["officer"],
            reason=given["reason"],
        )
        run = bulk.start(wanted=wanted, actor=user, at=timezone.now())
        return Response(_told(user, run.pk), status=201)

    @extend_schema(operation_id="bulk_runs_retrieve", responses=serializers.BulkRunDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một lần làm, với kết quả của từng hồ sơ."""
        return Response(_told(_at_desk(request), int(pk)))

    @extend_schema(
        operation_id="bulk_runs_retry", request=None, responses={201: serializers.BulkRunDetail}
    )
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """Làm lại những hồ sơ không làm được."""
        user = _at_desk(request)
        again = bulk.retry(run=_run(user, int(pk)), actor=user, at=timezone.now())
        return Response(_told(user, again.pk), status=201)

    @extend_schema(
        operation_id="bulk_runs_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """Các giấy tiếp nhận trong một tệp PDF."""
        run = _run(_at_desk(request), int(pk))
        return saved(run.file, f"giay-tiep-nhan-{run.pk}.pdf", "application/pdf")


class ExportViewSet(PortalViewSet):
    """Xuất danh sách ra Excel."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="exports_list", responses=serializers.ExportOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các tệp gần nhất của người dùng."""
        own = ListExport.objects.visible_to(_at_desk(request)).order_by("-id")[:LATEST]
        return Response(serializers.ExportOutput(own, many=True).data)

    @extend_schema(
        operation_id="exports_ask",
        request=serializers.ExportInput,
        responses={201: serializers.ExportOutput},
    )
    def create(self, request: Request) -> Response:
        """Yêu cầu một tệp; cùng khóa thì là cùng một tệp."""
        user, given = _at_desk(request), given_in(serializers.ExportInput, request.data)
        export = exporting.ask(
            query=given["query"],
            chosen=given["columns"],
            submission_key=given["submission_key"],
            actor=user,
            at=timezone.now(),
        )
        return Response(serializers.ExportOutput(export).data, status=201)

    @extend_schema(operation_id="exports_retrieve", responses=serializers.ExportOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một tệp: đã ghi đến đâu."""
        return Response(serializers.ExportOutput(_export(_at_desk(request), int(pk))).data)

    @extend_schema(operation_id="exports_file", responses={(200, _EXCEL): OpenApiTypes.BINARY})
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """Tệp Excel, cho người đã yêu cầu, đến khi hết hạn."""
        export = _export(_at_desk(request), int(pk))
        if not export.is_ready or export.expires_at <= timezone.now():
            raise Http404("Tệp này chưa xong hoặc đã hết hạn. Hãy xuất lại.")
        return saved(export.file, f"ho-so-{export.pk}.xlsx", _EXCEL)


class NoteViewSet(PortalViewSet):
    """Ghi chú nội bộ của một hồ sơ."""

    lookup_field = "code"
    lookup_value_regex = DossierCodeConverter.regex

    @extend_schema(operation_id="notes_list", responses=serializers.NoteOutput(many=True))
    def list(self, request: Request, code: str) -> Response:
        """Các ghi chú, mới nhất trước."""
        dossier = access.get_for(person(request), code)
        notes = Note.objects.filter(dossier=dossier).select_related("author").order_by("-id")
        return Response(serializers.NoteOutput(notes[:LATEST], many=True).data)

    @extend_schema(
        operation_id="notes_write",
        request=serializers.NoteInput,
        responses={201: serializers.NoteOutput},
    )
    def create(self, request: Request, code: str) -> Response:
        """Viết một ghi chú."""
        given = given_in(serializers.NoteInput, request.data)
        note = noting.write(code=code, text=given["text"], actor=person(request), at=timezone.now())
        return Response(serializers.NoteOutput(note).data, status=201)


def _at_desk(request: Request) -> User:
    """The person, when they work with dossiers; refused in words like on the pages."""
    user = person(request)
    if not user.has_role(*_DESKS):
        raise PermissionDenied("Vai trò của tài khoản này không làm việc với hồ sơ.")
    return user


def _run(user: User, pk: int) -> BulkRun:
    own = BulkRun.objects.visible_to(user).with_tally().select_related("officer")
    found: BulkRun = get_object_or_404(own, pk=pk)
    return found


def _told(user: User, pk: int) -> Any:
    run: Any = _run(user, pk)
    run.told_items = run.items.select_related("dossier").order_by("position")
    return serializers.BulkRunDetail(run).data


def _export(user: User, pk: int) -> ListExport:
    found: ListExport = get_object_or_404(ListExport.objects.visible_to(user), pk=pk)
    return found
