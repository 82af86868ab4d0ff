"""Idle sessions end, work keeps them awake, and reading pages writes next to nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOW, PASSWORD

PAGE = "/mat-khau/"
EIGHT_HOURS = timedelta(hours=8)


@pytest.fixture
def clock(settings):
    # A cache whose clock travels along: Valkey's own would not.
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser(client, clerk, clock):
    client.post("/dang-nhap/", {"username": "binh", "password": PASSWORD})
    client.get(PAGE)
    return client


def session_writes(browser) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(PAGE).status_code == 200
    return [
        query["sql"]
        for query in queries
        if "django_session" in query["sql"] and not query["sql"].startswith("SELECT")
    ]


def test_an_idle_session_ends_after_eight_hours(browser, clock):
    clock.shift(EIGHT_HOURS + timedelta(seconds=1))

    assert browser.get(PAGE).url.startswith("/dang-nhap/")


def test_the_browser_forgets_the_session_as_well(browser):
    assert browser.cookies["sessionid"]["max-age"] == EIGHT_HOURS.total_seconds()


def test_work_keeps_a_session_awake(browser, clock):
    for _ in range(3):
        clock.shift(EIGHT_HOURS - timedelta(minutes=1))
        assert browser.get(PAGE).status_code == 200


def test_the_last_minutes_of_reading_are_forgotten_at_most(browser, clock):
    clock.shift(timedelta(minutes=4))
    browser.get(PAGE)

    clock.shift(EIGHT_HOURS - timedelta(minutes=4, seconds=-1))

    # The page at minute 4 wrote nothing, so the eight hours run from the one before it.
    assert browser.get(PAGE).status_code == 302


def test_reading_within_five_minutes_writes_no_session(browser, clock):
    assert session_writes(browser) == []
    clock.shift(timedelta(minutes=5))
    assert session_writes(browser) == []


def test_after_five_minutes_one_page_writes_the_session_and_the_next_does_not(browser, clock):
    clock.shift(timedelta(minutes=5, seconds=1))

    assert len(session_writes(browser)) >= 1
    assert session_writes(browser) == []


def test_strangers_get_no_session(client, db, clock):
    client.get("/dang-nhap/")
    client.get("/ho-so/")

    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()
