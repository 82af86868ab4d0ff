"""The calendar page: a year to look at, a preview that changes nothing, an edit that is applied."""

import re
from datetime import date

import pytest
import time_machine

from dossiers import calendar_edits
from dossiers.models import CalendarEdit, Dossier
from organizations.models import Agency
from tests.conftest import NOW, Desk
from workdays.models import Holiday, MakeUpDay, WorkSchedule

PAGE = "/lich-lam-viec/"
PARTS = ("am_opens", "am_closes", "pm_opens", "pm_closes")
GROUNDS = {"decision": "1234/TB-BNV", "reason": ""}
STORM = {"day": "20/11/2026", "kind": "holiday", "name": "Nghỉ tránh bão", **GROUNDS}


@pytest.fixture(autouse=True)
def _this_friday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(sign_in, administrator):
    return sign_in(administrator)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def preview(browser, kind="ngay-nghi", data=None):
    return browser.post(f"{PAGE}{kind}/", data or STORM)


def apply(browser, kind="ngay-nghi", data=None, seen=None):
    data = {**(data or STORM), "seen": seen or calendar_edits.version()}
    return browser.post(f"{PAGE}{kind}/ap-dung/", data)


def week(**changes) -> dict[str, str]:
    """The table of hours as the browser sends it."""
    sent = {}
    for day in range(1, 6):
        times = {
            "am_opens": "07:30",
            "am_closes": "11:30",
            "pm_opens": "13:00",
            "pm_closes": "17:00",
        }
        sent |= {f"hours_{day}_{part}": value for part, value in times.items()}
        sent[f"hours_{day}_counts"] = "on"
    return {**sent, **changes}


def test_the_year_shows_days_off_make_up_days_hours_and_who_keeps_them(browser, justice):
    shown = text(browser.get(PAGE))

    assert "Lịch làm việc năm 2026" in shown
    assert '24<span class="visually-hidden">: nghỉ, Ngày Văn hóa Việt Nam</span>' in shown
    assert '22<span class="visually-hidden">: làm bù, Làm bù cho ngày 31/08/2026</span>' in shown
    assert "07:00–11:30, 13:30–17:00" in shown
    assert "2 cơ quan làm việc theo lịch này" in shown
    assert "Sở Tư pháp tỉnh Nghệ An" in shown


@pytest.mark.parametrize(
    ("query", "year"),
    [("?nam=2027", 2027), ("?nam=2028", 2028), ("?nam=1000", 2026), ("?nam=abc", 2026),
     ("?nam=²026", 2026), ("", 2026)],
)  # fmt: skip
def test_another_year_is_a_click_away_and_nonsense_shows_a_year_that_is_there(
    browser, schedule, query, year
):
    assert f"Lịch làm việc năm {year}" in text(browser.get(PAGE + query))


def test_provisional_days_are_marked_and_can_be_confirmed(browser, schedule):
    Holiday.objects.filter(date="2027-01-01").update(is_provisional=True)

    shown = text(browser.get(PAGE + "?nam=2027"))

    assert "nghỉ tạm tính, Tết Dương lịch" in shown
    assert "/lich-lam-viec/xac-nhan/?ngay=2027-01-01" in shown
    assert 'value="01/01/2027"' in text(browser.get(PAGE + "xac-nhan/?ngay=2027-01-01"))


def test_the_page_asks_few_questions_of_the_database(
    browser, justice, construction, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        browser.get(PAGE)


def test_a_preview_names_the_dossiers_and_changes_nothing(browser, desk: Desk):
    dossier = desk.accept()

    shown = text(preview(browser))

    assert "1 hồ sơ sẽ đổi ngày hẹn" in shown
    assert "Thêm ngày nghỉ thứ Sáu, ngày 20/11/2026: Nghỉ tránh bão. Căn cứ: 1234/TB-BNV." in shown
    assert dossier.code in shown
    assert "17:00 20/11/2026" in shown
    assert "17:00 23/11/2026" in shown
    assert "muộn hơn 1 ngày làm việc" in shown
    assert "Áp dụng và đổi ngày hẹn của 1 hồ sơ" in shown
    assert not Holiday.objects.filter(date="2026-11-20").exists()


def test_the_preview_carries_everything_that_applying_needs(browser, desk: Desk):
    dossier = desk.accept()
    page = preview(browser).content.decode()
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    response = browser.post(PAGE + "ngay-nghi/ap-dung/", carried, follow=True)

    assert response.redirect_chain == [("/lich-lam-viec/?nam=2026", 302)]
    shown = text(response)
    assert "1 hồ sơ đã đổi ngày hẹn" in shown
    assert "Đinh Minh Quân, căn cứ 1234/TB-BNV" in shown
    dossier.refresh_from_db()
    assert dossier.due_at.date() == date(2026, 11, 23)


def test_a_stale_preview_comes_back_with_what_was_entered(browser, desk: Desk):
    seen = calendar_edits.version()
    apply(browser, data={**STORM, "day": "27/11/2026"})

    response = apply(browser, seen=seen)

    assert response.status_code == 422
    assert "Lịch vừa được người khác sửa" in text(response)
    assert 'value="Nghỉ tránh bão"' in text(response)
    assert not Holiday.objects.filter(date="2026-11-20").exists()


def test_applying_without_a_preview_is_refused(browser, schedule):
    response = browser.post(PAGE + "ngay-nghi/ap-dung/", STORM)

    assert response.status_code == 422
    assert not CalendarEdit.objects.exists()


def test_applying_twice_is_refused_the_second_time(browser, desk: Desk):
    seen = calendar_edits.version()

    first, second = apply(browser, seen=seen), apply(browser, seen=seen)

    assert (first.status_code, second.status_code) == (302, 422)
    assert CalendarEdit.objects.count() == 1


def test_sua_lai_brings_the_form_back_with_what_was_entered(browser, schedule):
    response = preview(browser, data={**STORM, "sua": "1"})

    assert response.status_code == 200
    assert 'value="Nghỉ tránh bão"' in text(response)
    assert "Chưa ghi được" not in text(response)


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("ngay-nghi", {**STORM, "decision": ""}, "Số quyết định, công văn, thông báo:"),
        ("ngay-nghi", {**STORM, "day": "31/02/2026"}, "Ngày nghỉ:"),
        ("ngay-nghi", {**STORM, "day": "10/11/2026"}, "chạm đến ngày đã qua (10/11/2026)"),
        ("ngay-nghi", {**STORM, "day": "24/11/2026"}, "đã là ngày nghỉ (Ngày Văn hóa Việt Nam)"),
        ("ngay-nghi", {**STORM, "kind": "bão"}, "Loại ngày nghỉ:"),
        ("hoan-doi", {"day_off": "27/11/2026", "make_up": "30/11/2026", **GROUNDS},
         "vốn là ngày làm việc"),
        ("lam-bu", {"day": "28/11/2026", "replaces": "25/11/2026", "name": "Bù", **GROUNDS},
         "chưa là ngày nghỉ"),
        ("bo-ngay", {"day": "25/11/2026", **GROUNDS}, "không có trong lịch"),
        ("xac-nhan", {"day": "24/11/2026", **GROUNDS}, "không phải ngày nghỉ tạm tính"),
        ("chuyen-lich", {"agency": "0", "schedule": "0", **GROUNDS}, "Cơ quan:"),
        ("lich-moi", {"name": "Mùa hè", "code": "mùa hè", "copied_from": "0", **GROUNDS},
         "Mã lịch:"),
    ],
)  # fmt: skip
def test_bad_input_comes_back_with_a_sentence(browser, schedule, kind, data, sentence):
    days = (Holiday.objects.count(), MakeUpDay.objects.count())

    response = preview(browser, kind, data)

    assert response.status_code == 422
    assert sentence in text(response)
    assert (Holiday.objects.count(), MakeUpDay.objects.count()) == days


def test_a_swap_is_applied(browser, schedule):
    apply(browser, "hoan-doi", {"day_off": "27/11/2026", "make_up": "28/11/2026", **GROUNDS})

    assert Holiday.objects.get(date="2026-11-27").kind == "swapped_day_off"
    assert MakeUpDay.objects.get(date="2026-11-28").replaces_date == date(2026, 11, 27)


def test_the_form_of_hours_shows_what_is_in_force(browser, schedule):
    shown = text(browser.get(f"{PAGE}gio-lam-viec/?lich={schedule.pk}"))

    assert 'name="hours_1_am_closes" value="11:30"' in shown
    assert 'aria-label="thứ Hai, chiều đóng cửa lúc"' in shown


def test_hours_with_a_saturday_morning_are_applied(browser, schedule):
    sent = week(hours_6_am_opens="7h30", hours_6_am_closes="11:30")
    data = {"schedule": schedule.pk, "valid_from": "01/12/2026", **sent, **GROUNDS}

    assert apply(browser, "gio-lam-viec", data).status_code == 302

    saturday = schedule.hours.get(weekday=6)
    assert (saturday.counts, saturday.valid_from) == (False, date(2026, 12, 1))
    assert "chỉ tiếp nhận, không tính vào thời hạn" in text(browser.get(PAGE))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"hours_3_pm_closes": ""}, "Buổi chiều cần cả giờ mở cửa và giờ đóng cửa."),
        ({"hours_3_pm_closes": "17 giờ"}, "Hãy ghi giờ như 07:30."),
        ({f"hours_3_{part}": "" for part in PARTS},
         "không có giờ cho thứ Tư"),
        ({"hours_3_pm_opens": "11:00"}, "chồng lên nhau"),
    ],
)  # fmt: skip
def test_bad_hours_come_back_with_a_sentence(browser, schedule, changes, sentence):
    data = {"schedule": schedule.pk, "valid_from": "01/12/2026", **week(**changes), **GROUNDS}

    response = preview(browser, "gio-lam-viec", data)

    assert response.status_code == 422
    assert sentence in text(response)


def test_a_new_schedule_is_made_and_an_agency_moved_to_it(browser, justice, schedule):
    made = {"name": "Giờ mùa hè", "code": "mua-he", "copied_from": schedule.pk, **GROUNDS}
    apply(browser, "lich-moi", made)
    new = WorkSchedule.objects.get(code="mua-he")

    apply(browser, "chuyen-lich", {"agency": justice.pk, "schedule": new.pk, **GROUNDS})

    assert Agency.objects.get(pk=justice.pk).schedule == new
    assert CalendarEdit.objects.count() == 2


def test_the_counter_promises_on_the_new_calendar_at_once(browser, desk: Desk):
    apply(browser)

    assert desk.accept().due_at.date() == date(2026, 11, 23)


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "supervisor"])
def test_everybody_else_is_kept_out(sign_in, desk, who, request):
    browser = sign_in(request.getfixturevalue(who))

    answers = [
        browser.get(PAGE),
        browser.get(PAGE + "ngay-nghi/"),
        preview(browser),
        apply(browser),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert not Holiday.objects.filter(date="2026-11-20").exists()


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert client.get(PAGE).status_code == 302


def test_applying_is_for_posts_alone(browser, schedule):
    assert browser.get(PAGE + "ngay-nghi/ap-dung/").status_code == 405
    assert browser.get(PAGE + "gi-do/").status_code == 404
    assert not CalendarEdit.objects.exists()


def test_long_lists_show_the_first_and_count_the_rest(browser, desk: Desk, monkeypatch):
    monkeypatch.setattr("dossiers.consequences.MOST_SHOWN", 2)
    for _ in range(3):
        desk.accept()

    shown = text(preview(browser))

    assert "3 hồ sơ sẽ đổi ngày hẹn" in shown
    assert "Còn 1 hồ sơ nữa không hiện ở đây." in shown
    assert Dossier.objects.count() == 3
