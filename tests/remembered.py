"""Rows of the cast: made once by the real acts, and put back as they were for each test.

To publish a procedure and to found two agencies takes sixty statements, and thousands of tests
stand on them. The triggers run each time; what a test finds is what the acts left behind.
"""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from organizations.models import ReferenceStamp

_APPS = ("organizations", "procedures")


@dataclass(frozen=True)
class _Kept:
    """The row that the making answered, those it stands on, and how to put all of it back."""

    stands_on: tuple[int, ...]
    answered: bytes
    statement: str


_MAKERS: dict[str, Callable[..., Any]] = {}
_KEPT: dict[str, _Kept] = {}


def remembered(make: Callable[..., Any]) -> Any:
    """A fixture that is made by its own acts once in each process, and put back from then on.

    It is made anew where what it stands on is not what it stood on when it was learnt.
    """
    name = make.__name__
    _MAKERS[name] = make

    @wraps(make)
    def put_back(**stands_on: Model) -> Any:
        kept = _KEPT.get(name)
        if kept is None or kept.stands_on != _keys(stands_on.values()):
            return make(**stands_on)
        with connection.cursor() as cursor:
            cursor.execute(kept.statement)
        return pickle.loads(kept.answered)

    return pytest.fixture(put_back)


def learn(**made: Model) -> None:
    """Make everything in the order in which it is written down; no row of it stays."""
    with transaction.atomic():
        for name, make in _MAKERS.items():
            stands_on = [made[other] for other in signature(make).parameters]
            before = {model: _last(model) for model in _models()}
            made[name] = make(*stands_on)
            inserts = [_insert(model, after=last) for model, last in before.items()]
            statement = ";".join(filter(None, inserts))
            _KEPT[name] = _Kept(_keys(stands_on), pickle.dumps(made[name]), statement)
        transaction.set_rollback(True)


def _keys(rows: Iterable[Model]) -> tuple[int, ...]:
    return tuple(row.pk for row in rows)


def _models() -> list[type[Model]]:
    """All but the stamps, which the triggers renew when the rows are put back."""
    models = (model for app in _APPS for model in apps.get_app_config(app).get_models())
    return [model for model in models if model is not ReferenceStamp]


def _last(model: type[Model]) -> int:
    newest = model._default_manager.order_by("pk").last()
    return newest.pk if newest else 0


def _insert(model: type[Model], *, after: int) -> str | None:
    """What puts the rows after this one back, or nothing when there are none."""
    table = model._meta.db_table
    columns = ", ".join(
        f'"{field.column}"' for field in model._meta.local_concrete_fields if not field.generated
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT quote_literal(json_agg(row ORDER BY id)::text)"
            f' FROM "{table}" AS row WHERE id > %s',
            [after],
        )
        (rows,) = cursor.fetchone()
    return rows and (
        f'INSERT INTO "{table}" ({columns})'
        f' SELECT {columns} FROM json_populate_recordset(NULL::"{table}", {rows})'
    )
