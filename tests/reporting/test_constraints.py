"""Each constraint of the tallies and snapshots refuses what its name says."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reporting.models import OfferedService, PeriodSnapshot, ProcedureUse, Tally
from reporting.statuses import Grain
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def refused(name):
    """The database refuses by this constraint."""
    return pytest.raises(IntegrityError, match=name)


def make_tally(agency, **facts):
    base = {"grain": Grain.MOMENT, "half_month": NOW.date(), "counts_from": NOW}
    return Tally.objects.create(agency=agency, **{**base, **facts})


def make_snapshot(agency, user, **facts):
    base = {
        "period": "2026-10",
        "indicator_set": "qd766-2022",
        "number": 1,
        "content": {},
        "hash": "0" * 64,
        "frozen_by": user,
        "frozen_by_name": user.full_name,
        "frozen_at": NOW,
    }
    return PeriodSnapshot.objects.create(agency=agency, **{**base, **facts})


def test_tally_once_for_its_key(justice):
    make_tally(justice)

    with refused("tally_once_for_its_key"):
        make_tally(justice)


def test_tally_grain_is_known(justice):
    with refused("tally_grain_is_known"):
        make_tally(justice, grain="week")


def test_procedure_use_once_for_its_key(justice, version):
    facts = {"agency": justice, "procedure": version.procedure, "half_month": NOW.date()}
    ProcedureUse.objects.create(**facts)

    with refused("procedure_use_once_for_its_key"):
        ProcedureUse.objects.create(**facts)


def test_offered_service_one_is_current(justice, version):
    with refused("offered_service_one_is_current"):
        OfferedService.objects.create(
            agency=justice, procedure=version.procedure, is_online=True, since=NOW
        )


def test_snapshot_number_unique_in_period(province, supervisor):
    make_snapshot(province, supervisor)

    with refused("snapshot_number_unique_in_period"):
        make_snapshot(province, supervisor)


@pytest.mark.parametrize("facts", [{"number": 0}, {"hash": "x"}], ids=["number", "hash"])
def test_snapshot_has_number_and_hash(province, supervisor, facts):
    with refused("snapshot_has_number_and_hash"):
        make_snapshot(province, supervisor, **facts)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_periodsnapshot SET period = '2026-11'",
        "DELETE FROM reporting_periodsnapshot",
        "TRUNCATE reporting_periodsnapshot",
    ],
)
def test_what_was_frozen_is_never_changed(province, supervisor, statement):
    make_snapshot(province, supervisor)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"):
            cursor.execute(statement)
        transaction.set_rollback(True)


def test_an_assignment_that_ends_is_still_known_as_it_was(justice, version):
    assignment = justice.procedure_assignments.get()
    assert OfferedService.objects.get().since == assignment.published_at

    assignment.is_active = False
    assignment.save(update_fields=["is_active"])

    offered = OfferedService.objects.get()
    assert offered.until is not None
    assert list(OfferedService.objects.known_at(offered.until)) == [offered]
