"""Every subject of the benchmarks is listed and written down, and the quick ones run when tiny.

Nothing is timed here: figures belong to `make bench`.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from benchmarks import run, servers
from benchmarks.stage import Stage, Table
from benchmarks.subjects import export, imports, sweep
from tthc_portal import embedded

MODULES = {path.stem for path in Path(run.__file__).parent.glob("subjects/*.py")} - {"__init__"}
TINY = {
    export: {"rows": 30},
    imports: {"imported": 30},
    sweep: {"open": 40, "endangered": 20},
}


def test_every_subject_is_played_and_has_its_place_in_the_table():
    written = run.README.read_text()

    assert set(run.SUBJECTS) == MODULES
    for name in MODULES:
        assert written.count(f"<!-- {name} -->") == written.count(f"<!-- end of {name} -->") == 1


def test_figures_are_written_between_the_marks_of_their_subject(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- api -->\nold\n<!-- end of api -->\nafter\n")
    monkeypatch.setattr(run, "README", readme)

    run._write("api", list(Table(("a", "b"), [("1", "2")]).lines()))

    assert readme.read_text() == (
        "before\n<!-- api -->\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n<!-- end of api -->\nafter\n"
    )


@pytest.fixture
def stage(tmp_path, settings, monkeypatch):
    """This test's own database and files, for the processes that a subject starts."""
    url = embedded.database_url()
    name = connection.settings_dict["NAME"]
    url = url.replace(f"{urlsplit(url).path}?", f"/{name}?")
    for variable, value in servers.environment(url).items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("MEDIA_ROOT", str(settings.MEDIA_ROOT))
    return lambda sizes: Stage(url=url, folder=tmp_path, sizes=sizes)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("subject", TINY, ids=lambda subject: subject.__name__.rpartition(".")[2])
def test_a_subject_runs_when_it_is_tiny(subject, stage, desk, supervisor, administrator):
    tables = list(subject.measure(stage(TINY[subject])))

    assert tables
    for table in tables:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.head)}
