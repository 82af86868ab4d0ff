"""What the tests of the desk share: dossiers in numbers, and a worker that comes by."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from desk import bulk, bulk_work
from desk.bulk import Mark, Wanted
from desk.models import BulkRun
from desk.statuses import BulkAct
from dossiers.models import Dossier
from organizations.models import User
from tests.conftest import NOW, Desk


@pytest.fixture
def three(desk: Desk) -> list[Dossier]:
    """Three accepted dossiers of one department."""
    return [desk.accept() for _ in range(3)]


def marks_of(dossiers: list[Dossier]) -> list[Mark]:
    """The dossiers as a list shows them now."""
    versions = dict(Dossier.objects.values_list("code", "event_count"))
    return [Mark(code=dossier.code, version=versions[dossier.code]) for dossier in dossiers]


def asked(act: BulkAct, dossiers: list[Dossier], **facts) -> Wanted:
    """A run over these dossiers."""
    known = {"act": act, "marks": marks_of(dossiers), "submission_key": uuid4()}
    return Wanted(**(known | facts))


@pytest.fixture
def begin() -> Callable[..., BulkRun]:
    """Start a run; no worker has come yet."""

    def started(act: BulkAct, dossiers: list[Dossier], actor: User, **facts) -> BulkRun:
        return bulk.start(wanted=asked(act, dossiers, **facts), actor=actor, at=NOW)

    return started


def worked_off(run: BulkRun, at=NOW) -> BulkRun:
    """The run after a worker has done all of it."""
    while bulk_work.do_next(run_id=run.pk, at=at):
        pass
    bulk_work.finish(run_id=run.pk, at=at)
    run.refresh_from_db()
    return run


def outcomes(run: BulkRun) -> list[tuple[str, str]]:
    """State and sentence of each item, in order."""
    return list(run.items.order_by("position").values_list("state", "told"))
