"""Sends text messages through the HTTP gateway of a telecom provider, under a brand name.

One POST of JSON; the gateway answers 2xx with its own number for the message. `request_id`
(and the header Idempotency-Key) is the same at each repetition: gateways that know it send
once, and SMS_GATEWAY_KNOWS_KEYS says whether the contracted one does.
"""

import json
import ssl
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from notifications import sms
from notifications.channels import NotSent, Parcel, Unclear

_AWAY_NOW = "Không kết nối được cổng tin nhắn; hệ thống sẽ gửi lại."
_MOST_BYTES = 64 * 1024
# Asked too early or too often: the same request is right a little later.
_LATER = {408, 425, 429}


class GatewayTransport:
    """The gateway of SMS_GATEWAY_URL."""

    @property
    def knows_keys(self) -> bool:
        """Does the gateway send a repeated request only once?"""
        return bool(settings.SMS_GATEWAY_KNOWS_KEYS)

    def send(self, parcel: Parcel) -> str:
        """The gateway's number for the message."""
        place = urlsplit(settings.SMS_GATEWAY_URL)
        link = _link(place)
        try:
            try:
                link.connect()
            except OSError as error:
                raise NotSent(_AWAY_NOW, is_away=True) from error
            parcel.hand_over()
            status, body = _ask(link, place, parcel)
        finally:
            link.close()
        return _number_in(status, body)


def _link(place: SplitResult) -> HTTPConnection:
    host, seconds = place.hostname or "", settings.MESSAGE_TIMEOUT_SECONDS
    if place.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, place.port, timeout=seconds, context=context)
    return HTTPConnection(host, place.port, timeout=seconds)


def _ask(link: HTTPConnection, place: SplitResult, parcel: Parcel) -> tuple[int, bytes]:
    document = {
        "request_id": parcel.key,
        "brand": settings.SMS_BRAND,
        "to": parcel.recipient,
        "text": parcel.body,
        "unicode": not sms.is_plain(parcel.body),
    }
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
        "Idempotency-Key": parcel.key,
    }
    address = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
    try:
        link.request("POST", address, json.dumps(document).encode(), headers)
        answer = link.getresponse()
        return answer.status, answer.read(_MOST_BYTES)
    except (OSError, HTTPException) as error:
        raise Unclear("Cổng tin nhắn không trả lời sau khi đã nhận yêu cầu.") from error


def _number_in(status: int, body: bytes) -> str:
    if status in _LATER:
        raise NotSent(f"Cổng tin nhắn đang bận ({status}); hệ thống sẽ gửi lại.")
    if 400 <= status < 500:
        raise NotSent(
            f"Cổng tin nhắn từ chối tin ({status}). Hãy kiểm tra số nhận, tên thương hiệu và "
            "hợp đồng với nhà cung cấp.",
            is_final=True,
        )
    number = _read_number(body) if 200 <= status < 300 else ""
    if not number:
        raise Unclear(f"Cổng tin nhắn trả lời không đọc được ({status}).")
    return number


def _read_number(body: bytes) -> str:
    """The field `id` of the answer; empty when the answer is anything else."""
    try:
        answer = json.loads(body)
    except ValueError:
        return ""
    number = answer.get("id") if isinstance(answer, dict) else None
    return str(number)[:200] if isinstance(number, str | int) and number else ""
