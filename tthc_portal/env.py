"""Typed readers of environment variables: nonsense stops the start with a sentence."""

import os
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable as it stands, or the default."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no; anything else is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} phải là true hoặc false, không phải {value!r}.")


def choice(name: str, default: str, allowed: Sequence[str]) -> str:
    """One of a few words; anything else is refused."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name} phải là {' hoặc '.join(allowed)}, không phải {value!r}."
        )
    return value


def integer(name: str, default: int) -> int:
    """A whole number; anything else is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} phải là số nguyên, không phải {value!r}.") from error


def span(name: str, default: str) -> tuple[time, time]:
    """A span of the day such as 07:00-20:00; anything else is refused."""
    value = text(name, default)
    try:
        start, end = (time.fromisoformat(part.strip()) for part in value.split("-"))
    except ValueError as error:
        raise ImproperlyConfigured(_not_a_span(name, value)) from error
    if start >= end or start.tzinfo or end.tzinfo:
        raise ImproperlyConfigured(_not_a_span(name, value))
    return start, end


def _not_a_span(name: str, value: str) -> str:
    return f"{name} phải là khoảng giờ trong ngày như 07:00-20:00, không phải {value!r}."


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, default: str = "") -> str:
    """A secret from NAME or from the file that NAME_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text().strip()
    return text(name, default)


def database(url: str) -> dict[str, Any]:
    """Django's database settings from `postgresql://user:password@host:port/name?option=value`.

    As for PostgreSQL's own programs, `?host=/directory` names a Unix socket; other options
    (such as `sslmode=verify-full`) go to the connection as they are.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL phải bắt đầu bằng postgresql://.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
