"""Apologies in public: what is shown, what is masked, what is gone, and how little it costs."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from apologies import board, withdrawal
from apologies.holding import LetterTarget
from apologies.models import ApologyLetter
from dossiers.models import Dossier
from tests.apologies.writing import REASON, THURSDAY, drafted, endangered, sealed, signed
from tests.conftest import APPLICANT, Desk

URL = "/xin-loi/cong-khai/"
SOON = THURSDAY + timedelta(minutes=5)


@pytest.fixture
def posted(desk: Desk, late, certificate) -> ApologyLetter:
    letter = signed(drafted(late), desk.head)
    sealed(letter)
    return letter


def read(client, path: str = URL, at=SOON) -> str:
    with time_machine.travel(at, tick=False):
        answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sent_letter_is_read_by_everybody_with_its_name_masked(client, posted, late):
    page = read(client)

    for told in (late.code, "N*** T*** Đào", late.version.name, "20/11/2026",
                 "thứ Năm 26/11/2026", REASON, posted.full_number):  # fmt: skip
        assert told in page
    for kept in (APPLICANT.name, APPLICANT.phone, APPLICANT.identity_number, APPLICANT.address,
                 APPLICANT.email, posted.verification_code):  # fmt: skip
        assert kept not in page


def test_feeds_and_cache_mask_as_the_page_does(client, posted, late):
    for path in (f"{URL}rss/", f"{URL}json/", f"{URL}H41.15/rss/", f"{URL}H41.15/json/"):
        text = read(client, path)
        assert late.code in text
        assert "N*** T*** Đào" in text
        assert APPLICANT.name not in text
        assert posted.verification_code not in text
    assert APPLICANT.name not in repr(board.board(agency=None, at=SOON))


def test_an_organisation_is_named_in_full(client, desk: Desk, certificate):
    dossier = endangered(desk)
    Dossier.objects.filter(pk=dossier.pk).update(
        applicant_kind="organisation", applicant_name="Công ty TNHH Sen Vàng", tax_code="2900000001"
    )
    sealed(signed(drafted(dossier), desk.head))

    assert "Công ty TNHH Sen Vàng" in read(client)


def test_drafts_and_letters_that_were_not_sent_are_nobodys_business(
    client, desk, late, certificate
):
    letter = drafted(late)
    assert late.code not in read(client)

    signed(letter, desk.head)
    assert late.code not in read(client)


def test_a_withdrawn_letter_is_gone_at_once(client, desk: Desk, posted, late):
    assert late.code in read(client)

    withdrawal.withdraw(
        target=LetterTarget(pk=posted.pk), reason="Sai ngày", actor=desk.head, at=SOON
    )

    assert late.code not in read(client)


def test_who_has_not_apologised_is_named(client, desk: Desk, late):
    later = THURSDAY + timedelta(days=4)

    page = read(client, at=later)
    own = read(client, f"{URL}H41.15/", at=later)

    assert "Sở Tư pháp tỉnh Nghệ An</a>: 1 hồ sơ" in page
    assert "Sở Tư pháp tỉnh Nghệ An: 1 hồ sơ" in own
    assert late.code not in page


def test_each_agency_has_its_own_page(client, posted, late, construction):
    assert late.code in read(client, f"{URL}H41.15/")
    assert late.code not in read(client, f"{URL}H41.16/")
    assert client.get(f"{URL}H99/").status_code == 404


def test_rss_and_json_can_be_read_by_machines(client, posted, late):
    feed = ElementTree.fromstring(read(client, f"{URL}rss/"))
    told = json.loads(read(client, f"{URL}json/"))

    [item] = feed.findall("./channel/item")
    assert item.findtext("link") == f"https://motcua.example.vn{URL}H41.15/#{late.code}"
    assert "hẹn lại 26/11/2026" in item.findtext("description")
    [entry] = told["items"]
    assert entry["_apology"]["new_day"] == "2026-11-26"
    assert told["_agencies_without_apology"] == []


def test_pages_follow_one_another_without_a_gap(client, desk: Desk, certificate, monkeypatch):
    monkeypatch.setattr(board, "ON_PAGE", 2)
    letters = [sealed(signed(drafted(endangered(desk)), desk.head)).letter for _ in range(5)]
    seen: list[str] = []
    after = ""
    for _ in range(3):
        found = board.board(agency=None, at=SOON, after=after)
        seen += [letter["code"] for letter in found.letters]
        after = found.after

    assert seen == [letter.dossier.code for letter in reversed(letters)]
    assert after == ""


def test_a_page_that_was_read_costs_two_small_questions(
    client, posted, django_assert_max_num_queries
):
    read(client)

    # The last posting, the last withdrawal, and the names of agencies.
    with django_assert_max_num_queries(3):
        read(client)


def test_nonsense_in_the_address_leads_to_the_first_page(client, posted):
    assert client.get(f"{URL}?after=x").headers["Location"] == URL


def test_whoever_asks_too_often_is_told_to_wait(client, db):
    answers = [client.get(f"{URL}json/").status_code for _ in range(62)]

    assert answers[0] == 200
    assert answers[-1] == 429
