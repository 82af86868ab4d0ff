"""Minutes of handovers and the register on paper: what they say, how they look, once each."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from dossiers import documents
from dossiers.holding import ActRefused
from liaison import confirming, drawing, printing, register
from liaison.confirming import Findings
from liaison.models import PrintedBook, PrintOrder
from liaison.places import Place
from tests.conftest import NOW
from tests.dossiers import test_rendering
from tests.dossiers.drawn import Drawn, look_at
from tests.liaison.handing_over import given, resolved, transferred

HOUR = timedelta(hours=1)
YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
REGISTERS = reverse("liaison:registers")


@pytest.fixture(autouse=True)
def _settings(settings, monkeypatch) -> None:
    settings.PUBLIC_URL = "https://motcua.example.vn"
    monkeypatch.setattr(test_rendering, "APPROVED", Path(__file__).parent / "approved")


def drawn(order: PrintOrder, number: int = 1) -> Drawn:
    drawing.draw(order_id=order.pk, at=NOW)
    order.refresh_from_db()
    assert not order.failure
    with order.books.get(number=number).file.open("rb") as file:
        return look_at(file.read())


def ordered(desk, **facts) -> PrintOrder:
    known = {
        "place": Place(counter=desk.counter), **YEAR,
        "submission_key": uuid4(), "actor": desk.clerk, "at": NOW,
    }  # fmt: skip
    return printing.ask_register(**(known | facts))


def half_received(desk):
    """Two were given; one came, one is missing, a third lay in the bag besides."""
    one, two, besides = (transferred(desk) for _ in range(3))
    batch = given(desk, one, two)
    findings = Findings(
        received=[one.code], rest_is_missing=True, missing_reason="Không có trong túi.",
        extra=[besides.code], extra_reason="Kẹp nhầm.",
    )  # fmt: skip
    return confirming.confirm(pk=batch.pk, findings=findings, actor=desk.officer, at=NOW + HOUR)


# -- Minutes ----------------------------------------------------------------------------------


def test_minutes_name_both_sides_and_each_dossier(desk):
    with connection.cursor() as cursor:
        # The key stands in the address of the QR code, which the approved picture shows.
        cursor.execute("ALTER SEQUENCE liaison_handoverbatch_id_seq RESTART WITH 1")
    batch = half_received(desk)

    first, second = (drawn(order) for order in batch.prints.order_by("pk"))

    for words in (
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH NGHỆ AN",
        "Số: 01/2026/BBBG",
        "BIÊN BẢN BÀN GIAO HỒ SƠ",
        "Nghệ An, ngày 13 tháng 11 năm 2026",
        "Bên giao: Trung tâm Phục vụ hành chính công tỉnh Nghệ An",
        "Người giao: Trần Thị Bình, Chuyên viên; giao lúc 09 giờ 00 phút",
        "Bên nhận: Sở Tư pháp tỉnh Nghệ An",
        "Người nhận: Lê Thị Oanh, Chuyên viên; nhận lúc 10 giờ 00 phút",
        "1 H41.15-261113-0001 Nguyễn Thị Đào",
        "1 bộ: 1 chính, 1 sao",
        "Thiếu khi nhận: Không có trong túi.",
        "Thừa, không có trong biên bản: Kẹp nhầm.",
        "Kết quả xác nhận: nhận 1, thiếu 1, thừa 1 hồ sơ.",
        "mỗi bên giữ 01 bản",
        "ĐẠI DIỆN BÊN GIAO",
        "ĐẠI DIỆN BÊN NHẬN",
        "Trang 1/1",
    ):
        assert words in second.text
    assert first.sizes_mm == second.sizes_mm == [(210, 297)]
    assert test_rendering.compare(second.pictures[0], "minutes") < test_rendering.TOLERANCE


def test_minutes_are_drawn_once_and_a_second_worker_finds_nothing_to_do(desk):
    order = given(desk, transferred(desk)).prints.get()

    drawing.draw(order_id=order.pk, at=NOW)
    drawing.draw(order_id=order.pk, at=NOW)

    assert PrintedBook.objects.count() == 1


def test_the_page_of_a_batch_leads_to_its_minutes(desk, sign_in):
    batch = given(desk, transferred(desk))
    order = batch.prints.get()
    drawing.draw(order_id=order.pk, at=NOW)
    client = sign_in(desk.officer)

    page = client.get(batch.get_absolute_url()).content.decode()
    state = client.get(order.get_absolute_url()).content.decode()
    pdf = client.get(order.books.get().get_absolute_url())

    assert order.get_absolute_url() in page
    assert "Mở biên bản (PDF)" in state
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


# -- The register -----------------------------------------------------------------------------


def test_the_register_says_what_mau_06_asks(desk):
    running, ended = desk.accept(), resolved(desk)

    seen = drawn(ordered(desk))

    assert seen.sizes_mm == [(297, 210)]
    for words in (
        "Mẫu số 07 – Thông tư số 03/2025/TT-VPCP",
        "SỔ THEO DÕI HỒ SƠ",
        "Năm: 2026; Quyển số: 1; Từ số 1 đến số 2",
        "STT", "Mã hồ sơ", "Tên TTHC", "Tên cá nhân, tổ chức", "Cơ quan chủ trì giải quyết",
        "Nhận và trả kết quả", "Ký nhận", "Ghi chú",
        running.code, ended.code,
        "09:00 13/11/2026", "17:00 20/11/2026", "Đã có kết quả",
        "Trang 1/1",
    ):  # fmt: skip
        assert words in seen.text
    assert test_rendering.compare(seen.pictures[0], "register") < test_rendering.TOLERANCE


def test_numbers_run_through_the_year_whichever_days_are_printed(desk):
    january = datetime.fromisoformat("2026-01-05T09:00:00+07:00")
    last_year = datetime.fromisoformat("2025-12-30T09:00:00+07:00")
    for at in (last_year, january, january + HOUR, NOW):
        desk.accept(at=at)

    book = next(register.books(ordered(desk, first_day=date(2026, 11, 1)), after=0))

    assert [entry.number for entry in book.entries] == [3]


def test_a_long_register_is_cut_into_books_of_like_numbers(desk, monkeypatch):
    monkeypatch.setattr(register, "ENTRIES_IN_BOOK", 2)
    for minutes in range(5):
        desk.accept(at=NOW + timedelta(minutes=minutes))
    order = ordered(desk)

    drawn(order)

    assert list(order.books.order_by("number").values_list("number", "first_entry", "last_entry")) == [
        (1, 1, 2), (2, 3, 4), (3, 5, 5),
    ]  # fmt: skip
    assert (order.expected_rows, order.written_rows) == (5, 5)


def test_a_worker_that_was_killed_goes_on_after_the_last_book(desk, monkeypatch):
    monkeypatch.setattr(register, "ENTRIES_IN_BOOK", 2)
    for minutes in range(5):
        desk.accept(at=NOW + timedelta(minutes=minutes))
    order, real, drawn_books = ordered(desk), documents.to_a4_pdf, []

    def dying(html):
        drawn_books.append(html)
        if len(drawn_books) == 2:
            raise SystemExit("kill -9")
        return real(html)

    monkeypatch.setattr(documents, "to_a4_pdf", dying)
    with pytest.raises(SystemExit):
        drawing.draw(order_id=order.pk, at=NOW)
    drawing.draw(order_id=order.pk, at=NOW)
    assert order.books.count() == 1, "held until the moment of its worker passes"
    PrintOrder.objects.update(held_until=NOW - HOUR)
    drawing.draw(order_id=order.pk, at=NOW)

    order.refresh_from_db()
    assert (order.books.count(), len(drawn_books), order.written_rows) == (3, 4, 5)
    assert order.finished_at


def test_a_print_that_cannot_be_drawn_is_given_up_with_a_sentence(desk, monkeypatch):
    order = ordered(desk)
    desk.accept()
    monkeypatch.setattr(documents, "to_a4_pdf", lambda html: 1 / 0)

    for _ in range(3):
        drawing.draw(order_id=order.pk, at=NOW)

    order.refresh_from_db()
    assert order.failure.startswith("Chưa in được sau nhiều lần thử.")
    assert order.finished_at


def test_only_places_that_one_reads_and_days_of_one_year_make_a_register(desk, commune_counter):
    key = uuid4()

    with pytest.raises(PermissionDenied):
        ordered(desk, place=Place(counter=commune_counter))
    with pytest.raises(ActRefused, match="cùng một năm"):
        ordered(desk, first_day=date(2025, 12, 1))
    with pytest.raises(ActRefused, match="Ngày cuối phải từ ngày đầu"):
        ordered(desk, last_day=date(2025, 12, 1))
    with pytest.raises(ActRefused, match="Ngày đầu chưa đến"):
        ordered(desk, first_day=date(2026, 12, 1))
    assert ordered(desk, submission_key=key) == ordered(desk, submission_key=key)
    ordered(desk)
    with pytest.raises(ActRefused, match="2 sổ chưa in xong"):
        ordered(desk)


def test_books_go_after_a_day_and_the_row_stays(desk):
    desk.accept()
    order = ordered(desk)
    drawing.draw(order_id=order.pk, at=NOW)
    path = Path(order.books.get().file.path)

    assert drawing.delete_expired(at=NOW + 23 * HOUR) == 0
    assert drawing.delete_expired(at=NOW + 25 * HOUR) == 1
    assert not path.exists()
    assert PrintOrder.objects.filter(pk=order.pk).exists()


def test_the_page_orders_a_register_and_shows_its_books(desk, sign_in):
    desk.accept()
    client = sign_in(desk.clerk)
    with time_machine.travel(NOW, tick=False):
        asked = client.post(
            REGISTERS,
            {
                "submission_key": str(uuid4()), "place": f"quay-{desk.counter.pk}",
                "first_day": "2026-01-01", "last_day": "2026-11-13",
            },
        )  # fmt: skip
        wrong = client.post(REGISTERS, {"place": "quay-0"})
    order = PrintOrder.objects.get()
    drawing.draw(order_id=order.pk, at=NOW)

    page = client.get(order.get_absolute_url()).content.decode()

    assert asked.url == order.get_absolute_url()
    assert wrong.status_code == 400
    assert "Quyển số 1: từ số 1 đến số 1" in page
    assert sign_in(desk.officer).get(order.get_absolute_url()).status_code == 404
