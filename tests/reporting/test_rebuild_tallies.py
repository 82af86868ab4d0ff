"""The command that proves the tallies, or makes them anew."""

from io import StringIO

import pytest
from django.core.management import call_command

from reporting import tallies
from reporting.models import TalliedDossier, Tally

pytestmark = pytest.mark.django_db


def run(*arguments):
    """What the command prints, and its exit status."""
    out, err = StringIO(), StringIO()
    try:
        call_command("rebuild_tallies", *arguments, stdout=out, stderr=err)
    except SystemExit as ending:
        return err.getvalue(), ending.code
    return out.getvalue(), 0


def test_equal_tallies_are_said_to_be_equal(desk):
    desk.accept()

    told, status = run("--check")

    assert status == 0
    assert "khớp" in told


def test_the_first_difference_ends_with_status_1_and_a_rebuild_mends_it(desk):
    desk.accept()
    tallies.advance()
    Tally.objects.update(online=1)

    told, status = run("--check")

    assert status == 1
    assert "Số cộng dồn" in told
    assert run()[1] == 0
    assert run("--check")[1] == 0


def test_a_rebuild_counts_what_went_past_the_queue(desk):
    desk.accept()
    tallies.advance()
    TalliedDossier.objects.all().delete()

    told, status = run("--check")

    assert status == 1
    assert told.startswith("Số cộng dồn khác dữ liệu gốc. Hồ sơ đã cộng")
    run()
    assert TalliedDossier.objects.count() == 1
