"""All that hangs on one dossier, as parts of the statement that reads it: the hot path."""

import json
from collections.abc import Sequence
from typing import Any

# Moments on the wall clock here, as the other answers write them.
_LOCAL = """to_char({0} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"')"""
_ARRAY = "(SELECT coalesce(json_agg(json_build_object({columns}) ORDER BY {order}), '[]') FROM {table} WHERE dossier_id = dossier.id)"  # noqa: E501 (constants below)


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
        _same("id", "name", "originals", "copies", "is_digitised", "is_reused", "is_from_store"),
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
# For a statement in which the dossier is called so; text, because it is parsed here.
SELECTED = ", ".join(f"{part}::text" for part in _PARTS.values())


def of(found: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Papers, files, fees and internal steps, each in its order, from what SELECTED gave."""
    return dict(zip(_PARTS, map(json.loads, found), strict=True))
