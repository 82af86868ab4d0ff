"""What production refuses to start with: each check names the variable to set, in Vietnamese."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from tthc_portal import letter_checks, message_checks, migration_checks

TAG = "tthc_portal"
MIN_SECRET_LENGTH = 50
MIN_SECRET_LETTERS = 16
MIN_PASSWORD_LENGTH = 16
MIN_PASSWORD_LETTERS = 8
# The words that people put where a secret belongs.
PLACEHOLDERS = ("changeme", "change-me", "secret", "password", "matkhau", "insecure", "example")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "[::1]", "testserver", ".localhost"}


def production_settings(
    app_configs: Iterable[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every refusal at once, so that one reading of the output is enough."""
    if not settings.PRODUCTION:
        return []
    return [
        *secret_key(_configured_key()),
        *allowed_hosts(settings.ALLOWED_HOSTS),
        *public_url(settings.PUBLIC_URL),
        *redis_url(settings.REDIS_URL),
        *database_password(settings.DATABASES["default"]),
        *message_checks.mail(settings),
        *message_checks.text_messages(settings),
        *letter_checks.signing(settings),
        *letter_checks.drafting(settings),
    ]


def secret_key(key: str) -> list[CheckMessage]:
    if not _is_weak(key, length=MIN_SECRET_LENGTH, letters=MIN_SECRET_LETTERS):
        return []
    return [
        Error(
            "SECRET_KEY chưa có hoặc dễ đoán.",
            hint="Hãy tạo khóa bằng `python -c 'import secrets; print(secrets.token_urlsafe(64))'` "
            "rồi đặt vào SECRET_KEY hoặc tệp mà SECRET_KEY_FILE chỉ tới.",
            id="tthc_portal.E001",
        )
    ]


def allowed_hosts(hosts: list[str]) -> list[CheckMessage]:
    if "*" not in hosts and set(hosts) - LOCAL_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS chưa nêu tên miền của cổng.",
            hint="Hãy đặt ALLOWED_HOSTS thành tên miền thật, chẳng hạn motcua.tinh.gov.vn; "
            "không dùng dấu *.",
            id="tthc_portal.E002",
        )
    ]


def public_url(url: str) -> list[CheckMessage]:
    parts = urlsplit(url)
    if parts.scheme == "https" and (parts.hostname or "localhost") not in LOCAL_HOSTS:
        return []
    return [
        Error(
            "PUBLIC_URL không phải là địa chỉ https mà người dân mở được.",
            hint="Hãy đặt PUBLIC_URL thành địa chỉ bắt đầu bằng https://; "
            "mã QR trên giấy tiếp nhận in địa chỉ này.",
            id="tthc_portal.E003",
        )
    ]


def redis_url(url: str) -> list[CheckMessage]:
    if urlsplit(url).scheme in {"redis", "rediss", "unix"}:
        return []
    return [
        Error(
            "REDIS_URL chưa có hoặc không đọc được.",
            hint="Hãy đặt REDIS_URL, chẳng hạn redis://redis:6379/0, "
            "hoặc đặt vào tệp mà REDIS_URL_FILE chỉ tới.",
            id="tthc_portal.E004",
        )
    ]


def database_password(database: dict[str, Any]) -> list[CheckMessage]:
    """A Unix socket is guarded by the system's own users, so it may go without a password."""
    password = str(database.get("PASSWORD", ""))
    if str(database.get("HOST", "")).startswith("/") and not password:
        return []
    own_name = password == database.get("USER")
    if not own_name and not _is_weak(
        password, length=MIN_PASSWORD_LENGTH, letters=MIN_PASSWORD_LETTERS
    ):
        return []
    return [
        Error(
            "Mật khẩu cơ sở dữ liệu trong DATABASE_URL chưa có hoặc dễ đoán.",
            hint=f"Hãy dùng mật khẩu ngẫu nhiên từ {MIN_PASSWORD_LENGTH} ký tự trở lên, "
            "đặt vào tệp mà DATABASE_URL_FILE chỉ tới.",
            id="tthc_portal.E005",
        )
    ]


def register_checks() -> None:
    register(production_settings, TAG)
    register(migration_checks.half_replaced, Tags.database)


def _configured_key() -> str:
    """Django raises where the key is empty; the person deserves our hint instead."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


def _is_weak(secret: str, *, length: int, letters: int) -> bool:
    """Too short, too few different letters, or built from a word that everybody tries."""
    lowered = secret.lower()
    return (
        len(secret) < length
        or len(set(secret)) < letters
        or any(word in lowered for word in PLACEHOLDERS)
    )
