"""Acts that stop the clock of a dossier, let it run again, or end it without a result."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import endings, halting, settling, supplements
from dossiers.api import serializers
from dossiers.api.acts import FORM, JSON, row_now, target_of
from dossiers.api.answers import DossierRow
from dossiers.api.asking import given_in
from dossiers.endings import Withdrawal
from dossiers.statuses import PaymentMethod
from dossiers.supplements import Missing, Need
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet


def _by(request: Request, code: str, given: dict[str, Any]) -> dict[str, Any]:
    """The arguments that every act takes."""
    return {"target": target_of(code, given), "actor": person(request), "at": timezone.now()}


class DossierHalts(PortalViewSet):
    """Tạm dừng, tính tiếp và kết thúc không có kết quả."""

    @extend_schema(
        operation_id="dossiers_request_supplement",
        request=serializers.SupplementInput,
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"], url_path="request-supplement")
    def request_supplement(self, request: Request, code: str) -> Response:
        """Yêu cầu bổ sung hồ sơ qua bộ phận một cửa; thời hạn tạm dừng, đặt in Mẫu 02."""
        given = given_in(serializers.SupplementInput, request.data)
        items = [Missing(**item) for item in given["items"]]
        need = Need(items=items, reason=given["reason"], basis=given["basis"])
        supplements.request_supplement(need=need, **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_receive_supplement",
        request=serializers.BroughtInput,
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"], url_path="receive-supplement")
    def receive_supplement(self, request: Request, code: str) -> Response:
        """Nhận hồ sơ bổ sung; còn thiếu thì vẫn chờ, đủ thì ngày hẹn được tính lại."""
        given = given_in(serializers.BroughtInput, request.data)
        brought: dict[int, list[Any]] = {position: [] for position in given["items"]}
        supplements.receive_supplement(brought=brought, **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_pause", request=serializers.ReasonInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, code: str) -> Response:
        """Tạm dừng chờ người nộp thực hiện nghĩa vụ tài chính."""
        given = given_in(serializers.ReasonInput, request.data)
        halting.pause_for_payment(reason=given["reason"], **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_resume", request=serializers.ReasonInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, code: str) -> Response:
        """Người nộp đã thực hiện nghĩa vụ tài chính; lý do là chứng từ."""
        given = given_in(serializers.ReasonInput, request.data)
        halting.resume(reason=given["reason"], **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_decline", request=serializers.ReasonInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, code: str) -> Response:
        """Từ chối giải quyết sau thẩm định; người trình không được tự quyết định."""
        given = given_in(serializers.ReasonInput, request.data)
        endings.decline(reason=given["reason"], **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_stop", request=serializers.ReasonInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, code: str) -> Response:
        """Dừng giải quyết, có lý do."""
        given = given_in(serializers.ReasonInput, request.data)
        endings.stop(reason=given["reason"], **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_withdraw",
        request={JSON: serializers.WithdrawalInput, FORM: serializers.ScannedWithdrawalInput},
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, code: str) -> Response:
        """Ghi nhận người nộp rút hồ sơ bằng văn bản."""
        given = given_in(serializers.ScannedWithdrawalInput, request.data)
        wish = Withdrawal(reference=given["reference"], file=given["file"])
        endings.withdraw(withdrawal=wish, **_by(request, code, given))
        return row_now(request, code)

    @extend_schema(
        operation_id="dossiers_settle_fees", request=serializers.PaymentInput, responses=DossierRow
    )
    @action(detail=True, methods=["post"], url_path="settle-fees")
    def settle_fees(self, request: Request, code: str) -> Response:
        """Thu mọi khoản phí, lệ phí chưa thu; mỗi khoản một số biên lai."""
        given = given_in(serializers.PaymentInput, request.data)
        method = PaymentMethod(given["method"])
        settling.settle(method=method, **_by(request, code, given))
        return row_now(request, code)
