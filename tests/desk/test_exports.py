"""Excel exports: what stands in the file, who may fetch it, and what happens when a worker dies."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from desk import export_work, exporting
from desk.exporting import ExportRefused
from desk.models import ListExport
from desk.workbooks import plain
from dossiers.models import Dossier
from tests.conftest import NOW, Desk, make_version

ALL = "tab=tat-ca"


def ordered(actor, query=ALL, chosen=("code", "applicant", "accepted_at"), **facts) -> ListExport:
    known = {"query": query, "chosen": chosen, "submission_key": uuid4(), "actor": actor, "at": NOW}
    return exporting.ask(**(known | facts))


def written(export: ListExport) -> list[tuple]:
    """The rows of the file, headings first."""
    export_work.write(export_id=export.pk, at=NOW)
    export.refresh_from_db()
    assert not export.failure
    with export.file.open("rb") as file:
        return list(load_workbook(BytesIO(file.read())).active.iter_rows(values_only=True))


def test_the_file_holds_the_list_in_its_columns_the_newest_first(desk: Desk):
    first, second = desk.accept(), desk.accept()

    rows = written(ordered(desk.clerk))

    assert rows[0] == ("Mã hồ sơ", "Chủ hồ sơ", "Tiếp nhận lúc")
    assert [row[0] for row in rows[1:]] == [second.code, first.code]
    assert rows[1][2].isoformat() == "2026-11-13T09:00:00"


def test_the_file_holds_only_what_the_person_may_see(desk: Desk, construction, foreign_officer):
    desk.accept()

    assert len(written(ordered(foreign_officer))) == 1


def test_the_filter_of_the_list_is_the_filter_of_the_file(desk: Desk):
    desk.accept()

    assert len(written(ordered(desk.clerk, "tab=tat-ca&status=returned"))) == 1
    assert len(written(ordered(desk.clerk, "tab=tat-ca&status=accepted"))) == 2


def test_a_long_list_is_written_in_pieces_and_loses_nothing(desk: Desk, monkeypatch):
    codes = {desk.accept().code for _ in range(7)}
    monkeypatch.setattr(export_work, "CHUNK", 3)

    export = ordered(desk.clerk)

    assert {row[0] for row in written(export)[1:]} == codes
    assert (export.expected_rows, export.written_rows) == (7, 7)


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+84912345678", "'+84912345678"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\x01=1", " =1"),
        ("Nguyễn Thị Đào", "Nguyễn Thị Đào"),
    ],
)
def test_no_text_becomes_a_formula(entered, kept):
    assert plain(entered) == kept


def test_a_hostile_name_stands_in_the_file_as_text(desk: Desk):
    dossier = desk.accept()
    Dossier.objects.filter(pk=dossier.pk).update(applicant_name="=1+1")

    export = ordered(desk.clerk)
    rows = written(export)

    assert rows[1][1] == "'=1+1"
    with export.file.open("rb") as file:
        assert load_workbook(BytesIO(file.read())).active["B2"].data_type == "s"


def test_a_double_click_orders_one_file(desk: Desk):
    key = uuid4()

    assert ordered(desk.clerk, submission_key=key) == ordered(desk.clerk, submission_key=key)


def test_anothers_key_is_refused(desk: Desk, supervisor):
    key = uuid4()
    ordered(desk.clerk, submission_key=key)

    with pytest.raises(ExportRefused) as refusal:
        ordered(supervisor, submission_key=key)

    assert refusal.value.code == "key_used"


def test_a_person_waits_for_their_files_before_asking_for_more(desk: Desk, supervisor):
    for _ in range(exporting.MOST_AT_ONCE):
        ordered(desk.clerk)

    with pytest.raises(ExportRefused) as refusal:
        ordered(desk.clerk)

    assert refusal.value.code == "too_many"
    ordered(supervisor)


def test_two_workers_do_not_write_one_file_twice(desk: Desk, monkeypatch):
    export = ordered(desk.clerk)
    calls = []
    monkeypatch.setattr(export_work, "_write", lambda export, at: calls.append(export.pk))

    export_work.write(export_id=export.pk, at=NOW)
    export_work.write(export_id=export.pk, at=NOW)

    assert calls == [export.pk]


def test_a_dead_workers_export_is_begun_anew_and_in_the_end_given_up(desk: Desk, monkeypatch):
    desk.accept()
    export = ordered(desk.clerk)

    def broken(*_):
        raise RuntimeError("disk")

    with monkeypatch.context() as patch:
        patch.setattr(export_work, "_keep", broken)
        export_work.write(export_id=export.pk, at=NOW)
        export.refresh_from_db()
        assert export.finished_at is None
        assert export.held_until is None
        assert export_work.wake_waiting(at=NOW + timedelta(minutes=1)) == 1
        for _ in range(3):
            export_work.write(export_id=export.pk, at=NOW)

    export.refresh_from_db()
    assert export.finished_at == NOW
    assert "lọc hẹp hơn" in export.failure


def test_an_expired_file_is_deleted_and_its_row_stays(desk: Desk):
    export = ordered(desk.clerk)
    written(export)
    path = export.file.path

    assert export_work.delete_expired(at=NOW + timedelta(hours=23)) == 0
    assert export_work.delete_expired(at=NOW + timedelta(hours=24)) == 1

    export.refresh_from_db()
    assert not export.file
    with pytest.raises(FileNotFoundError):
        open(path).close()


# -- Pages ---------------------------------------------------------------------------------


def test_the_page_orders_shows_and_serves(desk: Desk, sign_in, supervisor):
    desk.accept()
    client = sign_in(desk.clerk)
    page = client.get("/xuat-excel/?tab=tat-ca&after=x~1").content.decode()
    assert 'value="tab=tat-ca"' in page
    sent = {"query": ALL, "columns": ["code"], "submission_key": str(uuid4())}

    path = client.post("/xuat-excel/", sent)["Location"]

    assert "Đang chờ đến lượt" in client.get(path).content.decode()
    assert client.get(f"{path}ho-so.xlsx").status_code == 404
    export = ListExport.objects.get()
    export_work.write(export_id=export.pk, at=export.asked_at)
    assert "Đã ghi 1 hồ sơ" in client.get(path).content.decode()
    answer = client.get(f"{path}ho-so.xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert sign_in(supervisor).get(f"{path}ho-so.xlsx").status_code == 404


def test_the_file_is_gone_from_the_page_when_it_has_expired(desk: Desk, sign_in):
    export = ordered(desk.clerk)
    written(export)
    ListExport.objects.update(
        asked_at=NOW - timedelta(days=365), expires_at=NOW - timedelta(days=364)
    )

    answer = sign_in(desk.clerk).get(f"/xuat-excel/{export.pk}/ho-so.xlsx")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "facts",
    [{"columns": []}, {"columns": ["password"]}, {"submission_key": "x"}, {"query": "a" * 3000}],
)
def test_hostile_orders_are_refused(desk: Desk, sign_in, facts):
    sent = {"query": ALL, "columns": ["code"], "submission_key": str(uuid4())} | facts

    assert sign_in(desk.clerk).post("/xuat-excel/", sent).status_code == 422
    assert not ListExport.objects.exists()


def test_more_rows_cost_no_more_queries(desk: Desk, django_assert_max_num_queries):
    make_version(desk.agency, code="1.000001", name="Khác")
    for _ in range(5):
        desk.accept()
    export = ordered(desk.clerk)

    with django_assert_max_num_queries(9):
        export_work.write(export_id=export.pk, at=NOW)
