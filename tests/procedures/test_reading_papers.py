"""Papers, legal bases and results, on the portal's own wording."""

from procedures.parsing import bases
from procedures.parsing.bases import read_bases
from procedures.parsing.papers import HEADER, read_papers
from procedures.parsing.results import read_results
from procedures.statuses import FindingKind


def test_papers_are_read_with_their_counts() -> None:
    papers, findings = read_papers(
        f"--{HEADER}Quyết định phê duyệt1 bản chính,1 bản saoHóa đơn0 bản chính,3 bản sao"
    )

    assert [(paper.name, paper.originals, paper.copies) for paper in papers] == [
        ("Quyết định phê duyệt", 1, 1),
        ("Hóa đơn", 0, 3),
    ]
    assert {paper.group for paper in papers} == {""}
    assert findings == []


def test_the_dash_of_a_printed_list_is_no_part_of_a_name() -> None:
    papers, _ = read_papers(
        f"--{HEADER}- Giấy chứng sinh1 bản chính-Tờ khai1 bản chính"
        "- Bản vẽ gồm:\n- Mặt bằng1 bản chính-5 ảnh1 bản chính"
    )

    assert [paper.name for paper in papers] == [
        "Giấy chứng sinh",
        "Tờ khai",
        "- Bản vẽ gồm:\n- Mặt bằng",
        "-5 ảnh",
    ]


def test_papers_stand_under_the_heading_of_their_case() -> None:
    papers, _ = read_papers(
        f"* Giấy tờ phải nộp:{HEADER}Tờ khai1 bản chính"
        f"* Giấy tờ phải xuất trình:{HEADER}Hộ chiếu1 bản chính"
    )

    assert [(paper.group, paper.name) for paper in papers] == [
        ("* Giấy tờ phải nộp:", "Tờ khai"),
        ("* Giấy tờ phải xuất trình:", "Hộ chiếu"),
    ]


def test_a_count_inside_a_name_is_not_its_quantity() -> None:
    papers, _ = read_papers(
        f"--{HEADER}Hóa đơn: nộp 02 bản chính tờ khai (01 bản chính);0 bản chính,1 bản sao"
    )

    assert [(paper.name, paper.originals, paper.copies) for paper in papers] == [
        ("Hóa đơn: nộp 02 bản chính tờ khai (01 bản chính);", 0, 1)
    ]


def test_a_year_before_the_quantity_keeps_its_four_digits() -> None:
    papers, findings = read_papers(f"--{HEADER}Quyết định năm 20262 bản chính")

    assert (papers[0].name, papers[0].originals) == ("Quyết định năm 2026", 2)
    assert findings == []


def test_digits_that_run_into_the_quantity_are_not_guessed() -> None:
    papers, findings = read_papers(f"--{HEADER}Đơn theo Mẫu số 181 bản chính,1 bản sao")

    assert (papers[0].originals, papers[0].copies) == (None, None)
    assert papers[0].name == "Đơn theo Mẫu số 181 bản chính,1 bản sao"
    assert [finding.kind for finding in findings] == [FindingKind.QUANTITY_JOINED]


def test_a_form_is_told_from_the_name_where_there_is_one_seam() -> None:
    papers, findings = read_papers(f"--{HEADER}Đơn đề nghị theo mẫuMẫu số 09.docx1 bản chính")

    assert (papers[0].name, papers[0].template_name) == ("Đơn đề nghị theo mẫu", "Mẫu số 09.docx")
    assert findings == []


def test_a_form_without_a_clear_seam_stays_in_the_name() -> None:
    papers, findings = read_papers(f"--{HEADER}Ảnh nền trắngmau so 12.doc1 bản chính")

    assert (papers[0].name, papers[0].template_name) == ("Ảnh nền trắngmau so 12.doc", "")
    assert [finding.kind for finding in findings] == [FindingKind.TEMPLATE_JOINED]


def test_text_of_papers_outside_every_table_is_a_finding() -> None:
    _, lead = read_papers("Theo quy định tại Điều 5")
    _, tail = read_papers(f"--{HEADER}Tờ khai1 bản chính(Trường hợp khác thì miễn)")

    assert [finding.excerpt for finding in lead] == ["Theo quy định tại Điều 5"]
    assert [finding.excerpt for finding in tail] == ["(Trường hợp khác thì miễn)"]


def test_a_table_without_quantities_loses_nothing() -> None:
    papers, findings = read_papers(f"Nhóm A{HEADER}Đơn không số lượng{HEADER}Tờ khai1 bản chính")

    assert papers[0].group == "Nhóm A\nĐơn không số lượng"
    assert findings == []


def test_names_and_numbers_of_laws_are_told_apart() -> None:
    found, findings = read_bases(
        f"{bases.HEADER}Luật 54/2014/QH1354/2014/QH13Thông tư 92/2015/TT-BTC92/2015/TT-BTC"
        "LUẬT Quốc tịch24/2008/QH12Nghị quyết về cắt giảm66.7/2025/NQ-CP"
    )

    assert [(basis.number, basis.name) for basis in found] == [
        ("54/2014/QH13", "Luật 54/2014/QH13"),
        ("92/2015/TT-BTC", "Thông tư 92/2015/TT-BTC"),
        ("24/2008/QH12", "LUẬT Quốc tịch"),
        ("66.7/2025/NQ-CP", "Nghị quyết về cắt giảm"),
    ]
    assert findings == []


def test_a_number_in_the_middle_of_a_name_does_not_end_it() -> None:
    found, _ = read_bases(
        f"{bases.HEADER}Nghị định số 112/2025/NĐ-CP ngày 29/5/2025 của Chính phủ112/2025/NĐ-CP"
    )

    assert [(basis.number, basis.name) for basis in found] == [
        ("112/2025/NĐ-CP", "Nghị định số 112/2025/NĐ-CP ngày 29/5/2025 của Chính phủ")
    ]


def test_a_year_before_the_number_keeps_its_four_digits() -> None:
    found, findings = read_bases(f"{bases.HEADER}Luật Cư trú 202068/2020/QH14")

    assert [(basis.number, basis.name) for basis in found] == [("68/2020/QH14", "Luật Cư trú 2020")]
    assert findings == []


def test_a_law_without_a_number_is_kept_and_reported() -> None:
    found, findings = read_bases(f"{bases.HEADER}Luật thú y19/6/2015")

    assert [(basis.number, basis.name) for basis in found] == [("", "Luật thú y19/6/2015")]
    assert [finding.kind for finding in findings] == [FindingKind.UNREAD]


def test_results_carry_their_codes_and_the_page_footer_is_left_out() -> None:
    results, description, findings = read_results(
        "Giấy khai sinhMã: KQ.G15.000031Thẻ BHYTMã: KQ.G24.000060Giấy phépMã: 000.00.00.G04-KQ3172"
        "Từ khóaKhông có thông tinMô tảNhận tại quầyChọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    )

    assert [(result.code, result.name) for result in results] == [
        ("KQ.G15.000031", "Giấy khai sinh"),
        ("KQ.G24.000060", "Thẻ BHYT"),
        ("000.00.00.G04-KQ3172", "Giấy phép"),
    ]
    assert description == "Nhận tại quầy"
    assert findings == []


def test_a_result_with_a_nonsense_code_is_kept_and_reported() -> None:
    results, _, findings = read_results("Bản saoMã: dsfasTừ khóaKhông có thông tin")

    assert [(result.code, result.name) for result in results] == [("", "Bản saoMã: dsfas")]
    assert [finding.kind for finding in findings] == [FindingKind.UNREAD]
