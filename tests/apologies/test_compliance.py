"""Compliance: what counts as broken, apologised for, and in time; SQL and Python agree."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apologies import compliance, extending, figures
from apologies.figures import Month
from apologies.models import ApologyLetter
from apologies.statuses import Compliance
from dossiers.holding import ActRefused, Target
from dossiers.models import Dossier
from tests.apologies.test_extending import need
from tests.apologies.writing import THURSDAY, drafted, endangered, sealed, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import asked_to_supplement, walked

# A month later all of the promises of November are broken.
LATER = NOW + timedelta(days=30)
NOVEMBER = Month(first=date(2026, 11, 1))


def apologised(desk: Desk, *, at: datetime) -> Dossier:
    """A dossier whose letter was signed, drawn and so sent at this moment."""
    dossier = endangered(desk)
    sealed(signed(drafted(dossier, at=at), desk.head, at=at), at=at)
    return dossier


def standings() -> dict[str, str]:
    late = compliance.broken(Dossier.objects.all(), at=LATER)
    found = compliance.with_standing(late)
    return dict(found.values_list("code", "standing"))


def test_the_three_standings_are_told_apart(desk: Desk, certificate):
    early = apologised(desk, at=THURSDAY)
    slow = apologised(desk, at=THURSDAY + timedelta(days=4))
    silent = endangered(desk)

    assert standings() == {early.code: "in_time", slow.code: "late", silent.code: "missing"}
    late = compliance.broken(Dossier.objects.all(), at=LATER)
    assert set(compliance.with_apology(late)) == {early, slow}
    assert set(compliance.without_apology(late)) == {silent}
    assert set(compliance.in_time(late)) == {early}


def test_a_letter_of_the_promised_day_itself_is_late(desk: Desk, certificate):
    dossier = apologised(desk, at=datetime.fromisoformat("2026-11-20T07:30:00+07:00"))

    assert standings() == {dossier.code: "late"}


def test_a_signed_letter_that_was_not_drawn_is_not_sent(desk: Desk, late, certificate):
    signed(drafted(late), desk.head)

    assert standings() == {late.code: "missing"}


def test_putting_off_hides_no_broken_promise(desk: Desk, certificate):
    dossier = apologised(desk, at=THURSDAY)

    found = compliance.broken(Dossier.objects.all(), at=THURSDAY + timedelta(days=2)).get()

    assert found == dossier
    assert found.promise_at == dossier.due_at
    assert Dossier.objects.get(pk=dossier.pk).due_at > dossier.due_at


def test_what_is_paused_or_was_resolved_in_time_is_not_broken(desk: Desk):
    asked_to_supplement(desk)
    walked(desk, "approve")

    assert not compliance.broken(Dossier.objects.all(), at=LATER).exists()


@given(hours=st.integers(-24, 72))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_and_python_agree_on_every_hour(hours, sent_letter):
    """Midnights lie between: three days to both sides of the promise, hour by hour."""
    moment = sent_letter.promised_at + timedelta(hours=hours)
    with connection.cursor() as cursor:
        # The database lets nobody move the moment of a letter: only so can each hour be asked.
        cursor.execute("SET LOCAL session_replication_role = replica")
        ApologyLetter.objects.filter(pk=sent_letter.pk).update(
            signed_at=moment, sent_at=moment, posted_at=moment
        )
        cursor.execute("SET LOCAL session_replication_role = origin")

    [told] = standings().values()

    assert told == compliance.standing(promised_at=sent_letter.promised_at, sent_at=moment)


@pytest.fixture
def sent_letter(desk: Desk, certificate) -> ApologyLetter:
    apologised(desk, at=THURSDAY)
    return ApologyLetter.objects.get()


def test_without_a_letter_python_says_missing():
    assert compliance.standing(promised_at=NOW, sent_at=None) == Compliance.MISSING


def test_the_figures_of_a_month(desk: Desk, supervisor, certificate):
    apologised(desk, at=THURSDAY)
    apologised(desk, at=THURSDAY + timedelta(days=4))
    endangered(desk)

    found = figures.figures(user=supervisor, month=NOVEMBER, at=LATER)

    [row] = found.agencies
    assert (row["total"], row["in_time"], row["late"], row["missing"]) == (3, 1, 1, 1)
    assert (found.share, found.share_in_time) == (66.7, 33.3)
    assert found.faults == {"agency": 2}
    assert found.median_delay == LATER - datetime.fromisoformat("2026-11-20T17:00:00+07:00")
    assert found.late_again == 2
    assert not row["is_repeating"]
    assert figures.figures(user=supervisor, month=NOVEMBER.after, at=LATER).agencies == []


def test_an_agency_that_fails_again_is_named(desk: Desk, supervisor):
    endangered(desk)
    walked(desk, "take", at=NOW + timedelta(days=20))

    december = figures.figures(user=supervisor, month=NOVEMBER.after, at=LATER + timedelta(days=5))

    assert [row["is_repeating"] for row in december.agencies] == [True]


def test_a_head_sees_the_figures_of_the_own_agency_alone(desk: Desk, foreign_head):
    endangered(desk)

    assert figures.figures(user=desk.head, month=NOVEMBER, at=LATER).totals["total"] == 1
    assert figures.figures(user=foreign_head, month=NOVEMBER, at=LATER).totals["total"] == 0


def test_each_figure_opens_exactly_its_dossiers(desk: Desk, supervisor, certificate, sign_in):
    early, silent = apologised(desk, at=THURSDAY), endangered(desk)
    browser = sign_in(supervisor)

    with time_machine.travel(LATER, tick=False):
        page = browser.get("/xin-loi/tuan-thu/?thang=2026-11").content.decode()
        address = "/xin-loi/tuan-thu/ho-so/?thang=2026-11&co-quan=H41.15&loai="
        assert f"{address.replace('&', '&amp;')}in_time" in page
        in_time = browser.get(f"{address}in_time").content.decode()
        missing = browser.get(f"{address}missing").content.decode()
        again = browser.get(f"{address}again").content.decode()

    assert early.code in in_time
    assert silent.code not in in_time
    assert silent.code in missing
    assert early.code not in missing
    assert "Xin lỗi đúng hạn" in again


def test_the_provinces_office_sees_a_second_need(
    desk: Desk, late, supervisor, certificate, sign_in
):
    signed(drafted(late), desk.head)
    with pytest.raises(ActRefused):
        extending.ask(target=Target(code=late.code), need=need(), actor=desk.officer, at=THURSDAY)

    with time_machine.travel(LATER, tick=False):
        page = sign_in(supervisor).get("/xin-loi/tuan-thu/?thang=2026-11").content.decode()

    assert "Nhu cầu gia hạn lần hai" in page
    assert late.code in page


def test_the_pages_ask_few_questions(
    desk: Desk, supervisor, sign_in, django_assert_max_num_queries
):
    for _ in range(6):
        endangered(desk)
    browser = sign_in(supervisor)

    with time_machine.travel(LATER, tick=False):
        browser.get("/xin-loi/tuan-thu/?thang=2026-11")
        # Person, postings and the frame's counts besides.
        with django_assert_max_num_queries(14):
            browser.get("/xin-loi/tuan-thu/?thang=2026-11")
        with django_assert_max_num_queries(8):
            browser.get("/xin-loi/tuan-thu/ho-so/?thang=2026-11&loai=missing")


@pytest.mark.parametrize("month", ["", "x", "2026-13", "0-1", "99999-1", "2026-11-05"])
def test_a_month_that_cannot_be_is_this_one(month):
    assert Month.named(month, at=NOW).name == "2026-11"
