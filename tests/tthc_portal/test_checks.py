"""Production refuses weak settings, one error for each, with a hint."""

import pytest
from django.core.checks import run_checks

from tthc_portal import checks

STRONG_KEY = "k7Vq-2mZpX9wRtB4nL8sYd3FhJ6gCvA1eQuT5oWi_0zMxKbNrPy"
STRONG_PASSWORD = "w8Zr-4kQpV2nXt7L"


@pytest.fixture
def production(settings, monkeypatch):
    settings.PRODUCTION = True
    settings.SECRET_KEY = STRONG_KEY
    settings.ALLOWED_HOSTS = ["motcua.nghean.gov.vn"]
    settings.PUBLIC_URL = "https://motcua.nghean.gov.vn"
    settings.REDIS_URL = "redis://redis:6379/0"
    for name, value in {"HOST": "postgres", "USER": "tthc", "PASSWORD": STRONG_PASSWORD}.items():
        monkeypatch.setitem(settings.DATABASES["default"], name, value)
    return settings


def refusals():
    return run_checks(tags=[checks.TAG])


def test_good_production_settings_pass(production):
    assert refusals() == []


@pytest.mark.parametrize(
    "key",
    [
        "",
        STRONG_KEY[:49],
        "ab" * 40,
        f"django-insecure-{STRONG_KEY}",
        f"CHANGEME{STRONG_KEY}",
    ],
)
def test_a_missing_or_weak_secret_key_is_refused(production, key):
    production.SECRET_KEY = key

    assert [error.id for error in checks.production_settings()] == ["tthc_portal.E001"]


@pytest.mark.parametrize("hosts", [[], ["localhost", "127.0.0.1", "[::1]"], ["*"], ["a.vn", "*"]])
def test_hosts_that_no_citizen_can_name_are_refused(production, hosts):
    production.ALLOWED_HOSTS = hosts

    assert [error.id for error in refusals()] == ["tthc_portal.E002"]


@pytest.mark.parametrize(
    "url", ["", "http://motcua.nghean.gov.vn", "https://localhost:8000", "motcua.nghean.gov.vn"]
)
def test_an_address_without_https_is_refused(production, url):
    production.PUBLIC_URL = url

    assert [error.id for error in refusals()] == ["tthc_portal.E003"]


@pytest.mark.parametrize("url", ["", "redis", "http://redis:6379"])
def test_a_missing_broker_is_refused(production, url):
    production.REDIS_URL = url

    assert [error.id for error in refusals()] == ["tthc_portal.E004"]


@pytest.mark.parametrize("password", ["", "tthc", "short-4kQpV2", "a" * 40, "password-4kQpV2nXt7L"])
def test_a_weak_database_password_is_refused(production, password):
    production.DATABASES["default"]["PASSWORD"] = password

    assert [error.id for error in refusals()] == ["tthc_portal.E005"]


def test_a_password_equal_to_the_user_is_refused_however_long():
    database = {"HOST": "postgres", "USER": STRONG_PASSWORD, "PASSWORD": STRONG_PASSWORD}

    assert [error.id for error in checks.database_password(database)] == ["tthc_portal.E005"]


def test_a_folder_of_keys_that_others_can_read_is_refused(production, tmp_path):
    production.SIGNING_DIR = tmp_path / "signing"
    assert refusals() == []
    production.SIGNING_DIR.mkdir(mode=0o750)

    assert [error.id for error in refusals()] == ["tthc_portal.E008"]


@pytest.mark.parametrize("name", ["APOLOGY_DRAFT_BEFORE", "APOLOGY_NEW_DAY_AFTER"])
def test_days_that_draft_letters_for_nobody_are_refused(production, name):
    setattr(production, name, 0)

    assert [error.id for error in refusals()] == ["tthc_portal.E009"]


def test_a_unix_socket_needs_no_password(production):
    production.DATABASES["default"] |= {"HOST": "/run/postgresql", "PASSWORD": ""}

    assert refusals() == []


def test_development_is_left_alone(production):
    production.PRODUCTION = False
    production.SECRET_KEY = ""
    production.REDIS_URL = ""

    assert refusals() == []


def test_each_refusal_has_a_hint_that_names_what_to_set(production):
    production.SECRET_KEY = production.REDIS_URL = production.PUBLIC_URL = "x"
    production.ALLOWED_HOSTS = []
    production.DATABASES["default"]["PASSWORD"] = ""

    errors = checks.production_settings()

    assert [error.id for error in errors] == [f"tthc_portal.E00{number}" for number in range(1, 6)]
    assert all(error.hint.startswith("Hãy ") and error.hint.endswith(".") for error in errors)
