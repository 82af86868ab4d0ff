"""All that hangs on one dossier in one statement: four round trips fewer on the hot path."""

import json
from typing import Any

from django.db import connection

from dossiers.models import Dossier

# Moments on the wall clock here, as the other answers write them.
_LOCAL = """to_char({0} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"')"""
_ARRAY = "(SELECT coalesce(json_agg(json_build_object({columns}) ORDER BY {order}), '[]') FROM {table} WHERE dossier_id = %(id)s)"  # noqa: E501 (constants below)


def _array(table: str, order: str, columns: dict[str, str]) -> str:
    pairs = ", ".join(f"'{name}', {value}" for name, value in columns.items())
    return _ARRAY.format(table=table, order=order, columns=pairs)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _moments(*names: str) -> dict[str, str]:
    return {name: _LOCAL.format(name) for name in names}


_PARTS = {
    "papers": _array(
        "dossiers_dossierpaper",
        "position",
        _same("id", "name", "originals", "copies", "is_digitised", "is_reused"),
    ),
    "files": _array(
        "dossiers_attachment",
        "id",
        {
            **_same("id", "kind", "name", "content_type", "size", "sha256"),
            "paper": "paper_id",
            **_moments("added_at"),
        },
    ),
    "fees": _array(
        "dossiers_fee",
        "id",
        {**_same("name", "method"), "amount": "amount::text", **_moments("paid_at")},
    ),
    "steps": _array(
        "dossiers_dossierstep",
        "position",
        {**_same("name", "role"), **_moments("due_at", "started_at", "finished_at")},
    ),
}
_STATEMENT = "SELECT " + ", ".join(f"{part}::text" for part in _PARTS.values())


def of(dossier: Dossier) -> dict[str, list[dict[str, Any]]]:
    """Papers, files, fees and internal steps, each in its order."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"id": dossier.pk})
        return dict(zip(_PARTS, map(json.loads, cursor.fetchone()), strict=True))
