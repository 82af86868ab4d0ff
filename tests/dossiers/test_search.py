"""Search: a code opens the dossier, names and numbers travel by POST and never in an address."""

from dataclasses import replace
from unicodedata import normalize

import pytest
import time_machine
from django.urls import reverse

from tests.conftest import APPLICANT, NOW

SEARCH = "/tim-kiem/"


def ask(client, term, **kwargs):
    with time_machine.travel(NOW, tick=False):
        return client.post(SEARCH, {"q": term}, **kwargs)


def found(client, term) -> list[str]:
    response = ask(client, term, follow=True)
    return [row.dossier.code for row in response.context["rows"]]


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        "  {code} ",
        "{lower}",
        "http://localhost:8000/tra-cuu/{code}/",
    ],
)
def test_an_exact_code_however_typed_or_scanned_opens_the_dossier(desk, sign_in, dossier, typed):
    term = typed.format(code=dossier.code, lower=dossier.code.lower())

    assert ask(sign_in(desk.clerk), term)["Location"] == dossier.get_absolute_url()
    assert sign_in(desk.clerk).get(SEARCH, {"q": term})["Location"] == dossier.get_absolute_url()


@pytest.mark.parametrize(
    "term",
    [
        "Nguyễn Thị Đào",
        "nguyen thi dao",
        "dao nguyen",
        normalize("NFD", "Đào"),
        "040190001234",
        "0912345678",
        "0912 345 678",
        "H41.15-2611",
    ],
)
def test_names_numbers_and_beginnings_of_codes_find_the_dossier(desk, sign_in, dossier, term):
    desk.accept(applicant=replace(APPLICANT, name="Vi Văn Xá", identity_number="", phone=""))

    assert dossier.code in found(sign_in(desk.clerk), term)


def test_a_name_finds_only_who_bears_it(desk, sign_in, dossier):
    desk.accept(applicant=replace(APPLICANT, name="Vi Văn Xá"))

    assert found(sign_in(desk.clerk), "dao") == [dossier.code]


def test_the_term_is_kept_in_the_session_not_in_the_address(desk, sign_in, dossier):
    response = ask(sign_in(desk.clerk), "Nguyễn Thị Đào", follow=True)

    addresses = [address for address, _ in response.redirect_chain]
    assert len(addresses) == 1
    assert "ao" not in addresses[0].replace("lan=", "").split("?")[0]
    assert "%C4%90" not in addresses[0]
    assert 'value="Nguyễn Thị Đào"' in text(response)


def test_a_name_in_the_address_is_not_searched_but_asked_for_again(desk, sign_in, dossier):
    response = sign_in(desk.clerk).get(SEARCH, {"q": "Nguyễn Thị Đào"})

    assert "rows" not in response.context
    assert "Hãy bấm Tìm" in text(response)
    assert 'value="Nguyễn Thị Đào"' in text(response)


def test_results_come_in_pages(desk, sign_in):
    for _ in range(32):
        desk.accept()
    client = sign_in(desk.clerk)

    first = ask(client, "Đào", follow=True)
    second = client.get(SEARCH + first.context["pager"]["next_url"])

    assert len(first.context["rows"]) == 30
    assert [row.dossier.code for row in second.context["rows"]] == [
        "H41.15-261113-0002",
        "H41.15-261113-0001",
    ]


def test_nothing_of_a_foreign_agency_is_found(desk, sign_in, dossier, foreign_officer):
    client = sign_in(foreign_officer)

    assert found(client, "Đào") == []
    assert found(client, "0912345678") == []
    assert found(client, dossier.code) == []


def test_an_old_search_is_asked_for_again(desk, sign_in):
    response = sign_in(desk.clerk).get(SEARCH, {"lan": "mất-rồi"})

    assert response.status_code == 404
    assert "Hãy nhập lại nội dung cần tìm." in text(response)


def test_another_person_does_not_inherit_a_search(desk, sign_in, dossier, client):
    address = ask(sign_in(desk.clerk), "Đào")["Location"]

    client.logout()

    assert sign_in(desk.officer).get(address).status_code == 404


@pytest.mark.parametrize(
    "term", ["'; DROP TABLE", "a:*b & |", "!!!", "\\", "²", "%_", "(((", "đ" * 200, "a' OR '1'='1"]
)
def test_hostile_terms_find_nothing_and_break_nothing(desk, sign_in, dossier, term):
    assert found(sign_in(desk.clerk), term) == []


@pytest.mark.parametrize("term", ["", "   ", "x" * 201, "a\x00b"])
def test_a_term_that_cannot_be_is_refused_with_a_sentence(desk, sign_in, term):
    response = ask(sign_in(desk.clerk), term)

    assert response.status_code == 400
    assert "error-summary" in text(response)


def test_a_page_address_changed_by_hand_leads_to_the_start(desk, sign_in, dossier):
    client = sign_in(desk.clerk)
    address = ask(client, "Đào")["Location"]

    assert client.get(f"{address}&after=~x")["Location"] == address


def test_the_search_page_and_its_roles(desk, sign_in, administrator, client):
    assert client.get(SEARCH).status_code == 302
    assert sign_in(desk.clerk).get(SEARCH).status_code == 200
    assert sign_in(administrator).get(SEARCH).status_code == 403


def test_results_take_at_most_eight_queries(desk, sign_in, django_assert_max_num_queries):
    for _ in range(10):
        desk.accept()
    client = sign_in(desk.clerk)
    address = ask(client, "Đào")["Location"]
    client.get(address)

    with django_assert_max_num_queries(8):
        assert len(client.get(address).context["rows"]) == 10


def test_the_field_of_the_top_bar_posts(desk, sign_in):
    page = text(sign_in(desk.clerk).get(reverse("dossiers:worklist")))

    assert f'action="{SEARCH}" method="post" role="search"' in page
