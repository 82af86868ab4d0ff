"""Acts on one dossier: load, make one domain call, tell how the dossier stands after it."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import access, intake, lifecycle
from dossiers.api import answers, reading, serializers
from dossiers.api.answers import DossierRow
from dossiers.api.asking import given_in
from dossiers.holding import Target
from dossiers.lifecycle import Handover, Proposal, ResultFacts
from dossiers.statuses import ReturnMethod
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.parsing import BoundedMultiPartParser
from organizations.models import User

FORM = "multipart/form-data"
JSON = "application/json"


def target_of(code: str, given: Mapping[str, Any]) -> Target:
    return Target(code=code, expected_version=given["version"])


def row_now(request: Request, code: str) -> Response:
    """How the dossier stands after the act."""
    found = reading.one_row(code, user=person(request))
    return Response(answers.row(found, at=timezone.now()))


class DossierActs(PortalViewSet):
    """Các thao tác trên một hồ sơ."""

    @extend_schema(
        operation_id="dossiers_transfer", request=serializers.ActInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def transfer(self, request: Request, code: str) -> Response:
        """Chuyển hồ sơ cho cơ quan giải quyết."""
        given = given_in(serializers.ActInput, request.data)
        lifecycle.transfer(target=target_of(code, given), actor=person(request), at=timezone.now())
        return row_now(request, code)

    @extend_schema(operation_id="dossiers_take", request=serializers.ActInput, responses=DossierRow)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, code: str) -> Response:
        """Nhận xử lý một hồ sơ chưa có người xử lý."""
        given = given_in(serializers.ActInput, request.data)
        lifecycle.take(target=target_of(code, given), actor=person(request), at=timezone.now())
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_assign", request=serializers.AssignInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, code: str) -> Response:
        """Phân công một công chức của cơ quan."""
        given = given_in(serializers.AssignInput, request.data)
        lifecycle.assign(
            target=target_of(code, given),
            officer=_officer(given["officer"]),
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_propose",
        request={JSON: serializers.ProposalInput, FORM: serializers.DraftedProposalInput},
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, code: str) -> Response:
        """Trình lãnh đạo phê duyệt, có thể kèm dự thảo."""
        given = given_in(serializers.DraftedProposalInput, request.data)
        proposal = Proposal(opinion=given["opinion"], draft=given["draft"])
        lifecycle.propose(
            target=target_of(code, given),
            proposal=proposal,
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_approve",
        request={JSON: serializers.ResultInput, FORM: serializers.SignedResultInput},
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, code: str) -> Response:
        """Phê duyệt kết quả; người trình không được tự phê duyệt."""
        given = given_in(serializers.SignedResultInput, request.data)
        facts = {name: value for name, value in given.items() if name != "version"}
        lifecycle.approve(
            target=target_of(code, given),
            result=ResultFacts(**facts),
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_send_back", request=serializers.ReasonInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, code: str) -> Response:
        """Trả lại công chức để xử lý tiếp; ngày hẹn không đổi."""
        given = given_in(serializers.ReasonInput, request.data)
        lifecycle.send_back(
            target=target_of(code, given),
            reason=given["reason"],
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_return", request=serializers.HandoverInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"], url_path="return")
    def return_result(self, request: Request, code: str) -> Response:
        """Trả kết quả cho công dân."""
        given = given_in(serializers.HandoverInput, request.data)
        handover = Handover(
            recipient_name=given["recipient_name"],
            recipient_identity_number=given["recipient_identity_number"],
            method=ReturnMethod(given["return_method"]),
            tracking_number=given["tracking_number"],
        )
        lifecycle.return_result(
            target=target_of(code, given),
            handover=handover,
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_accept_submitted",
        request=serializers.ActInput,
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, code: str) -> Response:
        """Tiếp nhận hồ sơ nộp trực tuyến; ngày hẹn tính từ lúc này."""
        given = given_in(serializers.ActInput, request.data)
        intake.accept_submitted(
            target=target_of(code, given), actor=person(request), at=timezone.now()
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_refuse_submitted",
        request=serializers.ReasonInput,
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, code: str) -> Response:
        """Từ chối hồ sơ nộp trực tuyến, có lý do."""
        given = given_in(serializers.ReasonInput, request.data)
        intake.refuse_submitted(
            target=target_of(code, given),
            reason=given["reason"],
            actor=person(request),
            at=timezone.now(),
        )
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_add_file",
        request={FORM: serializers.FileInput},
        responses={201: answers.FileOutput},
    )
    @action(detail=True, methods=["post"], parser_classes=[BoundedMultiPartParser])
    def files(self, request: Request, code: str) -> Response:
        """Thêm một tệp quét vào hồ sơ."""
        given = given_in(serializers.FileInput, request.data)
        kept = lifecycle.add_file(
            target=target_of(code, given),
            upload=given["file"],
            actor=person(request),
            at=timezone.now(),
        )
        return Response(reading.file_of(kept), status=201)

    @extend_schema(operation_id="dossiers_read_file", responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, url_path=r"files/(?P<pk>[0-9]{1,18})")
    def read_file(self, request: Request, code: str, pk: str) -> FileResponse:
        """Tải một tệp của hồ sơ."""
        kept = access.get_for(person(request), code).attachments.get(pk=pk)
        return FileResponse(
            kept.file.open("rb"),
            as_attachment=True,
            filename=kept.name,
            content_type=kept.content_type,
        )


def _officer(username: str) -> User:
    officer = User.objects.filter(username=username.lower(), is_active=True).first()
    if officer is None:
        sentence = "Không có người dùng này. Hãy kiểm tra tên đăng nhập của công chức."
        raise ValidationError({"officer": [sentence]}, code="unknown")
    return officer
