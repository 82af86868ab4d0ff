"""Changing one's password, and newcomers who must do so before anything else."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from knox.models import AuthToken

from tests.conftest import PASSWORD

NEW = "cánh-đồng-làng-sen-42"
PAGE = "/mat-khau/"
SAMPLES = {
    "DossierCodeConverter": "H41.15-261113-0001",
    "FormKindConverter": "receipt",
    "ProcedureCodeConverter": "1.001193",
    "UUIDConverter": "6f1d3c52-7a0e-4c7e-9a43-2f0f3c1a5b10",
    "PartConverter": "rest",
    "PetitionCodeConverter": "PA-261122-K7QF3M",
}


def closed_pages(patterns, prefix="/", namespace=""):
    """Name and a sample path of every page that asks for signing in; the API has its own guard."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from closed_pages(pattern.url_patterns, path, inner)
        elif not path.startswith("/api/") and getattr(pattern.callback, "login_required", True):
            for key, converter in pattern.pattern.converters.items():
                sample = SAMPLES.get(type(converter).__name__, "1")
                path = re.sub(rf"<(\w+:)?{key}>", sample, path)
            yield f"{namespace}{pattern.name}", path


def change(client, *, old=PASSWORD, new=NEW, again=None):
    return client.post(
        PAGE,
        {
            "old_password": old,
            "new_password1": new,
            "new_password2": new if again is None else again,
        },
    )


def test_the_new_password_works_and_the_old_one_does_not(sign_in, clerk):
    response = change(sign_in(clerk))

    assert response.status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(NEW)
    assert not clerk.check_password(PASSWORD)


def test_whoever_changed_it_stays_signed_in(sign_in, clerk):
    client = sign_in(clerk)

    change(client)

    assert client.get(PAGE).status_code == 200


def test_other_sessions_of_the_person_end(sign_in, clerk):
    other = Client()
    other.force_login(clerk, backend="organizations.backends.MembershipBackend")
    assert other.get(PAGE).status_code == 200

    change(sign_in(clerk))

    assert other.get(PAGE).url.startswith("/dang-nhap/")


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"old": "sai"}, "Mật khẩu cũ không chính xác"),
        ({"again": "khác-hẳn-thế"}, "Hai trường mật khẩu không giống nhau"),
        ({"new": "ngắn"}, "Mật khẩu quá ngắn. Hãy dùng ít nhất 10 ký tự."),
        ({"new": "password123"}, "Mật khẩu này quá phổ biến"),
        ({"new": "19900519000"}, "Mật khẩu này hoàn toàn là số"),
        ({"new": "binh-binh-binh"}, "quá giống với tên đăng nhập"),
        ({"new": ""}, "Trường này là bắt buộc"),
    ],
)
def test_a_refusal_says_why_in_vietnamese_and_changes_nothing(sign_in, clerk, entered, sentence):
    clerk.username = "binh-binh"
    clerk.save(update_fields=["username"])

    response = change(sign_in(clerk), **entered)

    assert response.status_code == 200
    assert sentence in response.text
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_api_tokens_of_the_person_end(sign_in, clerk):
    AuthToken.objects.create(user=clerk)

    change(sign_in(clerk))

    assert not AuthToken.objects.exists()


def test_newcomers_are_led_to_the_password_page_from_everywhere(sign_in, clerk):
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])
    client = sign_in(clerk)
    pages = dict(closed_pages(get_resolver().url_patterns))
    del pages["organizations:password_change"], pages["organizations:sign_out"]

    answers = {name: client.get(path) for name, path in pages.items()}

    assert len(answers) >= 20
    wrong = {
        name: response.status_code
        for name, response in answers.items()
        if response.status_code != 302 or response.url != PAGE
    }
    assert wrong == {}


def test_newcomers_may_sign_out_instead(sign_in, clerk):
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])
    client = sign_in(clerk)

    client.post("/dang-xuat/")

    assert "_auth_user_id" not in client.session


def test_with_a_password_of_their_own_newcomers_get_to_work(sign_in, clerk):
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])
    client = sign_in(clerk)
    assert "Hãy đặt mật khẩu của riêng mình" in client.get(PAGE).text

    change(client)

    clerk.refresh_from_db()
    assert clerk.must_change_password is False
    assert client.get("/ho-so/").status_code == 200


def test_a_refused_change_does_not_let_a_newcomer_through(sign_in, clerk):
    clerk.must_change_password = True
    clerk.save(update_fields=["must_change_password"])
    client = sign_in(clerk)

    change(client, new="ngắn")

    assert client.get("/ho-so/").url == PAGE
