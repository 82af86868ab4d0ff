"""Phiếu kiểm soát: a block for each hand-over, its moments and persons, and how it looks."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from dossiers import control_sheet, lifecycle, printing, rendering
from dossiers.holding import Target
from dossiers.lifecycle import Handover, Proposal, ResultFacts
from dossiers.models import Dossier, PrintedForm
from tests.conftest import NOW, Desk
from tests.dossiers.drawn import Drawn, look_at
from tests.dossiers.test_rendering import TOLERANCE, compare

HOUR = timedelta(hours=1)
MONDAY = datetime.fromisoformat("2026-11-16T09:00:00+07:00")
LATE = datetime.fromisoformat("2026-11-23T09:00:00+07:00")


@pytest.fixture(autouse=True)
def _public_address(settings) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"


def whole_way(desk: Desk, *, approved_at: datetime = MONDAY + HOUR) -> Dossier:
    """From reception to return, once sent back by the head."""
    target = Target(code=desk.accept().code)
    proposal = Proposal(opinion="Đủ điều kiện.")
    lifecycle.transfer(target=target, actor=desk.clerk, at=NOW + HOUR)
    lifecycle.take(target=target, actor=desk.officer, at=NOW + 2 * HOUR)
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=NOW + 3 * HOUR)
    lifecycle.send_back(target=target, reason="Làm rõ.", actor=desk.head, at=NOW + 4 * HOUR)
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=MONDAY)
    result = ResultFacts(
        number="1/KQ",
        issued_date=approved_at.date(),
        signer_name="Nguyễn Thị Hòa",
        signer_title="Giám đốc",
    )
    lifecycle.approve(target=target, result=result, actor=desk.head, at=approved_at)
    handover = Handover(recipient_name="Nguyễn Thị Đào")
    return lifecycle.return_result(
        target=target, handover=handover, actor=desk.clerk, at=approved_at + HOUR
    )


def told(dossier: Dossier) -> list[tuple[str, str, str, str]]:
    found = control_sheet.blocks(dossier, dossier.events.order_by("sequence"))
    return [(block.place, block.given_by, block.received_by, block.timeliness) for block in found]


def sheet(dossier: Dossier, desk: Desk, *, at: datetime) -> PrintedForm:
    form = printing.ask_control_sheet(code=dossier.code, actor=desk.clerk, at=at)
    assert form is not None
    rendering.render(form_id=form.pk, at=at)
    form.refresh_from_db()
    assert not form.failure
    return form


def drawn(form: PrintedForm) -> Drawn:
    with form.file.open("rb") as file:
        return look_at(file.read())


def test_each_hand_over_is_a_block_with_its_persons_and_its_own_limit(desk):
    centre, justice = desk.counter.name, desk.agency.name

    assert told(whole_way(desk)) == [
        (centre, "Nguyễn Thị Đào", "Trần Thị Bình", "on_time"),
        (justice, "Trần Thị Bình", "Lê Thị Oanh", "early"),
        (f"Lãnh đạo {justice}", "Lê Thị Oanh", "Nguyễn Thị Hòa", "early"),
        (justice, "Nguyễn Thị Hòa", "Lê Thị Oanh", "early"),
        (f"Lãnh đạo {justice}", "Lê Thị Oanh", "Nguyễn Thị Hòa", "early"),
        (centre, "Nguyễn Thị Hòa", "Trần Thị Bình", ""),
    ]


def test_a_desk_beyond_its_share_is_late_and_one_that_still_works_is_neither(desk):
    late = whole_way(desk, approved_at=LATE)
    running = desk.accept()

    assert told(late)[4][3] == "late"
    assert told(running) == [(desk.counter.name, "Nguyễn Thị Đào", "Trần Thị Bình", "")]


def test_the_sheet_says_what_mau_05_asks(desk):
    dossier = whole_way(desk)

    text = drawn(sheet(dossier, desk, at=MONDAY + 3 * HOUR)).text

    for words in (
        "Mẫu số 06 – Thông tư số 03/2025/TT-VPCP",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        f"Mã hồ sơ: {dossier.code}",
        "Cơ quan (bộ phận) giải quyết hồ sơ: Sở Tư pháp tỉnh Nghệ An",
        "Cơ quan phối hợp giải quyết hồ sơ: không có",
        "1. Giao: 10 giờ 00 phút, ngày 13 tháng 11 năm 2026",
        "2. Nhận: 11 giờ 00 phút, ngày 13 tháng 11 năm 2026",
        "Người giao: Trần Thị Bình",
        "Người nhận: Lê Thị Oanh",
        "Trước hạn",
        "Đúng hạn",
        "Quá hạn",
        "Yêu cầu: Làm rõ.",
        "tính đến 12 giờ 00 phút, ngày 16 tháng 11 năm 2026",
    ):
        assert words in text


def test_the_sheet_looks_like_the_approved_picture(desk):
    seen = drawn(sheet(whole_way(desk), desk, at=MONDAY + 3 * HOUR))

    assert set(seen.sizes_mm) == {(148, 210)}
    assert compare(seen.pictures[0], "control_sheet") < TOLERANCE


def test_the_same_history_is_drawn_once_and_a_longer_one_anew(desk):
    dossier = desk.accept()

    first, second = (
        printing.ask_control_sheet(code=dossier.code, actor=desk.clerk, at=NOW + HOUR)
        for _ in range(2)
    )
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW + 2 * HOUR)
    third = printing.ask_control_sheet(code=dossier.code, actor=desk.clerk, at=NOW + 2 * HOUR)

    assert first == second
    assert (first.number, third.number) == (1, 2)


def test_the_page_offers_the_sheet_and_shows_the_latest_alone(desk, sign_in):
    dossier = desk.accept()
    for hours in (1, 2):
        Dossier.objects.filter(pk=dossier.pk).update(changed_at=NOW + hours * HOUR)
        printing.ask_control_sheet(code=dossier.code, actor=desk.clerk, at=NOW + hours * HOUR)
    client = sign_in(desk.clerk)

    page = client.get(dossier.get_absolute_url()).content.decode()
    answer = client.post(reverse("dossiers:control_sheet", args=[dossier.code]))

    assert page.count("Phiếu kiểm soát quá trình giải quyết hồ sơ") == 1
    assert "(in lần 2)" in page
    assert answer.url.startswith(f"/ho-so/{dossier.code}/mau/control_sheet/")
