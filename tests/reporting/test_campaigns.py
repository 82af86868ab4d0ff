"""Campaigns: who opens one, how far each agency is, one reminder, a report that stands."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook

from notifications.models import Message
from reporting import tallies
from reporting.models import Campaign, Finding
from reporting.quality import campaign_report, campaigns, handling, reminding, sweeping
from reporting.quality.campaigns import Plan
from reporting.quality.handling import FindingRefused
from reporting.statuses import FindingKind
from tests.conftest import NOW
from tests.dossiers.correcting_hands import LATE, accepted, late, proposed
from tests.dossiers.moving import walked

BEGUN = LATE + timedelta(days=40)
DEADLINE = BEGUN.date() + timedelta(days=10)


def plan(desk, **facts) -> Plan:
    known = {
        "name": "Làm sạch dữ liệu quý IV",
        "kinds": list(FindingKind),
        "agencies": [desk.agency],
        "deadline": DEADLINE,
        "submission_key": uuid4(),
    }
    return Plan(**(known | facts))


@pytest.fixture
def campaign(desk, supervisor) -> Campaign:
    """Three findings of the Department of Justice: two to be looked at, one a correction fixed."""
    walked(desk, "approve")
    walked(desk, "take", summary="Việc khác")
    late(desk, summary="Việc thứ ba")
    sweeping.sweep(at=BEGUN - timedelta(hours=1))
    return campaigns.start(plan=plan(desk), actor=supervisor, at=BEGUN)


def lines(campaign, viewer, at=BEGUN + timedelta(days=1)):
    return campaign_report.lines(campaign_report.made(campaign, at=at), viewer, campaign)


def test_progress_is_counted_agency_by_agency(desk, campaign, supervisor):
    waiting = Finding.objects.get(kind="idle")
    before = lines(campaign, supervisor)[0]
    handling.explain(pk=waiting.pk, reason="Đúng.", actor=desk.officer, at=BEGUN)
    after = lines(campaign, supervisor)[0]

    assert (before.total, before.open, before.explained) == (3, 3, 0)
    assert (after.total, after.open, after.explained) == (3, 2, 1)
    assert after.done_share == "33,33 %"


def test_the_report_has_both_figures(desk, supervisor):
    dossier = late(desk)
    accepted(proposed(dossier, desk.officer), supervisor)
    tallies.advance()
    begun = campaigns.start(plan=plan(desk), actor=supervisor, at=BEGUN)

    (line,) = lines(begun, supervisor, at=LATE + timedelta(days=2))

    assert (line.recorded, line.corrected) == ((0, 1), (1, 1))


def test_what_was_closed_before_the_campaign_is_not_its_merit(desk, supervisor):
    walked(desk, "approve")
    sweeping.sweep(at=BEGUN - timedelta(days=2))
    found = Finding.objects.get()
    handling.explain(pk=found.pk, reason="A", actor=desk.head, at=BEGUN - timedelta(days=1))

    begun = campaigns.start(plan=plan(desk), actor=supervisor, at=BEGUN)

    assert lines(begun, supervisor)[0].total == 0


def test_only_the_province_opens_and_closes(desk, campaign):
    with pytest.raises(PermissionDenied):
        campaigns.start(plan=plan(desk), actor=desk.head, at=BEGUN)
    with pytest.raises(PermissionDenied):
        campaigns.close(pk=campaign.pk, actor=desk.head, at=BEGUN)


def test_a_second_click_opens_no_second_campaign(desk, supervisor):
    asked = plan(desk)

    first = campaigns.start(plan=asked, actor=supervisor, at=BEGUN)
    second = campaigns.start(plan=asked, actor=supervisor, at=BEGUN)

    assert first == second
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"deadline": date(2026, 11, 1)}, "deadline"),
        ({"kinds": []}, "kinds"),
        ({"agencies": []}, "agencies"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(desk, supervisor, facts, code):
    with pytest.raises(FindingRefused) as refusal:
        campaigns.start(plan=plan(desk, **facts), actor=supervisor, at=BEGUN)

    assert refusal.value.code == code


def test_the_report_stands_as_it_was_when_it_was_closed(desk, campaign, supervisor):
    closed = campaigns.close(pk=campaign.pk, actor=supervisor, at=BEGUN + timedelta(days=1))
    kept = closed.report
    found = Finding.objects.get(kind="idle")
    handling.explain(pk=found.pk, reason="Đúng.", actor=desk.officer, at=BEGUN + timedelta(days=2))

    closed.refresh_from_db()
    assert closed.report == kept
    with pytest.raises(FindingRefused):
        campaigns.close(pk=campaign.pk, actor=supervisor, at=BEGUN + timedelta(days=2))


def test_heads_are_reminded_once_and_only_where_something_waits(
    desk, campaign, supervisor, foreign_head
):
    desk.head.email = "hoa@example.vn"
    desk.head.save()
    early = reminding.remind(at=BEGUN)
    near = BEGUN + timedelta(days=7)

    first = reminding.remind(at=near)
    second = reminding.remind(at=near + timedelta(hours=1))

    told = Message.objects.get(key__startswith="campaign:")
    assert (early, first, second) == (0, 1, 0)
    assert told.recipient == "hoa@example.vn"
    assert "còn 3 dấu hiệu" in told.body
    assert "H41.15-" not in told.body


def test_the_pages_open_show_and_close_a_campaign(desk, supervisor, sign_in):
    walked(desk, "approve")
    sweeping.sweep(at=BEGUN)
    browser = sign_in(supervisor)
    given = {
        "submission_key": str(uuid4()),
        "name": "  Đợt 1 ",
        "deadline": DEADLINE.strftime("%d/%m/%Y"),
        "kinds": ["not_returned"],
        "agencies": [desk.agency.pk],
    }
    with time_machine.travel(BEGUN, tick=False):
        opened = browser.post(reverse("reporting:start_campaign"), given)
        campaign = Campaign.objects.get()
        page = browser.get(campaign.get_absolute_url()).content.decode()
        book = browser.get(reverse("reporting:campaign_workbook", args=[campaign.pk]))
        closed = browser.post(reverse("reporting:close_campaign", args=[campaign.pk]))
        after = browser.get(campaign.get_absolute_url()).content.decode()
        listed = browser.get(reverse("reporting:campaigns")).content.decode()

    assert opened.status_code == closed.status_code == 302
    assert campaign.name == "Đợt 1"
    assert "Sở Tư pháp tỉnh Nghệ An" in page
    sheet = load_workbook(BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][:4] == ["Sở Tư pháp tỉnh Nghệ An", "H41.15", 1, 1]
    assert "Báo cáo được lưu như lúc đó." in after
    assert "Đã kết thúc" in listed


def test_the_agencies_with_something_to_clean_are_marked_at_first(
    desk, construction, supervisor, sign_in
):
    walked(desk, "approve")
    sweeping.sweep(at=BEGUN)

    form = sign_in(supervisor).get(reverse("reporting:start_campaign")).context["form"]

    assert form["agencies"].initial == [desk.agency.pk]


@pytest.mark.parametrize(
    "facts",
    [
        {"name": ""},
        {"name": "a\x00"},
        {"deadline": "31/02/2026"},
        {"kinds": ["guessed"]},
        {"agencies": [0]},
        {"submission_key": "x"},
    ],
)
def test_bad_input_opens_nothing(desk, supervisor, sign_in, facts):
    given = {
        "submission_key": str(uuid4()),
        "name": "Đợt 1",
        "deadline": DEADLINE.strftime("%d/%m/%Y"),
        "kinds": ["idle"],
        "agencies": [desk.agency.pk],
    }
    with time_machine.travel(BEGUN, tick=False):
        answer = sign_in(supervisor).post(reverse("reporting:start_campaign"), given | facts)

    assert answer.status_code == 400
    assert not Campaign.objects.exists()


def test_agencies_see_their_own_campaigns_and_no_other_agency(
    desk, campaign, foreign_head, construction, supervisor
):
    with pytest.raises(Campaign.DoesNotExist):
        campaigns.get_for(foreign_head, campaign.pk)
    campaign.agencies.add(construction)

    assert [line.code for line in lines(campaign, foreign_head)] == ["H41.16"]
    assert [line.code for line in lines(campaign, supervisor)] == ["H41.15", "H41.16", ""]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("campaign_has_name_and_kinds", {"name": ""}),
        ("campaign_has_name_and_kinds", {"kinds": []}),
        ("campaign_has_name_and_kinds", {"kinds": ["guessed"]}),
        ("campaign_closed_has_report", {"closed_at": NOW}),
    ],
)
def test_the_database_refuses_a_broken_campaign(supervisor, name, facts):
    known = {
        "name": "A",
        "kinds": ["idle"],
        "deadline": DEADLINE,
        "started_by": supervisor,
        "started_at": NOW,
        "submission_key": uuid4(),
    }
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        Campaign.objects.create(**(known | facts))


def test_a_closed_campaign_is_never_rewritten(campaign, supervisor):
    campaigns.close(pk=campaign.pk, actor=supervisor, at=BEGUN)
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")

    for sql in ("UPDATE reporting_campaign SET name = 'khác'", "DELETE FROM reporting_campaign"):
        with pytest.raises(DatabaseError, match="chỉ được ghi thêm"), transaction.atomic():
            connection.cursor().execute(sql)
