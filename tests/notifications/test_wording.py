"""The words of messages: whole, with correct marks, and short where each part is paid."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from notifications import sms, wording
from notifications.statuses import MessageChannel
from notifications.wording import TEMPLATES

FOLDER = Path(django_settings.BASE_DIR) / "templates" / "notifications"
DAY = datetime.fromisoformat("2026-11-20T17:00:00+07:00")
LINK = "https://dichvucong.nghean.gov.vn/tra-cuu/H41.15.101-261113-0001/"
VALUES = {
    "name": "Nguyễn Thị Đào",
    "code": "H41.15.101-261113-0001",
    "link": LINK,
    "procedure": "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam",
    "agency": "Sở Nông nghiệp và Môi trường",
    "due_at": DAY,
    "first_due_at": datetime.fromisoformat("2026-11-18T17:00:00+07:00"),
    "new_due_at": DAY,
    "answer_by": DAY,
    "pay_by": DAY,
    "amount": Decimal(1_250_000),
    "reason": "Số hồ sơ tăng & thiếu người <thẩm định>.",
    "content": "Bản sao thẻ căn cước có chứng thực.",
    "place": "Trung tâm Phục vụ hành chính công tỉnh Nghệ An",
}
EVERY = [(name, channel) for name in TEMPLATES for channel in MessageChannel]


def test_every_template_has_its_files_and_no_file_is_without_one():
    for folder in ("sms", "email"):
        files = {path.stem for path in (FOLDER / folder).glob("[!_]*.txt")}
        assert files == set(TEMPLATES)


@pytest.mark.parametrize(("name", "channel"), EVERY)
def test_every_message_is_whole(name, channel):
    text = wording.write(name, channel, VALUES)

    assert VALUES["code"] in text.body
    assert LINK in text.body
    for hole in ("{{", "{%", "None", "  ", " .", " ,", "&amp;", "&lt;", "&#"):
        assert hole not in text.body


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_text_message_costs_at_most_two_parts(name):
    text = wording.write(name, MessageChannel.SMS, VALUES)

    assert sms.measure(text.body).is_plain
    assert sms.measure(text.body).segments <= 2
    assert "\n" not in text.body


def test_marks_may_be_paid_for(settings):
    settings.SMS_WITH_MARKS = True

    assert "đã tiếp nhận" in wording.write("accepted", MessageChannel.SMS, VALUES).body


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_mail_addresses_the_person_and_ends_with_the_way_to_look(name):
    text = wording.write(name, MessageChannel.EMAIL, VALUES)

    assert text.body.startswith("Kính gửi Nguyễn Thị Đào,\n")
    assert VALUES["code"] in text.title
    assert f'<a href="{LINK}">' in text.html
    assert text.html.count("<p>") == text.body.count("\n\n") + 1


def test_the_apology_says_both_days_the_reason_and_who_apologises():
    body = wording.write("apology", MessageChannel.EMAIL, VALUES).body

    assert "hẹn trả kết quả ngày 18/11/2026" in body
    assert "17:00 20/11/2026" in body
    assert "Sở Nông nghiệp và Môi trường xin lỗi" in body
    assert "Số hồ sơ tăng & thiếu người <thẩm định>." in body


def test_the_page_of_a_mail_escapes_what_people_wrote():
    html = wording.write("apology", MessageChannel.EMAIL, VALUES).html

    assert "&lt;thẩm định&gt;" in html
    assert "<thẩm định>" not in html


@pytest.mark.parametrize(
    ("name", "missing", "said"),
    [
        ("accepted", "due_at", "không quy định thời hạn"),
        ("supplement", "answer_by", "Xin nộp bổ sung tại"),
        ("fee", "pay_by", "Hồ sơ được giải quyết tiếp"),
    ],
)
def test_a_day_that_is_not_set_leaves_no_hole(name, missing, said):
    values = VALUES | {missing: None}

    assert said in wording.write(name, MessageChannel.EMAIL, values).body
    assert "None" not in wording.write(name, MessageChannel.SMS, values).body
    assert " trước ." not in wording.write(name, MessageChannel.SMS, values).body


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_value_that_is_forgotten_is_an_error_and_no_hole(name):
    for needed in TEMPLATES[name].needs:
        with pytest.raises(KeyError):
            values = {key: value for key, value in VALUES.items() if key != needed}
            wording.write(name, MessageChannel.EMAIL, values)


def test_line_breaks_in_what_people_wrote_stay_within_their_paragraph():
    values = VALUES | {"content": "1. Tờ khai\r\n2. Bản sao"}

    assert "1. Tờ khai 2. Bản sao" in wording.write("supplement", MessageChannel.EMAIL, values).html
