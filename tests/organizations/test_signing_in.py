"""Signing in and out: who gets in, what the refusal says."""

import pytest
from django.test import Client
from django.urls import reverse

from organizations import backends
from tests.conftest import PASSWORD

SIGN_IN = "/dang-nhap/"


def answer(client, username: str, password: str):
    return client.post(SIGN_IN, {"username": username, "password": password})


def test_the_right_password_opens_the_portal(client, clerk):
    response = answer(client, "binh", PASSWORD)

    assert response.status_code == 302
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(clerk.pk)


@pytest.mark.parametrize("name", ["BINH", "  binh  ", "Binh"])
def test_the_name_may_be_typed_with_capitals_and_spaces(client, clerk, name):
    assert answer(client, name, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("name", "password"),
    [("binh", "sai"), ("khong-co", PASSWORD), ("binh", PASSWORD.upper()), ("binh", PASSWORD + " ")],
)
def test_a_wrong_name_or_password_gets_one_and_the_same_sentence(client, clerk, name, password):
    response = answer(client, name, password)

    assert response.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy nhập lại." in response.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("binh", ""), ("", "")])
def test_an_empty_field_is_asked_for(client, clerk, name, password):
    response = answer(client, name, password)

    assert response.status_code == 200
    assert "Hãy nhập đủ tên đăng nhập và mật khẩu." in response.text


def test_a_barred_person_is_refused_like_any_wrong_password(client, clerk):
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])

    response = answer(client, "binh", PASSWORD)

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng." in response.text


def test_a_session_ends_when_its_person_is_barred(sign_in, clerk):
    client = sign_in(clerk)
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])

    assert client.get("/mat-khau/").url.startswith(SIGN_IN)


def test_an_unknown_name_costs_a_hash_too(db, monkeypatch):
    hashed = []
    monkeypatch.setattr(backends, "make_password", hashed.append)

    assert backends.MembershipBackend().authenticate(None, "khong-co", "mot-mat-khau") is None

    assert hashed == ["mot-mat-khau"]


def test_a_barred_name_costs_a_hash_too(clerk, monkeypatch):
    checked = []
    monkeypatch.setattr(
        type(clerk), "check_password", lambda self, password: checked.append(password) or True
    )
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])

    assert backends.MembershipBackend().authenticate(None, "binh", "mot-mat-khau") is None

    assert checked == ["mot-mat-khau"]


def test_a_person_without_a_password_cannot_sign_in(client, clerk):
    clerk.set_unusable_password()
    clerk.save(update_fields=["password"])

    assert "chưa đúng" in answer(client, "binh", clerk.password).text


def test_nobody_is_led_to_another_site(client, clerk):
    response = client.post(
        f"{SIGN_IN}?next=https://evil.example/", {"username": "binh", "password": PASSWORD}
    )

    assert response.url == reverse("home")


def test_whoever_is_signed_in_does_not_see_the_sign_in_page(sign_in, clerk):
    assert sign_in(clerk).get(SIGN_IN).status_code == 302


def test_signing_in_gives_the_session_a_new_key(client, clerk):
    client.get(SIGN_IN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key

    client.cookies["sessionid"] = before
    answer(client, "binh", PASSWORD)

    assert client.session.session_key != before


def test_signing_out_ends_the_session(sign_in, clerk):
    client = sign_in(clerk)

    assert client.post("/dang-xuat/").url.startswith(SIGN_IN)

    assert client.get("/mat-khau/").url.startswith(SIGN_IN)


def test_following_a_link_signs_nobody_out(sign_in, clerk):
    client = sign_in(clerk)

    assert client.get("/dang-xuat/").status_code == 405

    assert client.session["_auth_user_id"] == str(clerk.pk)


def test_signing_in_from_a_page_without_its_token_is_refused(clerk):
    client = Client(enforce_csrf_checks=True)

    assert answer(client, "binh", PASSWORD).status_code == 403


def test_a_stranger_is_sent_to_sign_in_and_then_to_the_page_asked_for(client, clerk):
    asked = client.get("/ho-so/?tab=qua-han")

    assert asked.url.startswith(SIGN_IN)
    response = client.post(asked.url, {"username": "binh", "password": PASSWORD})
    assert response.url == "/ho-so/?tab=qua-han"


def test_the_api_tells_strangers_to_sign_in(client, db):
    response = client.get("/api/v1/worklists/")

    assert response.status_code == 401


def test_letters_of_full_width_are_the_same_name(client, clerk):
    assert answer(client, "ｂｉｎｈ", PASSWORD).status_code == 302
