"""Printed forms over the API: which there are, the control sheet asked for, the PDF itself."""

from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import access, printing
from dossiers.api.asking import saved
from dossiers.models import PrintedForm
from dossiers.statuses import FormKind
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet

_FORM = r"forms/(?P<pk>[0-9]{1,18})"


class PrintedFormOutput(serializers.Serializer[Any]):
    """Một mẫu in; có `rendered_at` là đã tải được, `is_given_up` là phải yêu cầu tạo lại."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FormKind.choices)
    kind_label = serializers.CharField(source="get_kind_display")
    number = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    rendered_at = serializers.DateTimeField(allow_null=True)
    sha256 = serializers.CharField(allow_blank=True)
    is_given_up = serializers.SerializerMethodField()

    def get_is_given_up(self, form: PrintedForm) -> bool:
        """Will nobody try again unless asked?"""
        return printing.is_given_up(form)


class DossierForms(PortalViewSet):
    """Mẫu in của một hồ sơ."""

    @extend_schema(operation_id="dossiers_forms", responses=PrintedFormOutput(many=True))
    @action(detail=True)
    def forms(self, request: Request, code: str) -> Response:
        """Các mẫu in của hồ sơ, theo thứ tự yêu cầu."""
        printed = access.get_for(person(request), code).forms.order_by("pk")
        return Response(PrintedFormOutput(printed, many=True).data)

    @extend_schema(
        operation_id="dossiers_control_sheet", request=None, responses={201: PrintedFormOutput}
    )
    @action(detail=True, methods=["post"], url_path="control-sheet", url_name="control-sheet")
    def control_sheet(self, request: Request, code: str) -> Response:
        """Yêu cầu phiếu kiểm soát theo sổ cái lúc này; chưa có gì mới thì là phiếu đã in."""
        form = printing.ask_control_sheet(code=code, actor=person(request), at=timezone.now())
        if form is None:
            raise Http404
        return Response(PrintedFormOutput(form).data, status=201)

    @extend_schema(
        operation_id="dossiers_form_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True, url_path=rf"{_FORM}/file")
    def form_file(self, request: Request, code: str, pk: str) -> FileResponse:
        """Tệp PDF của một mẫu in; 404 khi chưa tạo xong."""
        form = _form(request, code, pk)
        name = f"{form.kind.replace('_', '-')}-{form.number}-{code}.pdf"
        return saved(form.rendered_at and form.file, name, "application/pdf")

    @extend_schema(operation_id="dossiers_form_again", request=None, responses=PrintedFormOutput)
    @action(detail=True, methods=["post"], url_path=rf"{_FORM}/again")
    def form_again(self, request: Request, code: str, pk: str) -> Response:
        """Tạo lại một mẫu in đã thôi thử."""
        form = _form(request, code, pk)
        printing.ask_again(form=form, actor=person(request), at=timezone.now())
        form.refresh_from_db()
        return Response(PrintedFormOutput(form).data)


def _form(request: Request, code: str, pk: str) -> PrintedForm:
    dossier = access.get_for(person(request), code)
    found: PrintedForm = get_object_or_404(dossier.forms, pk=int(pk))
    return found
