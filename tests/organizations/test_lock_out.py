"""Guessing passwords: five failures of one name at one address lock that pair out for a while."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def guess(client, username="binh", password="sai", address="10.0.0.1", **headers):
    return client.post(
        "/dang-nhap/",
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers=headers,
    )


def lock_out(client, **about):
    """Five failures, of which the fifth already answers with the lock-out page."""
    return [guess(client, **about).status_code for _ in range(5)]


def test_four_failures_still_let_the_right_password_in(client, clerk, clock):
    assert [guess(client).status_code for _ in range(4)] == [200] * 4

    assert guess(client, password=PASSWORD).status_code == 302


def test_the_fifth_failure_locks_out_with_a_sentence(client, clerk, clock):
    assert lock_out(client) == [200, 200, 200, 200, 429]

    response = guess(client, password=PASSWORD)

    assert response.status_code == 429
    assert "Hãy chờ 15 phút rồi đăng nhập lại." in response.text


def test_a_name_that_nobody_has_is_locked_out_alike(client, clock):
    assert lock_out(client, username="khong-co")[-1] == 429


def test_capitals_do_not_begin_a_new_count(client, clerk, clock):
    names = ["binh", "BINH", " Binh ", "bINH", "biNh"]

    assert [guess(client, username=name).status_code for name in names][-1] == 429


def test_another_address_is_not_locked_out(client, clerk, clock):
    lock_out(client)

    assert guess(client, password=PASSWORD, address="10.0.0.2").status_code == 302


def test_another_name_at_the_same_address_is_not_locked_out(client, clerk, officer, clock):
    lock_out(client)

    assert guess(client, username="oanh", password=PASSWORD).status_code == 302


def test_a_forwarded_address_made_up_by_the_browser_does_not_help(client, clerk, clock):
    lock_out(client)

    response = guess(client, password=PASSWORD, x_forwarded_for="10.9.9.9")

    assert response.status_code == 429


def test_after_a_quarter_of_an_hour_the_right_password_works_again(client, clerk, clock):
    lock_out(client)

    clock.shift(timedelta(minutes=14, seconds=59))
    assert guess(client, address="10.0.0.1", password=PASSWORD).status_code == 429
    clock.shift(timedelta(minutes=15, seconds=1))

    assert guess(client, password=PASSWORD).status_code == 302


def test_success_forgets_the_failures_before_it(client, clerk, clock):
    for _ in range(4):
        guess(client)
    guess(client, password=PASSWORD)
    client.post("/dang-xuat/")

    assert [guess(client).status_code for _ in range(4)] == [200] * 4


def test_a_person_at_work_is_not_thrown_out_by_failures_elsewhere(sign_in, clerk, clock):
    client = sign_in(clerk)
    lock_out(Client())

    assert client.get("/mat-khau/").status_code == 200
