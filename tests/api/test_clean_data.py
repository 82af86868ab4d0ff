"""Programs find suspicious records, propose corrections and decide them, by the same rules."""

from datetime import timedelta

import time_machine

from dossiers.models import Correction
from reporting.models import Finding
from reporting.quality import sweeping
from tests.conftest import NOW
from tests.dossiers.correcting_hands import LATE, TRULY, late, proposed
from tests.dossiers.moving import walked

TODAY = LATE + timedelta(hours=3)
LATER = NOW + timedelta(days=60)


def send(browser, path, **data):
    with time_machine.travel(TODAY, tick=False):
        return browser.post(f"/api/v1/{path}", data, content_type="application/json")


def claim(dossier, /, **facts) -> dict:
    known = {
        "dossier": dossier.code,
        "moment": "ended",
        "true_at": TRULY.isoformat(),
        "reason": "Mất mạng.",
        "reference": "Sổ 02, trang 14",
    }
    return known | facts


def test_a_correction_is_proposed_and_accepted(desk, supervisor, sign_in):
    made = send(sign_in(desk.officer), "corrections/", **claim(late(desk)))
    pk = made.json()["id"]
    own = send(sign_in(desk.head), f"corrections/{pk}/accept/")
    done = send(sign_in(supervisor), f"corrections/{pk}/accept/", note="Đã xem sổ.")

    assert (made.status_code, own.status_code, done.status_code) == (201, 403, 200)
    assert made.json()["improves"] is True
    assert done.json()["status"] == "accepted"
    assert done.json()["decided_by"] == "Bùi Thanh Vân"


def test_a_refusal_needs_words_and_counts_once(desk, supervisor, sign_in):
    correction = proposed(late(desk), desk.officer)
    browser = sign_in(supervisor)

    empty = send(browser, f"corrections/{correction.pk}/refuse/")
    done = send(browser, f"corrections/{correction.pk}/refuse/", note="Thiếu căn cứ.")
    again = send(browser, f"corrections/{correction.pk}/refuse/", note="Thiếu căn cứ.")

    assert (empty.status_code, done.status_code, again.status_code) == (400, 200, 409)
    assert again.json()["code"] == "wrong_state"


def test_an_impossible_claim_is_refused(desk, sign_in):
    dossier, browser = late(desk), sign_in(desk.officer)
    wrong = [
        {"true_at": "2027-01-01T00:00:00+07:00"},
        {"true_at": "hôm qua"},
        {"true_at": "0001-01-01T00:00:00Z"},
        {"moment": "accepted"},
        {"reference": ""},
        {"reason": "a\x00b"},
        {"version": 2**40},
        {"dossier": "x' OR 1=1"},
    ]

    answers = [send(browser, "corrections/", **claim(dossier, **facts)) for facts in wrong]

    assert [answer.status_code for answer in answers] == [400] * len(wrong)
    assert not Correction.objects.exists()


def test_the_lists_show_what_waits_for_whom(desk, supervisor, deputy_head, sign_in):
    proposed(late(desk), desk.officer)

    mine = sign_in(supervisor).get("/api/v1/corrections/").json()["results"]
    theirs = sign_in(deputy_head).get("/api/v1/corrections/").json()["results"]
    waiting = sign_in(deputy_head).get("/api/v1/corrections/?tab=cho-quyet-dinh").json()
    wrong = sign_in(deputy_head).get("/api/v1/corrections/?tab=x").status_code

    assert (len(mine), len(theirs), len(waiting["results"]), wrong) == (1, 0, 1, 400)


def test_findings_are_listed_and_explained(desk, supervisor, sign_in):
    dossier = walked(desk, "approve")
    sweeping.sweep(at=LATER)
    found = Finding.objects.get()
    browser = sign_in(desk.clerk)

    (row,) = browser.get("/api/v1/findings/?kind=not_returned").json()["results"]
    none = browser.get("/api/v1/findings/?kind=idle&agency=H41.15").json()["results"]
    wrong = browser.get("/api/v1/findings/?kind=guessed").status_code
    taken = send(browser, f"findings/{found.pk}/take/")
    told = send(browser, f"findings/{found.pk}/explain/", reason="Đã hẹn người nộp.")
    turned = send(sign_in(supervisor), f"findings/{found.pk}/reopen/", reason="Hẹn ngày nào?")

    assert (row["code"], row["status"]) == (dossier.code, "open")
    assert row["sentence"] == "Có kết quả từ 13/11/2026, đến nay chưa ghi nhận trả."
    assert (none, wrong) == ([], 400)
    assert [answer.json()["status"] for answer in (taken, told, turned)] == [
        "seen",
        "explained",
        "open",
    ]
