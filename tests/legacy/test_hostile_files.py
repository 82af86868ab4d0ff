"""Files that mean harm or were made by hand: each is refused or read, and told in a sentence."""

import resource
from datetime import date, datetime
from pathlib import Path
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from dossiers.models import Dossier
from legacy import cells, fields, guarding, reading
from legacy.guarding import FileRefused
from tests.legacy.conftest import HEADS, IN_HAND, RETURNED, told

pytestmark = pytest.mark.django_db


def refusal_of(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        reading.head_of(path)
    return refused.value.code


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)

    assert refusal_of(path) == "bomb"


def test_entities_are_not_expanded(tmp_path, export):
    path = tmp_path / "entities.xlsx"
    with ZipFile(export(RETURNED)) as good, ZipFile(path, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content
            bad.writestr(name, content)

    assert refusal_of(path) == "not_a_workbook"


@pytest.mark.parametrize("content", [b"", b"Ma ho so;Chu ho so", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_workbook_is_told_so(tmp_path, content):
    path = tmp_path / "old.xls"
    path.write_bytes(content)

    assert refusal_of(path) == "not_a_workbook"


def test_a_file_that_is_too_big_is_not_read(tmp_path):
    path = tmp_path / "big.xlsx"
    with path.open("wb") as file:
        file.truncate(guarding.MOST_BYTES + 1)

    assert refusal_of(path) == "too_big"


def test_a_workbook_without_headers_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["Xin chào"])
    book.save(tmp_path / "a.xlsx")

    assert refusal_of(tmp_path / "a.xlsx") == "no_headers"


def test_a_sheet_that_ends_in_the_middle_is_told_where(export, take, tmp_path):
    path = tmp_path / "torn.xlsx"
    with ZipFile(export(RETURNED, *[IN_HAND] * 50)) as good, ZipFile(path, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content[: len(content) * 4 // 5]
            bad.writestr(name, content)

    run = take(path)

    assert "bị hỏng giữa chừng" in run.failure
    assert run.finished_at


def test_headers_may_stand_below_a_title_and_be_decomposed(export, take):
    heads = [normalize("NFD", head) for head in HEADS]
    row = {normalize("NFD", key): value for key, value in RETURNED.items()}

    run = take(export(row, heads=heads, above=["SỔ THEO DÕI HỒ SƠ", ""]))

    assert run.taken == 1


def test_decomposed_names_are_composed(export, take):
    take(export({**RETURNED, "Chủ hồ sơ": normalize("NFD", "Nguyễn  Thị\nĐào ")}))

    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"


def test_a_formula_is_refused_with_its_column(export, take):
    run = take(export({**RETURNED, "Chủ hồ sơ": "=A1&B1"}))

    assert (2, "Chủ hồ sơ", "Ô này là công thức. Hãy dán lại dạng giá trị.") in told(run)
    assert run.refused == 1


def test_a_missing_column_is_named(export, take):
    path = export(RETURNED, heads=[head for head in HEADS if head != "Ngày tiếp nhận"])

    with pytest.raises(Exception, match="Ngày tiếp nhận"):
        take(path)


def test_a_mapping_to_a_header_that_is_gone_ends_the_run_with_its_name(export, take):
    run = take(export(RETURNED), columns={"address": "Nơi ở"})

    assert "“Nơi ở” (Địa chỉ)" in run.failure
    assert not Dossier.objects.exists()


def test_rows_of_merged_cells_are_told_apart(export, take):
    path = export(RETURNED, {**RETURNED, "Mã hồ sơ": None}, {**IN_HAND, "Mã hồ sơ": "HS-3"})
    book = load_workbook(path)
    book.active.merge_cells("A2:A3")
    book.save(path)

    run = take(path)

    assert run.taken == 1
    assert {number for number, _, sentence in told(run) if "bị gộp" in sentence} == {2, 3}


def test_empty_rows_are_no_rows(export, take):
    run = take(export(RETURNED, {}, {"Mã hồ sơ": ""}, {**IN_HAND, "Mã hồ sơ": "HS-3"}))

    assert (run.taken, run.refused) == (2, 0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("05/01/2023", "2023-01-05T00:00:00"),
        ("5-1-2023 8:30", "2023-01-05T08:30:00"),
        ("05.01.2023 08:30:15", "2023-01-05T08:30:15"),
        ("08:30 05/01/2023", "2023-01-05T08:30:00"),
        ("2023-01-05", "2023-01-05T00:00:00"),
        ("2023-01-05T08:30:00", "2023-01-05T08:30:00"),
        ("20230105083000", "2023-01-05T08:30:00"),
        (20230105083000, "2023-01-05T08:30:00"),
        (20230105, "2023-01-05T00:00:00"),
        (44931, "2023-01-05T00:00:00"),
        (44931.354166667, "2023-01-05T08:30:00"),
        ("44931", None),
        (date(2023, 1, 5), "2023-01-05T00:00:00"),
        (datetime(2023, 1, 5, 8, 30), "2023-01-05T08:30:00"),
        ("30/02/2023", None),
        ("01/13/2023", None),
        ("hôm qua", None),
        (12, None),
        ("#REF!", None),
        (True, None),
    ],
)
def test_moments_are_read_as_vietnam_writes_them(value, expected):
    try:
        found = cells.moment(value)
    except cells.CellRefused:
        found = None

    assert (found.at.isoformat() if found else None) == (expected and f"{expected}+07:00")


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (cells.identity_number, 40190001234, "040190001234"),
        (cells.identity_number, "040190001234", "040190001234"),
        (cells.identity_number, 182345678, "182345678"),
        (cells.phone, 912345678, "0912345678"),
        (cells.phone, "0912345678", "0912345678"),
        (cells.procedure_code, 1.00119, "1.001190"),
    ],
)
def test_numbers_that_excel_shortened_are_made_whole(read, value, expected):
    assert read(value) == expected


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"Ngày tiếp nhận": "05/01/2030"}, "Ngày tiếp nhận"),
        ({"Ngày tiếp nhận": "05/01/1023"}, "Ngày tiếp nhận"),
        ({"Ngày tiếp nhận": None}, "Ngày tiếp nhận"),
        ({"Ngày hẹn trả": "01/01/2023"}, "Ngày hẹn trả"),
        ({"Ngày hẹn trả": "01/01/2045"}, "Ngày hẹn trả"),
        ({"Ngày trả": "04/01/2023"}, "Ngày trả kết quả"),
        ({"Ngày trả": None}, "Ngày trả kết quả"),
        ({"Chủ hồ sơ": " "}, "Chủ hồ sơ"),
        ({"Chủ hồ sơ": "A" * 201}, "Chủ hồ sơ"),
        ({"Mã TTHC": "9.999999"}, "Mã thủ tục"),
        ({"Đơn vị xử lý": "Sở Ngoại vụ"}, "Cơ quan giải quyết"),
        ({"Mã hồ sơ": "A" * 101}, "Mã hồ sơ"),
    ],
)
def test_a_bad_cell_refuses_its_row_alone_and_names_its_column(export, take, facts, column):
    run = take(export({**RETURNED, **facts}, {**IN_HAND, "Mã hồ sơ": "HS-2"}))

    assert (run.taken, run.refused) == (1, 1)
    assert {(number, name) for number, name, _ in told(run)} == {(2, column)}


def test_a_number_that_cannot_be_is_left_out_and_told(export, take):
    run = take(export({**RETURNED, "Số CCCD": "12", "Số điện thoại": "113"}))

    assert (run.taken, run.remarked) == (1, 1)
    assert Dossier.objects.get().identity_number == ""
    assert "113" not in str(told(run))


def test_the_report_holds_each_bad_row_and_no_formula(export, take):
    run = take(export({**RETURNED, "Mã hồ sơ": "@SUM(A1)", "Ngày trả": "hôm qua"}))

    with run.report.open("rb") as file:
        sheet = load_workbook(file).active
        lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == ("Dòng", "Mã cũ", "Kết quả", "Cột", "Cần làm gì")
    assert lines[1][:4] == (2, "'@SUM(A1)", "Không nhập được", "Ngày trả kết quả")
    assert "31/12/2025" in lines[1][4]


def test_headers_of_the_national_portal_are_known_by_themselves():
    heads = ["MaHoSo", "MaTTHC", "ChuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo"]

    assert fields.suggested(heads) == {
        "code": "MaHoSo",
        "procedure": "MaTTHC",
        "applicant": "ChuHoSo",
        "accepted_at": "NgayTiepNhan",
        "due_at": "NgayHenTra",
        "state": "TrangThaiHoSo",
    }


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    """Ten thousand rows more of the same texts cost next to nothing."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADS)
    for number in range(20_000):
        sheet.append([f"HS-{number}", *[RETURNED[head] for head in HEADS[1:]]])
    path = tmp_path / "long.xlsx"
    book.save(path)
    head = reading.head_of(path)
    columns = fields.suggested(head.headers)
    with reading.opened(path) as book:
        rows = reading.rows(book, head, columns)
        for _ in range(10_000):
            next(rows)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert sum(1 for _ in rows) == 10_000
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert after - before < 4096
