"""Views and forms as PDF: ordered, drawn by a worker, read back, and fetched by their person."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError
from django.utils import timezone
from openpyxl import load_workbook

from organizations.models import Membership
from reporting import tallies
from reporting.models import PrintOrder
from reporting.printouts import drawing, ordering
from reporting.printouts.ordering import MOST_AT_ONCE
from reporting.printouts.views import VIEWS
from reporting.refusals import PrintRefused
from tests.conftest import NOW
from tests.dossiers.drawn import Drawn, look_at
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=14)
OF = {"nhom": "&ma=G2", "chi-tieu": "&ma=2.1"}
# The sheet of the reform index is of a year.
OF_YEAR = {"cai-cach": "2026"}


@pytest.fixture
def worked(desk, time_machine):
    """One dossier resolved in time, and one that is late."""
    walked(desk, "return")
    late = desk.accept()
    tallies.advance()
    time_machine.move_to(LATER, tick=False)
    return late


def ordered(client, user, path) -> PrintOrder:
    client.force_login(user)
    response = client.post(path)
    assert response.status_code == 302, response.status_code
    return PrintOrder.objects.get(pk=int(response["Location"].split("/")[-2]))


def fetched(client, order) -> bytes:
    """What the person gets once the worker has drawn it."""
    drawing.draw(order_id=order.pk, at=timezone.now())
    order.refresh_from_db()
    assert order.failure == ""
    response = client.get(f"/chi-so/ban-in/{order.pk}/tep/")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def printed(client, user, path) -> Drawn:
    return look_at(fetched(client, ordered(client, user, path)))


def test_a_statistical_form_is_an_official_paper_across_an_a4_page(worked, supervisor, client):
    paper = printed(client, supervisor, "/chi-so/bang/bieu-ii06a/pdf/?co-quan=H41.15&ky=2026-12-tk")

    assert paper.sizes_mm == [(297, 210)]
    for words in (
        "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
        "SỞ TƯ PHÁP TỈNH NGHỆ AN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nghệ An, ngày 27 tháng 11 năm 2026",
        "Biểu số II.06a",
        "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "(3) = 4+5+6",
        "NGƯỜI LẬP BIỂU",
        "THỦ TRƯỞNG ĐƠN VỊ",
        "Lý lịch tư pháp 1 0 0 1 0 0 0 0 1 0 1",
    ):
        assert words in paper.text, words
    assert all("Tinos" in font for font in paper.fonts), paper.fonts


def test_the_26_columns_of_07a_fit_on_the_page(worked, supervisor, client):
    paper = printed(client, supervisor, "/chi-so/bang/bieu-07a/pdf/?ky=2026-12-tk")

    assert len(paper.texts) == 1
    assert "Chờ tiếp nhận, quá hạn" in paper.text
    assert "(26)" in paper.text
    assert "chưa được đối chiếu" in paper.text


@pytest.mark.parametrize("view", list(VIEWS))
def test_every_view_leaves_as_pdf_and_as_excel(worked, supervisor, officer, client, view):
    reader = officer if view == "cong-viec" else supervisor
    query = f"?ky=2026-11{OF.get(view, '')}"
    paper = printed(client, reader, f"/chi-so/bang/{view}/pdf/{query}")
    book = client.get(f"/chi-so/bang/{view}/excel/{query}")

    assert OF_YEAR.get(view, "Tháng 11 năm 2026") in paper.text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper.text
    first = load_workbook(BytesIO(book.content)).worksheets[0]
    heads = [cell.value for cell in first[1]]
    for head in heads:
        assert head in paper.text.replace("  ", " "), head


def test_paper_screen_and_excel_say_the_same_points(worked, supervisor, client):
    client.force_login(supervisor)
    score = client.get("/chi-so/?ky=2026-11").context["score"]
    said = f"{score.total}".replace(".", ",")

    paper = printed(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")

    assert f"Toàn tỉnh – {score.band.name} {said}" in paper.text


def test_the_page_offers_both_and_shows_the_progress(worked, supervisor, client):
    client.force_login(supervisor)
    text = client.get("/chi-so/?ky=2026-11").content.decode()
    assert "/chi-so/bang/ket-qua/pdf/?ky=2026-11" in text

    order = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    page = client.get(order.get_absolute_url()).content.decode()
    assert "Đang lập bản in." in page
    assert client.get(f"/chi-so/ban-in/{order.pk}/tep/").status_code == 404

    drawing.draw(order_id=order.pk, at=timezone.now())
    assert "Mở tệp PDF" in client.get(order.get_absolute_url()).content.decode()


def test_nobody_else_fetches_a_print(worked, supervisor, head, client):
    order = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    drawing.draw(order_id=order.pk, at=timezone.now())

    client.force_login(head)
    assert client.get(order.get_absolute_url()).status_code == 404
    assert client.get(f"/chi-so/ban-in/{order.pk}/tep/").status_code == 404


def test_a_head_prints_only_their_own_agency(worked, foreign_head, client):
    paper = printed(client, foreign_head, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")

    assert "Sở Tư pháp" not in paper.text
    assert client.post("/chi-so/bang/ket-qua/pdf/?co-quan=H41.15").status_code == 404
    assert client.post("/chi-so/bang/bieu-ii06a/pdf/?co-quan=H41.15").status_code == 404


def test_who_lost_the_role_meanwhile_gets_no_file(worked, supervisor, client):
    order = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    Membership.objects.filter(user=supervisor).delete()

    drawing.draw(order_id=order.pk, at=timezone.now())

    order.refresh_from_db()
    assert order.failure.startswith("Bạn không còn được xem")
    assert not order.is_ready


def test_a_double_click_orders_once_and_a_fourth_print_waits(worked, supervisor, client):
    first = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    assert ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11") == first

    for number in range(1, MOST_AT_ONCE):
        ordering.order(view="nhom", query=str(number), actor=supervisor, at=LATER)
    with pytest.raises(PrintRefused, match="chưa xong"):
        ordering.order(view="thoi-gian", query="", actor=supervisor, at=LATER)
    client.post("/chi-so/bang/thoi-gian/pdf/")
    assert PrintOrder.objects.count() == MOST_AT_ONCE


def test_a_code_that_names_nothing_ends_with_a_sentence(worked, supervisor, client):
    order = ordered(client, supervisor, "/chi-so/bang/nhom/pdf/?ma=G9")

    drawing.draw(order_id=order.pk, at=timezone.now())

    order.refresh_from_db()
    assert order.failure == "Không có nhóm chỉ tiêu này. Hãy mở lại từ trang chỉ số."
    assert client.get("/chi-so/bang/nhom/excel/?ma=G9").status_code == 404
    assert client.post("/chi-so/bang/khong-co/pdf/").status_code == 404


def test_an_order_whose_worker_died_is_drawn_by_another_and_given_up_in_the_end(
    worked, supervisor, client, monkeypatch
):
    order = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    PrintOrder.objects.update(held_until=LATER + timedelta(minutes=5), attempts=1)
    soon, later = LATER + timedelta(minutes=1), LATER + timedelta(minutes=6)
    assert (drawing.wake_waiting(at=soon), drawing.wake_waiting(at=later)) == (0, 1)

    PrintOrder.objects.update(held_until=None)
    monkeypatch.setattr(drawing.papers, "page_of", lambda **_: 1 / 0)
    for _ in range(3):
        drawing.draw(order_id=order.pk, at=LATER)

    order.refresh_from_db()
    assert order.failure.startswith("Chưa lập được bản in sau nhiều lần thử.")


def test_an_order_that_killed_three_workers_is_not_given_to_a_fourth(
    worked, supervisor, client, monkeypatch
):
    order = ordered(client, supervisor, "/chi-so/bang/ket-qua/pdf/?ky=2026-11")
    PrintOrder.objects.update(held_until=NOW, attempts=3)
    monkeypatch.setattr(drawing.papers, "page_of", lambda **_: pytest.fail("drawn once more"))

    drawing.draw(order_id=order.pk, at=LATER)

    order.refresh_from_db()
    assert order.failure.startswith("Chưa lập được bản in sau nhiều lần thử.")
    assert order.finished_at == LATER


def test_a_file_is_deleted_after_a_day_and_its_row_stays(worked, supervisor, client):
    order = ordered(client, supervisor, "/chi-so/bang/thoi-gian/pdf/?ky=2026-11")
    fetched(client, order)

    assert drawing.delete_expired(at=order.expires_at - timedelta(seconds=1)) == 0
    assert drawing.delete_expired(at=order.expires_at) == 1

    order.refresh_from_db()
    assert not order.is_ready
    assert "đã hết hạn" in client.get(order.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("print_order_waits_once", {}),
        ("print_order_expires_after_asked", {"query": "x", "expires_at": NOW}),
        ("print_order_names_a_view", {"view": "", "query": "x"}),
    ],
)
def test_the_database_refuses(supervisor, name, facts):
    base = {"view": "ket-qua", "query": "", "asked_at": NOW, "expires_at": LATER}
    PrintOrder.objects.create(asked_by=supervisor, **base)

    with pytest.raises(IntegrityError, match=name):
        PrintOrder.objects.create(asked_by=supervisor, **(base | facts))


@pytest.mark.parametrize("day", ["13/11/2026", "13-11-2026", "2026-11-13"])
def test_the_day_is_read_as_people_here_write_it(worked, supervisor, client, day):
    client.force_login(supervisor)
    text = client.get("/chi-so/", {"ky": "2026-11", "ngay": day}).content.decode()

    assert "Như đã biết hết ngày 13/11/2026" in text
    assert 'value="13/11/2026"' in text


@pytest.mark.parametrize("day", ["31/02/2026", "11/13/2026", "hôm qua", "1/1/26"])
def test_a_day_that_is_none_is_refused_in_words(worked, supervisor, client, day):
    client.force_login(supervisor)
    response = client.get("/chi-so/", {"ky": "2026-11", "ngay": day})

    assert response.status_code == 400
    assert "ví dụ 21/07/2026" in response.content.decode()
