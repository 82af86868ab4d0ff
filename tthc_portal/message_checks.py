"""A channel of messages is configured whole or not at all: half a channel loses messages."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.core.checks import CheckMessage, Error

_LOCAL = {"localhost", "127.0.0.1", "::1"}


def mail(settings: Any) -> list[CheckMessage]:
    """E006: a host asks for a sender, a known security, and no password in the clear."""
    wrong = _wrong_mail(settings)
    return [
        Error(
            f"Kênh thư điện tử mới cấu hình một phần: {sentence}",
            hint="Hãy đặt đủ SMTP_HOST, EMAIL_FROM và SMTP_SECURITY, hoặc bỏ hết các biến này "
            "để không gửi thư.",
            id="tthc_portal.E006",
        )
        for sentence in wrong[:1]
    ]


def text_messages(settings: Any) -> list[CheckMessage]:
    """E007: a gateway asks for https, a key and a brand name."""
    wrong = _wrong_gateway(settings)
    return [
        Error(
            f"Kênh tin nhắn mới cấu hình một phần: {sentence}",
            hint="Hãy đặt đủ SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN và SMS_BRAND, hoặc bỏ hết các "
            "biến này để không gửi tin nhắn.",
            id="tthc_portal.E007",
        )
        for sentence in wrong[:1]
    ]


def _wrong_mail(settings: Any) -> list[str]:
    if not settings.SMTP_HOST:
        given = settings.SMTP_USER or settings.SMTP_PASSWORD or settings.EMAIL_FROM
        return ["chưa có SMTP_HOST."] if given else []
    host = parseaddr(settings.EMAIL_FROM)[1].partition("@")[2]
    faults = {
        "EMAIL_FROM chưa có hoặc không phải địa chỉ thư.": not host,
        "SMTP_SECURITY phải là starttls, tls hoặc none.": settings.SMTP_SECURITY
        not in {"starttls", "tls", "none"},
        "SMTP_USER và SMTP_PASSWORD phải đi cùng nhau.": bool(settings.SMTP_USER)
        != bool(settings.SMTP_PASSWORD),
        "mật khẩu không được gửi khi SMTP_SECURITY là none.": settings.SMTP_SECURITY == "none"
        and bool(settings.SMTP_PASSWORD),
    }
    return [sentence for sentence, is_wrong in faults.items() if is_wrong]


def _wrong_gateway(settings: Any) -> list[str]:
    if not settings.SMS_GATEWAY_URL:
        given = settings.SMS_GATEWAY_TOKEN or settings.SMS_BRAND
        return ["chưa có SMS_GATEWAY_URL."] if given else []
    place = urlsplit(settings.SMS_GATEWAY_URL)
    is_safe = place.scheme == "https" or place.hostname in _LOCAL
    faults = {
        "SMS_GATEWAY_URL phải bắt đầu bằng https://.": not (is_safe and place.hostname),
        "chưa có SMS_GATEWAY_TOKEN.": not settings.SMS_GATEWAY_TOKEN,
        "chưa có SMS_BRAND.": not settings.SMS_BRAND,
    }
    return [sentence for sentence, is_wrong in faults.items() if is_wrong]
