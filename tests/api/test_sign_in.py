"""Tokens: given for a password, kept as a hash, ended by their holder or with their holder."""

from datetime import timedelta

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from organizations.api.viewsets import SignInThrottle
from tests.conftest import PASSWORD

SIGN_IN, SIGN_OUT, ME = "/api/v1/token/", "/api/v1/token/revoke/", "/api/v1/me/"


def sign_in(client: APIClient, username: str = "binh", password: str = PASSWORD):
    return client.post(SIGN_IN, {"username": username, "password": password}, format="json")


def with_token(token: str) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


def test_a_password_is_exchanged_for_a_token_that_is_kept_as_a_hash(stranger, clerk) -> None:
    answer = sign_in(stranger, "  BINH ")

    assert answer.status_code == 201
    token = answer.json()["token"]
    assert token not in AuthToken.objects.get().digest
    told = with_token(token).get(ME).json()
    assert told["username"] == "binh"
    assert told["postings"][0]["role"] == "counter"
    assert told["postings"][0]["counter"]["name"].startswith("Trung tâm Phục vụ")


@pytest.mark.parametrize("username", ["binh", "khong-co"])
def test_a_wrong_password_does_not_tell_which_names_exist(stranger, clerk, username) -> None:
    answer = sign_in(stranger, username, "sai")

    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_password")


def test_five_failures_lock_the_name_out_in_json(stranger, clerk) -> None:
    answers = [sign_in(stranger, password="sai") for _ in range(6)]
    locked = sign_in(stranger)

    assert answers[0].status_code == 400
    assert (locked.status_code, locked.json()["code"]) == (429, "locked_out")
    assert locked["Content-Type"] == "application/json"
    assert locked["Retry-After"] == "900"


def test_many_names_from_one_address_are_slowed_down(stranger, clerk, monkeypatch) -> None:
    monkeypatch.setattr(SignInThrottle, "rate", "3/min")
    # A memory of its own: other runs of the tests may empty the shared one.
    monkeypatch.setattr(SignInThrottle, "cache", LocMemCache("sign-in", {}))

    answers = [sign_in(stranger, f"ten-{number}", "sai") for number in range(4)]

    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "throttled")
    assert int(answers[-1]["Retry-After"]) > 0


def test_signing_out_ends_this_token_and_no_other(stranger, clerk) -> None:
    first, second = (sign_in(stranger).json()["token"] for _ in range(2))

    assert with_token(first).post(SIGN_OUT).status_code == 204

    assert with_token(first).get(ME).status_code == 401
    assert with_token(second).get(ME).status_code == 200


def test_the_eleventh_token_ends_the_first(stranger, clerk) -> None:
    tokens = [sign_in(stranger).json()["token"] for _ in range(11)]

    assert AuthToken.objects.count() == 10
    assert with_token(tokens[0]).get(ME).status_code == 401
    assert with_token(tokens[-1]).get(ME).status_code == 200


def test_the_token_of_a_barred_person_opens_nothing(stranger, clerk) -> None:
    client = with_token(sign_in(stranger).json()["token"])
    clerk.is_active = False
    clerk.save(update_fields=["is_active"])

    answer = client.get(ME)

    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    assert sign_in(stranger).json()["code"] == "wrong_password"


def test_an_expired_token_opens_nothing(stranger, clerk) -> None:
    client = with_token(sign_in(stranger).json()["token"])
    AuthToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))

    assert client.get(ME).status_code == 401


@pytest.mark.parametrize("token", ["", "sai", "a b", "é" * 64, "0" * 64])
def test_a_token_that_is_none_is_refused(clerk, token) -> None:
    assert with_token(token).get(ME).status_code == 401


def test_who_must_choose_a_password_does_so_on_the_page_first(stranger, clerk) -> None:
    token = sign_in(stranger).json()["token"]
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])

    assert sign_in(stranger).status_code == 403
    assert with_token(token).get(ME).json()["message"].startswith("Hãy đổi mật khẩu")


def test_the_session_of_a_page_opens_the_api_too_with_its_csrf_proof(clerk, dossier) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk, backend="organizations.backends.MembershipBackend")

    read = client.get(ME)
    acted = client.post(f"/api/v1/dossiers/{dossier.code}/transfer/")

    assert read.status_code == 200
    assert acted.status_code == 403
    assert acted.json()["message"].startswith("Yêu cầu thiếu mã chống giả mạo")
