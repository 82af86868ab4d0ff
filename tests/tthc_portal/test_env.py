"""The readers of environment variables take what makes sense and refuse the rest."""

import re
from datetime import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tthc_portal import env


@pytest.mark.parametrize(("value", "meaning"), [("true", True), ("Yes", True), ("0", False)])
def test_a_flag_is_a_yes_or_a_no(monkeypatch, value, meaning):
    monkeypatch.setenv("A_FLAG", value)

    assert env.flag("A_FLAG", default=not meaning) is meaning


def test_a_flag_that_is_not_set_has_its_default(monkeypatch):
    monkeypatch.delenv("A_FLAG", raising=False)

    assert env.flag("A_FLAG", default=True) is True


def test_nonsense_stops_the_start_with_a_sentence(monkeypatch):
    monkeypatch.setenv("A_FLAG", "maybe")
    monkeypatch.setenv("A_NUMBER", "ten")

    with pytest.raises(ImproperlyConfigured, match="A_FLAG phải là true hoặc false"):
        env.flag("A_FLAG", default=False)
    with pytest.raises(ImproperlyConfigured, match="A_NUMBER phải là số nguyên"):
        env.integer("A_NUMBER", 1)


def test_a_number_is_read(monkeypatch):
    monkeypatch.setenv("A_NUMBER", "20")

    assert env.integer("A_NUMBER", 1) == 20
    assert env.integer("NOT_SET_ANYWHERE", 7) == 7


def test_a_list_is_separated_by_commas(monkeypatch):
    monkeypatch.setenv("SOME_WORDS", " a.vn, b.vn,,")

    assert env.words("SOME_WORDS") == ["a.vn", "b.vn"]


def test_a_secret_comes_from_its_file_first(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("A_SECRET", "from the variable")

    assert env.secret("A_SECRET") == "from the variable"

    monkeypatch.setenv("A_SECRET_FILE", str(tmp_path / "secret"))

    assert env.secret("A_SECRET") == "from the file"


def test_a_database_address_is_taken_apart():
    database = env.database(
        "postgresql://portal:p%40ss@Db.example.vn:5433/tthc?sslmode=verify-full"
    )

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tthc",
        "USER": "portal",
        "PASSWORD": "p@ss",
        "HOST": "db.example.vn",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_the_directory_of_a_unix_socket_keeps_its_capitals_and_spaces():
    database = env.database("postgresql://tthc@/tthc?host=/tmp/Cổng%20Một%20Cửa")

    assert database["HOST"] == "/tmp/Cổng Một Cửa"
    assert (database["NAME"], database["USER"], database["PORT"]) == ("tthc", "tthc", "")
    assert database["OPTIONS"] == {}


def test_another_kind_of_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database("mysql://tthc@localhost/tthc")


def test_every_variable_is_explained_in_the_example_file():
    checkout = Path(env.__file__).parent.parent
    reader = r'env\.(?:text|flag|integer|words|span|secret)\(\s*"([A-Z0-9_]+)"'
    read = {
        name
        for path in (checkout / "tthc_portal").rglob("*.py")
        for name in re.findall(reader, path.read_text())
    }
    explained = set(re.findall(r"^#?([A-Z0-9_]+)=", (checkout / ".env.example").read_text(), re.M))

    assert "SECRET_KEY" in read
    assert read - explained == set()


def test_the_compose_file_sets_only_variables_that_are_explained():
    checkout = Path(env.__file__).parent.parent
    compose = (checkout / "docker-compose.yml").read_text()
    explained = set(re.findall(r"^#?([A-Z0-9_]+)=", (checkout / ".env.example").read_text(), re.M))

    assert set(re.findall(r"(?<!\$)\$\{([A-Z0-9_]+)", compose)) - explained == set()


def test_a_span_of_the_day_is_read(monkeypatch):
    monkeypatch.setenv("SPAN", "06:30 - 21:00")

    assert env.span("SPAN", "07:00-20:00") == (time(6, 30), time(21))
    assert env.span("OTHER_SPAN", "07:00-20:00") == (time(7), time(20))


@pytest.mark.parametrize("value", ["", "7", "07:00", "20:00-07:00", "07:00-07:00", "a-b", "7-8-9"])
def test_what_is_no_span_of_the_day_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("SPAN", value)

    with pytest.raises(ImproperlyConfigured, match="SPAN phải là khoảng giờ"):
        env.span("SPAN", "07:00-20:00")
