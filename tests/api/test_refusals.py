"""The one shape of refusals, whatever goes wrong."""

import logging

import pytest

from dossiers import worklists

ME = "/api/v1/me/"


def shape(answer) -> tuple[int, str]:
    told = answer.json()
    assert set(told) == {"code", "message", "fields"}
    assert told["message"].endswith(".")
    return answer.status_code, told["code"]


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/dossiers", "/api/v2/me/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_is_told_in_json(stranger, path, method) -> None:
    assert shape(getattr(stranger, method)(path)) == (404, "not_found")


def test_another_method_is_told(api, clerk) -> None:
    assert shape(api(clerk).delete(ME)) == (405, "method_not_allowed")


@pytest.mark.parametrize("text", ["{", "[" * 200_000, '{"a": NaN}', "\xff"])
def test_json_that_cannot_be_read_is_told(api, clerk, text) -> None:
    answer = api(clerk).generic(
        "POST", "/api/v1/dossiers/", text.encode("latin-1"), content_type="application/json"
    )

    assert shape(answer) == (400, "parse_error")


@pytest.mark.parametrize("text", ["[]", "1", '"a"', "null"])
def test_json_of_another_shape_is_told(api, clerk, text) -> None:
    answer = api(clerk).generic("POST", "/api/v1/dossiers/", text, content_type="application/json")

    assert shape(answer) == (400, "invalid")


def test_another_kind_of_body_is_told(api, clerk) -> None:
    answer = api(clerk).generic("POST", "/api/v1/dossiers/", "<a/>", content_type="text/xml")

    assert shape(answer) == (415, "unsupported_media_type")


def test_what_nobody_foresaw_is_logged_and_never_shown(api, clerk, monkeypatch, caplog) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(worklists, "counts", broken)

    with caplog.at_level(logging.ERROR):
        answer = api(clerk).get("/api/v1/worklists/")

    assert shape(answer) == (500, "server_error")
    assert "secret" not in answer.content.decode()
    assert "secret inside" in caplog.text


def test_whatever_a_client_accepts_it_gets_json(api, clerk) -> None:
    answer = api(clerk).get(ME, HTTP_ACCEPT="application/xml")

    assert answer["Content-Type"] == "application/json"
