"""The ladder: each rung once, day by day; who leaves it, who begins anew, and who is told."""

import threading
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from apologies import digest, ladder, ladder_steps, tasks
from apologies.models import LadderStep, LadderWarning
from apologies.statuses import Rung
from dossiers.holding import ActRefused
from dossiers.models import Dossier, DossierEvent
from notifications.models import Message
from organizations.models import User
from tests.apologies.writing import drafted, endangered, signed
from tests.conftest import NOW, Desk
from tests.dossiers.moving import asked_to_supplement, walked


def morning(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T07:15:00+07:00")


def warned(dossier: Dossier) -> list[tuple[str, int]]:
    found = LadderWarning.objects.filter(dossier=dossier).order_by("at", "place")
    return [(warning.rung, warning.place) for warning in found]


def with_mail(*people: User) -> None:
    for person in people:
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.vn")


def test_every_rung_is_climbed_once_day_by_day(late):
    day = date(2026, 11, 13)
    while day <= date(2026, 11, 26):
        with time_machine.travel(morning(day.isoformat()), tick=False):
            tasks.climb_ladder()
            tasks.climb_ladder()
        day += timedelta(days=1)

    # Promised for Friday 20/11; the 24th is a day off, 21 and 22 are a weekend.
    assert warned(late) == [
        ("officer", -3),
        ("head", -2),
        ("centre", -1),
        ("due_day", 0),
        ("late", 1),
        ("late", 2),
        ("late", 3),
    ]
    days = LadderWarning.objects.order_by("on_day").values_list("on_day", flat=True)
    assert [day.day for day in days] == [17, 18, 19, 20, 23, 25, 26]


def test_each_rung_is_an_event_that_says_what_it_is_about(late):
    ladder.climb(at=morning("2026-11-18"))

    event = late.events.get(kind="warned")
    assert event.data["matter"] == (
        "nhắc lãnh đạo cơ quan, kèm dự thảo phiếu xin lỗi "
        "(còn 2 ngày làm việc đến ngày hẹn trả 20/11/2026)"
    )
    assert event.actor is None
    late.refresh_from_db()
    assert late.event_count == event.sequence


def test_a_rung_that_was_passed_unseen_is_not_made_up_for(late):
    assert ladder.climb(at=morning("2026-11-20")) == 1

    assert warned(late) == [("due_day", 0)]


def test_nobody_is_reminded_on_a_rest_day(late):
    assert ladder.climb(at=morning("2026-11-21")) == 0
    assert ladder.climb(at=morning("2026-11-24")) == 0


def test_tet_in_between_does_not_count(desk: Desk):
    # Wednesday 11/02/2026, five working days: 12, 13, then Tết from 16 to 20, 23, 24, 25.
    dossier = walked(desk, "take", at=datetime.fromisoformat("2026-02-11T08:00:00+07:00"))
    assert dossier.due_at.astimezone().date() == date(2026, 2, 25)

    for day in ("12", "13", "14", "16", "18", "20", "21", "22"):
        ladder.climb(at=morning(f"2026-02-{day}"))

    # Friday 13 is four... the 23rd two working days before: 13 February stands three before.
    assert warned(dossier) == [("officer", -3)]
    assert LadderWarning.objects.get().on_day == date(2026, 2, 13)

    ladder.climb(at=morning("2026-02-23"))
    assert warned(dossier)[-1] == ("head", -2)


def test_what_is_paused_or_ended_leaves_the_ladder(desk: Desk):
    asked_to_supplement(desk)
    walked(desk, "approve")

    assert ladder.climb(at=morning("2026-11-20")) == 0


def test_a_dossier_that_was_put_off_begins_anew_for_the_new_promise(desk: Desk, late, certificate):
    ladder.climb(at=morning("2026-11-18"))
    letter = signed(drafted(late), desk.head)
    assert letter.new_day == date(2026, 11, 26)

    assert ladder.climb(at=morning("2026-11-20")) == 1

    late.refresh_from_db()
    latest = LadderWarning.objects.latest("pk")
    assert (latest.rung, latest.place, latest.promised_at) == ("officer", -3, late.due_at)


def test_an_agency_may_set_days_of_its_own(late, supervisor, foreign_officer):
    days = {Rung.OFFICER: 5, Rung.HEAD: 4, Rung.CENTRE: 2}

    ladder_steps.set_days(agency=late.agency, days=days, actor=supervisor, at=NOW)

    assert ladder_steps.days_of(late.agency) == days
    assert ladder_steps.days_of(foreign_officer.postings[0].agency)[Rung.OFFICER] == 3
    assert ladder.climb(at=morning("2026-11-13")) == 1
    assert warned(late) == [("officer", -5)]
    ladder_steps.set_days(agency=late.agency, days=days, actor=supervisor, at=NOW)
    assert LadderStep.objects.count() == 3


@pytest.mark.parametrize("days", [(2, 2, 1), (3, 2, 0), (31, 2, 1), (1, 2, 3)])
def test_days_that_do_not_descend_are_refused(late, supervisor, days):
    asked = dict(zip((Rung.OFFICER, Rung.HEAD, Rung.CENTRE), days, strict=True))

    with pytest.raises(ActRefused) as refused:
        ladder_steps.set_days(agency=late.agency, days=asked, actor=supervisor, at=NOW)

    assert refused.value.code == "days"
    assert LadderStep.objects.count() == 0


def test_only_the_provinces_office_sets_days(late, head):
    with pytest.raises(PermissionDenied):
        ladder_steps.set_days(
            agency=late.agency, days=dict(ladder_steps.DEFAULT_DAYS), actor=head, at=NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_warn_once(desk: Desk):
    dossiers = [endangered(desk) for _ in range(6)]
    done: list[int] = []

    def beat() -> None:
        done.append(ladder.climb(at=morning("2026-11-19")))
        connection.close()

    beats = [threading.Thread(target=beat) for _ in range(3)]
    for thread in beats:
        thread.start()
    for thread in beats:
        thread.join(60)

    assert sum(done) == len(dossiers)
    assert LadderWarning.objects.count() == len(dossiers)
    assert DossierEvent.objects.filter(kind="warned").count() == len(dossiers)


@pytest.mark.django_db(transaction=True)
def test_a_dossier_in_other_hands_waits_for_the_next_beat(desk: Desk):
    held, free = endangered(desk), endangered(desk)
    found: list[int] = []

    def beat() -> None:
        found.append(ladder.climb(at=morning("2026-11-19")))
        connection.close()

    with transaction.atomic():
        Dossier.objects.select_for_update().get(pk=held.pk)
        thread = threading.Thread(target=beat)
        thread.start()
        thread.join(60)

    assert found == [1]
    assert warned(free) == [("centre", -1)]
    assert ladder.climb(at=morning("2026-11-19")) == 1


def test_a_sweep_goes_past_the_size_of_its_batches(desk: Desk, monkeypatch):
    monkeypatch.setattr(ladder, "BATCH", 2)
    for _ in range(5):
        endangered(desk)

    assert ladder.climb(at=morning("2026-11-19")) == 5
    assert LadderWarning.objects.count() == 5


# -- The digest --------------------------------------------------------------------


def test_each_person_gets_one_message_a_day(desk: Desk, supervisor):
    with_mail(desk.officer, desk.head, desk.clerk, supervisor)
    first, second = endangered(desk), endangered(desk)

    ladder.climb(at=morning("2026-11-19"))
    assert digest.send(at=morning("2026-11-19")) == 3
    assert digest.send(at=morning("2026-11-19") + timedelta(hours=1)) == 0

    keys = sorted(Message.objects.values_list("key", flat=True).filter(key__startswith="ladder:"))
    told = (desk.officer, desk.head, desk.clerk)
    assert keys == sorted(f"ladder:{person.pk}:2026-11-19" for person in told)
    mail = Message.objects.get(key=f"ladder:{desk.head.pk}:2026-11-19")
    assert mail.title == "Nhắc việc ngày 19/11/2026: 2 hồ sơ cần xử lý"
    assert first.code in mail.body
    assert second.code in mail.body
    assert "còn 1 ngày làm việc đến ngày hẹn trả 20/11/2026" in mail.body
    assert first.applicant_name not in mail.body


def test_the_lowest_rung_reaches_the_officer_alone(desk: Desk, late, supervisor):
    with_mail(desk.officer, desk.head, desk.clerk, supervisor)
    ladder.climb(at=morning("2026-11-17"))

    assert digest.send(at=morning("2026-11-17")) == 1
    assert Message.objects.get(key__startswith="ladder:").recipient == "oanh@example.vn"


def test_what_is_late_reaches_the_provinces_office(desk: Desk, late, supervisor):
    with_mail(supervisor)
    ladder.climb(at=morning("2026-11-23"))

    assert digest.send(at=morning("2026-11-23")) == 1
    assert (
        "ngày làm việc thứ 1 sau ngày hẹn trả"
        in Message.objects.get(key__startswith="ladder:").body
    )


def test_the_director_is_told_in_place_of_the_whole_counter(desk: Desk, late):
    with_mail(desk.clerk)
    boss = User.objects.create(username="giam-doc", full_name="Lê Văn Giám", title="Giám đốc")
    with_mail(boss)
    boss.memberships.create(agency=desk.counter.agency, role="counter", counter=desk.counter)
    ladder.climb(at=morning("2026-11-19"))

    digest.send(at=morning("2026-11-19"))

    mails = Message.objects.filter(key__startswith="ladder:")
    assert [mail.recipient for mail in mails] == ["giam-doc@example.vn"]


def test_without_an_address_the_page_alone_tells(desk: Desk, late, sign_in):
    ladder.climb(at=morning("2026-11-19"))

    assert digest.send(at=morning("2026-11-19")) == 0
    assert LadderWarning.objects.get().told_on == date(2026, 11, 19)
    with time_machine.travel(morning("2026-11-19"), tick=False):
        page = sign_in(desk.officer).get("/xin-loi/bac-thang/").content.decode()
    assert late.code in page
    assert "Nhắc người đứng đầu bộ phận một cửa" in page


def test_nobody_is_told_of_what_was_finished_before_the_digest(desk: Desk, late):
    with_mail(desk.officer, desk.head)
    ladder.climb(at=morning("2026-11-19"))
    Dossier.objects.filter(pk=late.pk).update(due_at=late.due_at + timedelta(days=7))

    assert digest.send(at=morning("2026-11-19")) == 0


# -- The page ------------------------------------------------------------------------


def test_the_page_shows_where_each_dossier_stands_in_few_queries(
    desk: Desk, sign_in, django_assert_max_num_queries
):
    for _ in range(12):
        endangered(desk)
    ladder.climb(at=morning("2026-11-19"))
    browser = sign_in(desk.head)
    browser.get("/xin-loi/bac-thang/")

    with (
        time_machine.travel(morning("2026-11-19"), tick=False),
        # Session, person, postings; counts of the frame; the ladder itself in five.
        django_assert_max_num_queries(13),
    ):
        page = browser.get("/xin-loi/bac-thang/?bac=centre").content.decode()

    assert page.count("còn 1 ngày làm việc đến ngày hẹn trả 20/11/2026") == 12


def test_the_page_shows_nobody_the_dossiers_of_another_agency(late, foreign_head, sign_in):
    ladder.climb(at=morning("2026-11-19"))

    page = sign_in(foreign_head).get("/xin-loi/bac-thang/").content.decode()

    assert late.code not in page
    assert "Không có hồ sơ nào ở bậc này." in page


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("ladder_warning_stands_on_its_rung", {"rung": "late", "place": 0}),
        ("ladder_warning_stands_on_its_rung", {"rung": "officer", "place": 1}),
        ("ladder_warning_once_for_promise", {}),
    ],
)
def test_the_database_refuses_a_warning_that_cannot_be(late, name, facts):
    known = {"dossier": late, "promised_at": late.due_at, "rung": "officer", "place": -3,
             "at": NOW, "on_day": NOW.date()}  # fmt: skip
    LadderWarning.objects.create(**known)
    wrong = LadderWarning(**(known | facts))

    with pytest.raises(ValidationError, match=r"\."):
        wrong.validate_constraints()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        wrong.save()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("ladder_step_is_one_to_thirty_days_before", {"days_before": 0, "rung": "head"}),
        ("ladder_step_is_one_to_thirty_days_before", {"rung": "late"}),
        ("ladder_step_once_for_agency", {}),
    ],
)
def test_the_database_refuses_a_step_that_cannot_be(late, supervisor, name, facts):
    known = {"agency": late.agency, "rung": "officer", "days_before": 4, "set_by": supervisor,
             "set_at": NOW}  # fmt: skip
    LadderStep.objects.create(**known)
    wrong = LadderStep(**(known | facts))

    with pytest.raises(ValidationError, match=r"\."):
        wrong.validate_constraints()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        wrong.save()
