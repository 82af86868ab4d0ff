"""The command that scores a table of counts: what it prints, and every table it refuses."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporting import indicator_sets, scoring
from reporting.counts import read_counts
from reporting.refusals import UnreadableCounts

LIVE = indicator_sets.load("qd766-2022")
CODES = [
    "1.1", "1.2", "1.3", "1.4", "2.1", "3.1", "3.2", "3.3", "3.6", "3.5a", "3.5b", "4.1", "4.2",
    "ECC", "4.3", "4.4", "4.5a", "4.5b", "5.2", "5.3", "5.4",
]  # fmt: skip
GROUPS = ["G1", "G2", "G3a", "G3b", "G4", "G5"]
HEAD = "unit,code,numerator,denominator\n"


@pytest.fixture
def table(tmp_path):
    """Writes rows below the header and gives the path; bytes are written as they are."""

    def write(content, head=HEAD):
        path = tmp_path / "counts.csv"
        path.write_bytes(content if isinstance(content, bytes) else (head + content).encode())
        return path

    return write


def run(capsys, path, *options):
    call_command("score_indicators", str(path), *options)
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def scored(capsys, path, *options):
    return json.loads(run(capsys, path, "--json", *options))["units"]


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as stopped:
        call_command("score_indicators", *map(str, arguments))

    printed = capsys.readouterr()
    assert stopped.value.code == 2
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert sentence.endswith(".")
    assert "hãy " in sentence
    return sentence


def test_the_json_has_exactly_the_promised_shape(table):
    path = table("Sở Tư pháp,2.1,97.05,\nSở Tư pháp,ECC,1,3\nxã Kim Liên,5.2,0,0\n")

    done = subprocess.run(
        [sys.executable, "manage.py", "score_indicators", path, "--json"],
        capture_output=True, timeout=120, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.decode(), parse_float=Decimal)
    assert list(answer) == ["units"]
    assert list(answer["units"]) == ["Sở Tư pháp", "xã Kim Liên"]
    for unit in answer["units"].values():
        assert list(unit) == ["components", "groups", "total", "band"]
        assert list(unit["components"]) == CODES
        assert list(unit["groups"]) == GROUPS
        figures = [*unit["components"].values(), *unit["groups"].values(), unit["total"]]
        assert all(figure.as_tuple().exponent >= -2 for figure in figures)
    justice, commune = answer["units"].values()
    assert justice["components"]["2.1"] == Decimal("19.41")
    assert justice["components"]["ECC"] == Decimal("0.67")
    assert (justice["total"], justice["band"]) == (Decimal("32.08"), "Yếu")
    assert (commune["total"], commune["band"]) == (Decimal("14.0"), "Yếu")


def test_a_refusal_ends_the_process_with_status_2(table):
    done = subprocess.run(
        [sys.executable, "manage.py", "score_indicators", table("A,2.1,5,3\n"), "--json"],
        capture_output=True, timeout=120, cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        "Dòng 2 “A,2.1,5,3”: tử số 5 lớn hơn mẫu số 3: hãy kiểm tra lại số liệu.\n"
    )


def test_the_check_values_of_the_domain_notes(capsys, table):
    rows = "A,3.6,900,1000\nA,3.5a,30,50\nA,3.5b,10,50\nA,4.3,600,1000\nA,4.2,850,1000\nA,5.4,890,1000\n"
    path = table(f"{rows}A,3.3,499,1000\nA,2.1,1,3\nA,5.2,,\n")

    unit = scored(capsys, path)["A"]

    expected = {"3.6": 5.4, "3.5a": 1.5, "3.5b": 0.5, "4.3": 1.5, "4.2": 3.4, "5.4": 5.93,
                "3.3": 5.99, "2.1": 6.67, "5.2": 6.0, "5.3": 6.0, "ECC": 2.0}  # fmt: skip
    assert {code: value for code, value in unit["components"].items() if value} == expected
    assert unit["groups"] == {
        "G1": 0.0, "G2": 6.67, "G3a": 5.99, "G3b": 7.4, "G4": 6.9, "G5": 17.93,
    }  # fmt: skip
    assert unit["total"] == 44.89


def test_the_text_of_the_decision_is_chosen_by_its_code(capsys, table):
    path = table("A,4.2,850,1000\n")

    assert scored(capsys, path)["A"]["components"]["4.2"] == 3.4
    assert scored(capsys, path, "--set", "qd766-2022")["A"]["components"]["4.2"] == 3.4
    assert scored(capsys, path, "--set", "qd766-2022-text")["A"]["components"]["4.2"] == 4.0


def test_every_band_can_be_reached(capsys, table):
    full = "".join(f"A,{code},1,1\n" for code in CODES)

    assert scored(capsys, table(full))["A"] == {
        "components": {one.code: float(one.maximum) for one in LIVE.components if one.is_scored},
        "groups": {group.code: float(group.maximum) for group in LIVE.groups},
        "total": 100.0,
        "band": "Xuất sắc",
    }
    for done, total, band in [(10, 90.0, "Xuất sắc"), (9, 89.0, "Tốt"), (0, 80.0, "Tốt")]:
        unit = scored(capsys, table(full.replace("2.1,1,1", f"2.1,{done},20")))["A"]
        assert (unit["total"], unit["band"]) == (total, band)


def test_the_table_to_read_names_every_component_group_total_and_band(capsys, table):
    text = run(
        capsys, table("Sở Tư pháp,2.1,97.05,\nSở Tư pháp,3.3,499,1000\n"), "--on", "2026-11-22"
    )

    assert text.startswith("Bộ chỉ số theo Quyết định 766/QĐ-TTg (qd766-2022)")
    lines = [line.split() for line in text.splitlines()]
    for one in LIVE.components:
        assert any(line[:1] == [one.code] for line in lines) == one.is_scored
    for group in LIVE.groups:
        assert any(line[:1] == [group.code] for line in lines)
    assert "97,05 %  19,41      20" in text
    assert "499/1000   5,99       6" in text
    assert "Tổng điểm, xếp loại Yếu" in text
    assert "39,40     100" in text
    assert {len(line) for line in text.splitlines()[2:]} == {len(text.splitlines()[2])}


def test_units_come_in_the_order_of_the_file(capsys, table):
    path = table("B,2.1,1,1\nA,2.1,1,1\nB,5.4,1,1\nC,2.1,1,1\n")

    assert list(scored(capsys, path)) == ["B", "A", "C"]


# -- Files as people save them -----------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + "Sở Tư pháp,2.1,1,3\n").encode("utf-8-sig"),
        (HEAD + "Sở Tư pháp,2.1,1,3").encode(),
        (HEAD + "Sở Tư pháp,2.1,1,3\n").replace("\n", "\r\n").encode(),
        (HEAD + "Sở Tư pháp,2.1,1,3\n").replace("\n", "\r").encode(),
        (HEAD + "Sở Tư pháp,2.1,1,3\n").replace(",", ";").encode("utf-8-sig"),
        (HEAD + "Sở Tư pháp,2.1,1,3\n").replace(",", "\t").encode(),
        '"unit";"code";"numerator";"denominator"\r\n"Sở Tư pháp";"2.1";"1";"3"\r\n'.encode(),
        (HEAD + "\n  \n,,,\nSở Tư pháp,2.1,1,3\n\n").encode(),
        ("\n\n" + HEAD + "Sở Tư pháp,2.1,1,3\n").encode(),
        "denominator,note,Unit , CODE,numerator\n3,ghi chú,Sở Tư pháp,2.1,1\n".encode(),
        (HEAD + "  Sở   Tư pháp ,2.1 , 1,3\n").encode(),
        (HEAD + '"Sở Tư\npháp",2.1,1,3\n').encode(),
        (HEAD + normalize("NFD", "Sở Tư pháp") + ",2.1,1,3\n").encode(),
    ],
)  # fmt: skip
def test_a_table_is_read_however_the_spreadsheet_saved_it(capsys, table, content):
    units = scored(capsys, table(content))

    assert list(units) == ["Sở Tư pháp"]
    assert units["Sở Tư pháp"]["components"]["2.1"] == 6.67


def test_a_quoted_name_may_hold_the_delimiter(capsys, table):
    assert list(scored(capsys, table('"Sở Văn hóa, Thể thao và Du lịch",2.1,1,3\n'))) == [
        "Sở Văn hóa, Thể thao và Du lịch"
    ]


def test_a_header_alone_has_no_units(capsys, table):
    assert scored(capsys, table("")) == {}
    assert run(capsys, table("")) == "Tệp số liệu không có đơn vị nào để chấm điểm.\n"


@pytest.mark.parametrize(
    ("row", "points"),
    [
        ("A,2.1,97.05,", 19.41),
        ("A;2.1;97,05;", 19.41),
        ('A,2.1,"97,05",', 19.41),
        ("A,2.1,100,", 20.0),
        ("A,2.1,100.000,", 20.0),
        ("A,2.1,0,", 0.0),
        ("A,2.1,33.3333333333333333333333333333,", 6.67),
        ("A,5.2,0,", 0.0),
        ("A,5.2,,", 6.0),
        ("A,5.2,0,0", 6.0),
        ("A,ECC,,", 2.0),
        ("A,ECC,0,0", 2.0),
        ("A,ECC,0,7", 0.0),
        ("A,2.1,,", 0.0),
        ("A,2.1,007,021", 6.67),
        ("A,2.1,100000000000000000000,300000000000000000000", 6.67),
    ],
)
def test_shares_counts_and_nothing(capsys, table, row, points):
    head = HEAD.replace(",", ";") if ";" in row else HEAD
    code = "ECC" if "ECC" in row else row[2:5]

    assert scored(capsys, table(row, head))["A"]["components"][code] == points


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_the_command_and_the_rule_agree(capsys, table, data):
    counts = st.integers(0, 5000).flatmap(
        lambda most: st.tuples(st.integers(0, most), st.just(most))
    )
    measured = data.draw(st.dictionaries(st.sampled_from(CODES), counts, min_size=1))
    rows = "".join(f"A,{code},{done},{of}\n" for code, (done, of) in measured.items())

    unit = scored(capsys, table(rows))["A"]

    ratios = {
        code: scoring.ratio(numerator=done, denominator=of) for code, (done, of) in measured.items()
    }
    expected = scoring.score(indicator_set=LIVE, ratios=ratios, on=LIVE.in_force_from)
    assert {code: f"{value:.2f}" for code, value in unit["components"].items()} == {
        code: str(value) for code, value in expected.components.items()
    }
    assert f"{unit['total']:.2f}" == str(expected.total)


# -- What is refused ---------------------------------------------------------------

BAD_ROWS = [
    ("A,9.9,1,2", "không có mã “9.9”"),
    ("A,ecc,1,2", "không có mã “ecc”"),
    ("A,3.5A,1,2", "không có mã “3.5A”"),
    ("A,G1,1,2", "không có mã “G1”"),
    ("A,,1,2", "không có mã “”"),
    ("A,2.2,1,2", "chỉ để hiển thị"),
    ("A,5.1,1,2", "chỉ để hiển thị"),
    ("A,2.1,5,3", "tử số 5 lớn hơn mẫu số 3"),
    ("A,2.1,1,0", "tử số 1 lớn hơn mẫu số 0"),
    ("A,2.1,-1,3", "“-1” không phải số đếm"),
    ("A,2.1,1,-3", "“-3” không phải số đếm"),
    ("A,2.1,-1,", "“-1” không phải tỷ lệ"),
    ("A,2.1,-0,3", "“-0” không phải số đếm"),
    ("A,2.1,+1,3", "“+1” không phải số đếm"),
    ("A,2.1,1.5,3", "“1.5” không phải số đếm"),
    ("A,2.1,1.0,3", "“1.0” không phải số đếm"),
    ("A,2.1,1,3.0", "“3.0” không phải số đếm"),
    ('A,2.1,"1,5",3', "“1,5” không phải số đếm"),
    ("A,2.1,1.000,3.000", "“1.000” không phải số đếm"),
    ("A,2.1,1e3,2e3", "“1e3” không phải số đếm"),
    ("A,2.1,1_0,20", "“1_0” không phải số đếm"),
    ("A,2.1,0x1,3", "“0x1” không phải số đếm"),
    ("A,2.1,NaN,3", "“NaN” không phải số đếm"),
    ("A,2.1,1,NaN", "“NaN” không phải số đếm"),
    ("A,2.1,nan,", "“nan” không phải tỷ lệ"),
    ("A,2.1,1,inf", "“inf” không phải số đếm"),
    ("A,2.1,Infinity,", "“Infinity” không phải tỷ lệ"),
    ("A,2.1,null,null", "“null” không phải số đếm"),
    ("A,2.1,một,ba", "“một” không phải số đếm"),
    ("A,2.1,１,３", "“１” không phải số đếm"),
    ("A,2.1,١,٣", "“١” không phải số đếm"),
    ("A,2.1,²,3", "“²” không phải số đếm"),
    ("A,2.1,1 000,2 000", "“1 000” không phải số đếm"),
    (f"A,2.1,1,{'9' * 31}", "không phải số đếm"),
    (f"A,2.1,1,{'9' * 5000}", "không phải số đếm"),
    ("A,2.1,,3", "“” không phải số đếm"),
    ("A,2.1,,0", "“” không phải số đếm"),
    ("A,2.1,100.01,", "không nằm từ 0 đến 100"),
    ("A,2.1,1000,", "không nằm từ 0 đến 100"),
    ("A,2.1,50%,", "“50%” không phải tỷ lệ"),
    ("A,2.1,5e1,", "“5e1” không phải tỷ lệ"),
    ("A,2.1,.5,", "“.5” không phải tỷ lệ"),
    ("A,2.1,5.,", "“5.” không phải tỷ lệ"),
    ("A,2.1,1.2.3,", "“1.2.3” không phải tỷ lệ"),
    ("A,2.1,1", "dòng có 3 ô"),
    ("A,2.1", "dòng có 2 ô"),
    ("A,2.1,1,3,", "dòng có 5 ô"),
    ("A,2.1,97,05,", "dòng có 5 ô"),
    ("A;2.1;1;3", "dòng có 1 ô"),
    (",2.1,1,3", "thiếu tên đơn vị"),
    ("   ,2.1,1,3", "thiếu tên đơn vị"),
    ("A\x1b[31m,2.1,1,3", "ký tự lạ"),
    ("A\u200b,2.1,1,3", "ký tự lạ"),
    ("A\x00,2.1,1,3", "ký tự lạ"),
    ('"A,2.1,1,3', "dấu ngoặc kép"),
    ('"A"B,2.1,1,3', "dấu ngoặc kép"),
    (f"{'A' * 140_000},2.1,1,3", "ô bị hỏng"),
]  # fmt: skip


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["text", "json"])
@pytest.mark.parametrize(("row", "named"), BAD_ROWS, ids=[row[:40] for row, _ in BAD_ROWS])
def test_a_bad_row_is_named_by_its_line_and_content(capsys, table, row, named, form):
    path = table(f"Tốt,2.1,1,3\n\n{row}\nTốt,5.4,1,3\n")

    sentence = refused(capsys, path, *form)

    assert sentence.startswith("Dòng 4 “")
    assert named in sentence
    shown = "".join(letter if letter.isprintable() else " " for letter in row).strip()
    assert shown.replace('"', "")[:20] in sentence.replace('"', "")
    assert len(sentence) < 500


@pytest.mark.parametrize(
    "rows",
    [
        "A,2.1,1,3\nB,2.1,1,3\nA,2.1,1,3\n",
        "A,2.1,1,3\nB,2.1,1,3\nA,2.1,2,3\n",
        "A  B,2.1,1,3\nB,2.1,1,3\n A B ,2.1,1,3\n",
        f"Sở,2.1,1,3\nB,2.1,1,3\n{normalize('NFD', 'Sở')},2.1,,\n",
    ],
)
def test_a_unit_has_each_code_once(capsys, table, rows):
    sentence = refused(capsys, table(rows))

    assert sentence.startswith("Dòng 4 “")
    assert "đã có ở dòng 2" in sentence


@pytest.mark.parametrize("missing", ["unit", "code", "numerator", "denominator"])
def test_a_missing_column_is_named(capsys, table, missing):
    head = HEAD.replace(missing, "other")

    sentence = refused(capsys, table("A,2.1,1,3\n", head))

    assert sentence.startswith(f"Dòng 1 “{head.strip()}”: thiếu cột {missing}")


def test_a_column_that_is_there_twice_is_named(capsys, table):
    sentence = refused(capsys, table("A,2.1,1,3,3\n", "unit,code,numerator,denominator,Unit\n"))

    assert "có nhiều cột unit" in sentence


def test_a_table_without_its_header_is_refused(capsys, table):
    assert "Dòng 1 “A,2.1,1,3”: thiếu cột unit" in refused(capsys, table("A,2.1,1,3\n", ""))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n,,,\r\n"])
def test_an_empty_file_is_refused(capsys, table, content):
    assert "không có dòng nào" in refused(capsys, table(content))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ((HEAD + "Sở,2.1,1,3\n").encode("utf-16"), 1),
        (HEAD.encode() + "B,2.1,1,3\nSở,2.1,1,3\n".encode("cp1258", "replace") + b"\xff\n", 4),
    ],
)
def test_another_encoding_than_utf_8_is_refused(capsys, table, content, line):
    sentence = refused(capsys, table(content))

    assert "UTF-8" in sentence
    assert f"từ dòng {line})" in sentence


def test_a_file_that_cannot_be_opened_is_refused(capsys, tmp_path):
    assert "absent.csv" in refused(capsys, tmp_path / "absent.csv")
    assert "Không mở được tệp" in refused(capsys, tmp_path)
    assert "Không mở được tệp" in refused(capsys, "a\0b")


@pytest.mark.parametrize("code", ["qd766", "QD766-2022", "", "../qd766-2022", "qd766-2022.toml"])
def test_an_unknown_set_is_refused(capsys, table, code):
    path = table("A,2.1,1,3\n")
    if not code:
        # An empty variable of a script must not silently mean the default.
        assert "Không có bộ chỉ số “”" in refused(capsys, path, "--set", code)
        return

    assert f"Không có bộ chỉ số “{code}”" in refused(capsys, path, "--set", code)


def test_a_day_that_no_set_governs_is_refused(capsys, table):
    path = table("A,2.1,1,3\n")

    assert "22/06/2022" in refused(capsys, path, "--on", "2022-06-22")
    assert "23/06/2022" in refused(capsys, path, "--on", "2022-06-22", "--set", "qd766-2022")
    assert "Không đọc được ngày" in refused(capsys, path, "--on", "22/06/2022")
    assert scored(capsys, path, "--on", "2022-06-23")["A"]["components"]["2.1"] == 6.67


def test_a_command_without_a_file_or_with_strange_options_is_refused(capsys, table):
    assert "--help" in refused(capsys)
    assert "--help" in refused(capsys, table("A,2.1,1,3\n"), "--jsno")
    assert "--help" in refused(capsys, table("A,2.1,1,3\n"), "another.csv")


# -- Units below another -----------------------------------------------------------


def test_units_take_from_their_parent_what_is_published_above_them(capsys, table):
    path = table("Sở,2.1,1,2\nTỉnh,1.1,1,3\nTỉnh,1.3,1,1\nSở,1.2,,\n")

    units = scored(capsys, path, "--parent", normalize("NFD", " Tỉnh"))

    assert list(units) == ["Sở", "Tỉnh"]
    assert units["Sở"]["groups"] == units["Tỉnh"]["groups"] | {"G2": 10.0}
    assert units["Sở"]["components"]["1.1"] == 2.0
    assert scored(capsys, path)["Sở"]["components"]["1.1"] == 0.0


def test_a_parent_that_is_absent_or_a_count_of_ones_own_is_refused(capsys, table):
    path = table("Tỉnh,1.1,1,3\nSở,1.1,1,2\n")

    assert "không có đơn vị cấp trên “Bộ”" in refused(capsys, path, "--parent", "Bộ")
    sentence = refused(capsys, path, "--parent", "Tỉnh")
    assert sentence.startswith("Dòng 3 “Sở,1.1,1,2”: chỉ số 1.1 lấy điểm của đơn vị cấp trên")


@given(st.binary(max_size=200))
def test_no_bytes_whatever_do_anything_but_score_or_be_refused(content):
    for prefix in (b"", HEAD.encode(), HEAD.encode() + b"A,2.1,"):
        rows, sentence = [], "."
        try:
            rows = read_counts(prefix + content, indicator_set=LIVE)
        except UnreadableCounts as refusal:
            sentence = refusal.messages[0]

        assert sentence.endswith(".")
        assert sentence.isprintable()
        assert all(row.ratio is None or 0 <= row.ratio <= 1 for row in rows)
