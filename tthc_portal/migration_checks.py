"""Refuses a database that stopped between the migrations which one migration now stands for.

Django passes over such a migration without a word: what it would have made stays missing.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

# The last version of the portal that holds the migrations of before.
LAST_WITH_ALL = "0414e3a"


def half_replaced(
    app_configs: Iterable[Any] | None = None,
    databases: Iterable[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """E010: of the migrations that one stands for, all were applied or none."""
    return [error for alias in databases or () for error in _refusals(connections[alias])]


def _refusals(connection: BaseDatabaseWrapper) -> Iterator[CheckMessage]:
    apps = sorted(_half_migrated(MigrationLoader(connection)))
    if apps:
        yield Error(
            f"Cơ sở dữ liệu chưa cập nhật hết các bước cũ của: {', '.join(apps)}.",
            hint=f"Hãy chạy `migrate` bằng bản {LAST_WITH_ALL} của cổng rồi quay lại bản này. "
            "Dữ liệu của bản trình diễn có thể xóa bằng `python manage.py demo --remove`.",
            id="tthc_portal.E010",
        )


def _half_migrated(loader: MigrationLoader) -> set[str]:
    """Apps with a migration that replaces files which are gone and which ran only in part."""
    applied = set(loader.applied_migrations)
    found = set()
    for (app, _), migration in loader.replacements.items():
        gone = set(migration.replaces) - set(loader.disk_migrations)
        if gone & applied and gone - applied:
            found.add(app)
    return found
