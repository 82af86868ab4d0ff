"""The one error shape of the API: every refusal becomes a code, a sentence and its fields."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

logger = logging.getLogger(__name__)

# Refusals because of what others did meanwhile: read again, then decide again.
CONFLICTS = {"stale", "wrong_state", "already_assigned"}

INVALID = "Dữ liệu gửi lên chưa đúng. Hãy sửa các trường được nêu rồi gửi lại."
FORBIDDEN = "Bạn không được làm việc này. Hãy liên hệ người phụ trách nếu cần."
NOT_FOUND = "Không tìm thấy nội dung này hoặc bạn không được xem. Hãy kiểm tra lại mã."
TOO_LARGE = "Yêu cầu quá lớn. Hãy tách thành nhiều lần gửi."
UNREADABLE = "Không đọc được yêu cầu. Hãy gửi JSON đúng cú pháp hoặc biểu mẫu nhiều phần."
BROKEN = "Cổng gặp lỗi và chưa ghi nhận gì. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị hệ thống."

# The framework's own refusals, whose words are English or say too little.
SENTENCES = {
    "parse_error": UNREADABLE,
    "not_authenticated": "Hãy đăng nhập hoặc gửi kèm token.",
    "authentication_failed": "Token không đúng, đã hết hạn hoặc đã bị thu hồi. Hãy đăng nhập lại.",
    "permission_denied": FORBIDDEN,
    "not_found": NOT_FOUND,
    "method_not_allowed": "Địa chỉ này không nhận phương thức vừa gửi. Hãy xem mô tả API.",
    "not_acceptable": "API chỉ trả lời bằng JSON. Hãy bỏ hoặc sửa phần Accept.",
    "unsupported_media_type": "Không nhận kiểu nội dung này. Hãy gửi theo mô tả API.",
    "throttled": "Bạn gửi quá nhiều yêu cầu. Hãy chờ một lát rồi thử lại.",
}
FIELD_SENTENCES = {
    "required": "Hãy điền trường này.",
    "null": "Trường này không được để trống.",
    "blank": "Trường này không được để trống.",
    "invalid": "Giá trị chưa đúng dạng. Hãy xem mô tả API rồi sửa lại.",
    "invalid_choice": "Giá trị không có trong danh mục. Hãy xem mô tả API rồi chọn lại.",
    "not_a_list": "Trường này phải là một danh sách.",
    "empty": "Danh sách này không được rỗng.",
    "max_length": "Nội dung dài quá mức cho phép. Hãy rút gọn.",
    "min_length": "Nội dung quá ngắn. Hãy bổ sung.",
    "max_value": "Giá trị lớn quá mức cho phép.",
    "min_value": "Giá trị nhỏ quá mức cho phép.",
    "max_digits": "Số có quá nhiều chữ số.",
    "max_decimal_places": "Số có quá nhiều chữ số thập phân.",
    "max_whole_digits": "Số có quá nhiều chữ số.",
    "max_string_length": "Nội dung dài quá mức cho phép. Hãy rút gọn.",
    "date": "Ngày phải có dạng 2026-11-22, không kèm giờ.",
    "datetime": "Thời điểm phải có dạng 2026-11-22T09:00:00+07:00.",
    "make_aware": "Thời điểm này không có trong múi giờ Việt Nam.",
    "overflow": "Thời điểm nằm ngoài khoảng tính được.",
    "null_characters_not_allowed": "Nội dung có ký tự không hợp lệ. Hãy xóa rồi nhập lại.",
    "surrogate_characters_not_allowed": "Nội dung có ký tự không hợp lệ. Hãy xóa rồi nhập lại.",
    "no_name": "Tệp gửi lên không có tên.",
    "max_name_length": "Tên tệp dài quá mức cho phép. Hãy đổi tên ngắn hơn.",
}


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What is answered instead of what was asked."""

    status: int
    code: str
    message: str
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """The shape of `organizations.api.schema.Refusal`."""
        return {"code": self.code, "message": self.message, "fields": self.fields}


def error_response(error: Exception, context: Mapping[str, Any]) -> Response:
    """Translate whatever an endpoint raised; what nobody foresaw is logged, never shown."""
    set_rollback()
    refusal = refusal_of(error)
    if refusal.status >= 500:
        logger.error("API failed: %s", context["request"].path, exc_info=error)
    return Response(refusal.body, status=refusal.status, headers=dict(refusal.headers))


@csrf_exempt
@login_not_required
def unknown_address(request: HttpRequest, **_: object) -> JsonResponse:
    """Whatever begins like the API and is none of its addresses."""
    refusal = refusal_of(Http404())
    return JsonResponse(refusal.body, status=refusal.status)


@singledispatch
def refusal_of(error: Exception) -> Refusal:
    """The refusal that an error amounts to."""
    return Refusal(status=500, code="server_error", message=BROKEN)


@refusal_of.register
def _(error: exceptions.APIException) -> Refusal:
    code = str(error.get_codes())
    wait = getattr(error, "wait", None)
    headers = {"Retry-After": str(int(wait))} if wait else {}
    if header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = header
    message = SENTENCES.get(code, str(error.detail))
    return Refusal(status=error.status_code, code=code, message=message, headers=headers)


@refusal_of.register
def _(error: exceptions.ValidationError) -> Refusal:
    fields: dict[str, list[str]] = {}
    for name, detail in _leaves(error.detail, ""):
        sentence = FIELD_SENTENCES.get(str(detail.code), str(detail))
        fields.setdefault(name, []).append(sentence)
    return Refusal(status=400, code="invalid", message=INVALID, fields=fields)


@refusal_of.register
def _(error: ValidationError) -> Refusal:
    code = str(getattr(error, "code", None) or "invalid")
    fields = error.message_dict if hasattr(error, "error_dict") else {}
    status = 409 if code in CONFLICTS else 400
    return Refusal(status=status, code=code, message=" ".join(error.messages), fields=fields)


@refusal_of.register
def _(error: PermissionDenied) -> Refusal:
    return Refusal(status=403, code="permission_denied", message=str(error) or FORBIDDEN)


@refusal_of.register(Http404)
@refusal_of.register(ObjectDoesNotExist)
def _(error: Exception) -> Refusal:
    return Refusal(status=404, code="not_found", message=NOT_FOUND)


@refusal_of.register(SuspiciousOperation)
@refusal_of.register(RecursionError)  # brackets within brackets, thousands deep
def _(error: Exception) -> Refusal:
    return Refusal(status=400, code="parse_error", message=UNREADABLE)


@refusal_of.register
def _(error: RequestDataTooBig) -> Refusal:
    return Refusal(status=413, code="too_large", message=TOO_LARGE)


def _leaves(detail: Any, path: str) -> Iterable[tuple[str, exceptions.ErrorDetail]]:
    """Each sentence of nested errors with the dotted name of its field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _leaves(inner, _joined(path, name))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _leaves(inner, _joined(path, position) if nested else path)
    else:
        yield path, detail


def _joined(path: str, name: object) -> str:
    # Errors of the whole input stand under the name of what holds it.
    if name == "non_field_errors":
        return path
    return f"{path}.{name}" if path else str(name)
