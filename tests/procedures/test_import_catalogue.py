"""The import: counts, history, nothing lost, and files that nobody would wish for."""

import csv
import io
import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from procedures import catalog
from procedures.models import Channel, Procedure, ProcedureVersion
from procedures.parsing.pages import read_page
from procedures.parsing.tables import read_table_row, same_limits
from procedures.reading import UnreadableFile, read_rows
from procedures.statuses import FindingKind
from tests.procedures.pages import AT, CHANNELS, load, make_page, write_pages
from workdays.units import TimeUnit

DATA = Path("procedures/data")
TABLE_HEAD = (
    "code,name,decision,level,kind,domain,subjects,authority,implementing,online_value,online_unit,"
    "online_fee,direct_value,direct_unit,direct_fee,postal_value,postal_unit,postal_fee,result,"
    "result_code,ministry_folder\n"
)
TABLE_ROW = (
    "{code},Thủ tục đăng ký khai sinh,163/QĐ-BTP,Cấp xã,,Hộ tịch,Công dân Việt Nam,,,1,,Miễn phí,"
    "3,working_day,,,,,Giấy khai sinh,KQ.G15.000031,bo-tu-phap\n"
)


def run(*args: object, **options: object) -> dict[str, int]:
    out = io.StringIO()
    call_command(
        "import_catalogue", *map(str, args), json=True, stdout=out, stderr=io.StringIO(), **options
    )
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


@pytest.mark.django_db
def test_the_counts_add_up_and_come_as_json(tmp_path: Path) -> None:
    path = write_pages(
        tmp_path / "a.jsonl.xz", make_page(), make_page("1.000002"), "{broken", make_page()
    )

    counts = run(path)

    assert counts == {
        "read": 4, "imported": 2, "unchanged": 0, "with_findings": 2, "rejected": 2,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_second_import_changes_nothing(tmp_path: Path) -> None:
    path = write_pages(tmp_path / "a.jsonl", make_page(), make_page("1.000002"))
    run(path)

    counts = run(path)

    assert (counts["imported"], counts["unchanged"]) == (0, 2)
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.django_db
def test_every_fact_and_the_whole_source_are_on_the_version(tmp_path: Path) -> None:
    page = make_page(raw_text="Cả trang\n  như in")
    run(write_pages(tmp_path / "a.jsonl", page))

    version = Procedure.objects.get(code="1.001193").current_version

    assert version is not None
    assert version.source == page
    assert (version.name, version.field.name) == ("Thủ tục đăng ký khai sinh", "Hộ tịch")
    assert version.levels == ["province", "commune"]
    assert version.subjects == [
        "Công dân Việt Nam",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    ]
    assert str(version.decision) == "163/QĐ-BTP"
    assert version.implementing_text == ""
    assert [paper.name for paper in version.papers.all()] == ["Tờ khai"]
    assert [basis.number for basis in version.legal_bases.all()] == ["60/2014/QH13"]
    assert [result.code for result in version.results.all()] == ["KQ.G15.000031"]
    assert [finding.kind for finding in version.findings.all()] == [FindingKind.UNIT_MISSING]


@pytest.mark.django_db
def test_a_changed_source_makes_a_new_version_and_keeps_the_old(tmp_path: Path) -> None:
    run(write_pages(tmp_path / "a.jsonl", make_page()))

    counts = run(write_pages(tmp_path / "b.jsonl", make_page(ten_thu_tuc="Đăng ký khai sinh")))

    procedure = Procedure.objects.get()
    assert counts["imported"] == 1
    assert list(procedure.versions.order_by("number").values_list("number", "name")) == [
        (1, "Thủ tục đăng ký khai sinh"),
        (2, "Đăng ký khai sinh"),
    ]
    assert procedure.current_version == procedure.versions.get(number=2)


@pytest.mark.django_db
def test_a_dry_run_counts_and_writes_nothing(tmp_path: Path) -> None:
    counts = run(write_pages(tmp_path / "a.jsonl", make_page()), dry_run=True)

    assert counts["imported"] == 1
    assert not Procedure.objects.exists()


@pytest.mark.django_db
def test_the_report_names_each_thing_with_line_and_reason(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    joined = make_page("1.000002", cach_thuc_thuc_hien=f"{CHANNELS[:38]}Trực tuyến120,000 VNĐ")

    run(write_pages(tmp_path / "a.jsonl", "[1]", joined), report=report)

    rows = list(csv.reader(report.read_text("utf-8-sig").splitlines()))
    assert rows[1] == ["1", "", "bị loại", "Cả dòng", "Dòng JSON không phải một đối tượng.", ""]
    assert rows[2][:5] == [
        "2", "1.000002", "đã nhập", "Cách thức thực hiện", "Thời hạn và mức phí in dính liền",
    ]  # fmt: skip
    assert rows[2][5] == "Trực tuyến120,000 VNĐ"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ('"chữ"', "không phải một đối tượng"),
        ("{}", "thiếu ma_thu_tuc"),
        ('{"ma_thu_tuc": "1.001193"', "không phải JSON"),
        ("[" * 5000, "không phải JSON"),
        ('{"ma_thu_tuc": "1.001193", "ten_thu_tuc": "a\\u0000b"}', "NUL"),
        ('{"ma_thu_tuc": "1.001193", "ten_thu_tuc": "\\ud800"}', "UTF-8"),
        ('{"ten_thu_tuc": "Không mã"}', "thiếu mã thủ tục"),
        ('{"ma_thu_tuc": "1.1; DROP", "ten_thu_tuc": "x"}', "không đúng dạng"),
        ('{"ma_thu_tuc": "1.001193"}', "thiếu tên"),
        ('{"ma_thu_tuc": ["1.001193"], "ten_thu_tuc": "x"}', "thiếu mã thủ tục"),
        (b"x" * (4 * 1024 * 1024 + 5), "4 MB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_broken_line_is_rejected_and_the_next_is_imported(
    tmp_path: Path, line: object, reason: str
) -> None:
    path = write_pages(tmp_path / "a.jsonl", line, make_page("1.000002"))

    outcomes = load(path)

    assert [outcome.status for outcome in outcomes] == ["rejected", "imported"]
    assert reason in outcomes[0].reason
    assert [outcome.line for outcome in outcomes] == [1, 2]


@pytest.mark.django_db
def test_a_code_twice_in_a_file_is_rejected_with_the_line_of_the_first(tmp_path: Path) -> None:
    outcomes = load(write_pages(tmp_path / "a.jsonl", make_page(), "", make_page()))

    assert outcomes[1].status == "rejected"
    assert outcomes[1].reason == "Mã thủ tục đã có ở dòng 1 của tệp."
    assert outcomes[1].line == 3


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_does_not_take_the_others_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No known row gets so far; a limit beyond the column's digits stands for the unforeseen.
    huge = make_page(cach_thuc_thuc_hien=CHANNELS.replace("20,000", "9" * 20))
    path = write_pages(tmp_path / "a.jsonl", huge, make_page("1.000002"))
    monkeypatch.setattr("procedures.parsing.fees._GROUPED", __import__("re").compile("[0-9]+"))

    outcomes = load(path)

    assert [outcome.status for outcome in outcomes] == ["rejected", "imported"]
    assert outcomes[0].reason.startswith("Cơ sở dữ liệu từ chối: ")


@pytest.mark.django_db
def test_a_truncated_archive_gives_what_it_has_and_says_where_it_broke(tmp_path: Path) -> None:
    pages = [make_page(f"1.{number:06}", raw_text=str(number) * 9000) for number in range(60)]
    whole = lzma.compress("".join(json.dumps(page) + "\n" for page in pages).encode(), preset=0)
    path = tmp_path / "a.jsonl.xz"
    path.write_bytes(whole[: len(whole) * 2 // 3])

    outcomes = load(path)

    assert outcomes[-1].status == "rejected"
    assert "bị cắt cụt hoặc hỏng từ dòng này" in outcomes[-1].reason
    assert all(outcome.status == "imported" for outcome in outcomes[:-1])


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_opened_ends_with_status_two_and_one_sentence(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_catalogue", str(tmp_path / name))

    assert refusal.value.returncode == 2
    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


def test_an_archive_of_nothing_but_a_head_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.xz"
    path.write_bytes(lzma.compress(b"x")[:10])

    with pytest.raises(UnreadableFile, match="cắt cụt"):
        list(read_rows(path))


@pytest.mark.django_db
def test_an_empty_file_is_read_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"")

    assert run(path)["read"] == 0


@pytest.mark.django_db
def test_the_table_brings_in_codes_that_nobody_knew(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE_HEAD + TABLE_ROW.format(code="1.000009"), "utf-8-sig")

    assert run(path)["imported"] == 1
    assert run(path)["unchanged"] == 1
    units = Channel.objects.order_by("position").values_list("kind", "time_limit", "time_unit")
    assert list(units) == [("online", 1, ""), ("direct", 3, TimeUnit.WORKING_DAY)]


@pytest.mark.django_db
def test_the_table_never_replaces_what_a_page_told(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    rows = TABLE_ROW.format(code="1.001193") + TABLE_ROW.format(code="1.000002").replace(
        ",3,", ",30,"
    )
    table.write_text(TABLE_HEAD + rows)
    load(write_pages(tmp_path / "a.jsonl", make_page(), make_page("1.000002")))

    same, other = load(table)

    assert (same.status, same.findings) == ("unchanged", ())
    assert other.status == "unchanged"
    assert [finding.kind for finding in other.findings] == [FindingKind.DIFFERS]
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.django_db
def test_a_page_replaces_what_the_table_told(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text(TABLE_HEAD + TABLE_ROW.format(code="1.001193"))
    load(table)

    load(write_pages(tmp_path / "a.jsonl", make_page()))

    current = Procedure.objects.get().current_version
    assert current is not None
    assert (current.number, current.papers.count()) == (2, 1)


@pytest.mark.django_db
def test_broken_rows_of_a_table_are_rejected_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = TABLE_ROW.format(code="1.000009").encode()
    bad_encoding = TABLE_ROW.format(code="1.000010").encode("cp1258", "replace")
    path.write_bytes(TABLE_HEAD.encode() + b"1.000001,thieu cot\n" + bad_encoding + good)

    outcomes = load(path)

    assert [outcome.status for outcome in outcomes] == ["rejected", "rejected", "imported"]
    assert outcomes[0].reason == "Dòng có 2 cột, bảng có 21 cột."
    assert outcomes[1].reason == "Dòng không phải chữ UTF-8."


@pytest.mark.django_db
def test_a_confirmed_unit_outlives_a_second_import_and_a_changed_page(
    tmp_path: Path, administrator: Any
) -> None:
    first = write_pages(tmp_path / "a.jsonl", make_page())
    load(first)
    catalog.confirm_time_limit(
        channel=Channel.objects.get(kind="online"),
        unit=TimeUnit.WORKING_DAY,
        actor=administrator,
        at=AT,
        reason="Theo Luật Hộ tịch, Điều 16.",
    )

    again = load(first)
    changed = load(write_pages(tmp_path / "b.jsonl", make_page(linh_vuc="Hộ tịch, quốc tịch")))

    current = Procedure.objects.get().current_version
    assert current is not None
    assert (again[0].status, changed[0].status) == ("unchanged", "imported")
    online = current.channels.get(kind="online")
    assert (online.time_unit, online.is_unit_confirmed) == (TimeUnit.WORKING_DAY, True)
    assert current.number == 3


@pytest.mark.django_db
def test_a_retired_procedure_stays_retired_when_the_file_comes_again(
    tmp_path: Path, administrator: Any
) -> None:
    load(write_pages(tmp_path / "a.jsonl", make_page()))
    catalog.retire(
        procedure=Procedure.objects.get(), actor=administrator, at=AT, reason="QĐ 1/QĐ-BTP."
    )

    load(write_pages(tmp_path / "b.jsonl", make_page(ten_thu_tuc="Tên mới")))

    assert not Procedure.objects.published().exists()


def test_the_shipped_page_file_and_table_agree_on_every_time_limit() -> None:
    pages = {
        row.values["ma_thu_tuc"]: read_page(row.values)
        for row in read_rows(DATA / "procedures_raw_2026.jsonl.xz")
    }
    table = [
        read_table_row({key: str(value) for key, value in row.values.items()})
        for row in read_rows(DATA / "procedures_2026.csv.xz")
    ]

    shared = [facts for facts in table if facts.code in pages]

    assert (len(pages), len(table), len(shared)) == (1336, 2143, 1336)
    assert [
        facts.code
        for facts in shared
        if not same_limits(pages[facts.code].channels, facts.channels)
    ] == []


def test_papers_cut_off_by_a_word_in_the_steps_are_found_on_the_page() -> None:
    row = next(
        row.values
        for row in read_rows(DATA / "procedures_raw_2026.jsonl.xz")
        if row.values["ma_thu_tuc"] == "1.001521"
    )

    facts = read_page(row)

    assert len(facts.papers) == 8
    assert "Bước 3. Nhận kết quả" in facts.process_text
    assert facts.findings == ()
