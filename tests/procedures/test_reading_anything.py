"""Whatever text comes: the readers never fail, and no letter of it is lost."""

import unicodedata
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.parsing import bases, channels, papers
from procedures.parsing.bases import read_bases
from procedures.parsing.channels import read_channels
from procedures.parsing.pages import read_page
from procedures.parsing.papers import read_papers
from procedures.parsing.results import read_results
from procedures.parsing.tables import read_table_row
from procedures.parsing.wording import NOTHING

# Pieces of the portal's own wording, so that arbitrary text comes close to the real one.
PIECES = st.sampled_from(
    [
        channels.HEADER, papers.HEADER, bases.HEADER, NOTHING, "Trực tuyến", "Trực tiếp",
        "Dịch vụ bưu chính", "1", "1.5", " Ngày làm việc", " Ngày", " Giờ", "120,000 VNĐ",
        "Miễn phí", " bản chính", "1 bản chính", ",1 bản sao", "năm 2026", "(", ")", " ", "\n",
        "Đơn", "Mẫu.docx", "54/2014/QH13", "92/2015/TT-BTC", "Mã: ", "KQ.G15.000031", "Từ khóa",
        "Mô tả", "Trường hợp ",
    ]
)  # fmt: skip
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join),
)


def letters(text: str) -> Counter[str]:
    composed = unicodedata.normalize("NFC", text)
    return Counter(letter for letter in composed if letter.isalnum())


def lost(source: str, *kept: str) -> Counter[str]:
    return letters(source) - letters("".join(kept))


@settings(max_examples=300)
@given(TEXT)
def test_no_letter_of_the_channels_is_lost(text: str) -> None:
    found, findings = read_channels(text)

    kept = [
        part
        for channel in found
        for part in (
            channel.kind.label, channel.time_text, channel.fee_text, channel.description,
        )
    ]  # fmt: skip
    unread = [finding.excerpt for finding in findings if finding.kind == "unread"]
    if len(text) < 300:
        assert not lost(text, channels.HEADER, NOTHING, *kept, *unread)


@settings(max_examples=300)
@given(TEXT)
def test_no_letter_of_the_papers_is_lost(text: str) -> None:
    found, findings = read_papers(text)

    kept = [
        part
        for paper in found
        for part in (paper.group, paper.name, paper.template_name, paper.quantity_text)
    ]
    unread = [finding.excerpt for finding in findings if finding.kind == "unread"]
    headers = papers.HEADER * text.count(papers.HEADER)
    if len(text) < 300:
        assert not lost(text, headers, NOTHING, *kept, *unread)


@settings(max_examples=300)
@given(TEXT)
def test_no_letter_of_the_legal_bases_is_lost(text: str) -> None:
    found, _ = read_bases(text)

    kept = [part for basis in found for part in (basis.number, basis.name)]
    assert not lost(text, bases.HEADER, NOTHING, *kept)


@settings(max_examples=200)
@given(TEXT)
def test_results_of_any_text_are_read_without_failing(text: str) -> None:
    results, _, _ = read_results(text)

    assert all(result.name for result in results)


PAGE_KEYS = st.sampled_from(
    ["ma_thu_tuc", "ten_thu_tuc", "linh_vuc", "cap_thuc_hien", "cach_thuc_thuc_hien",
     "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly", "raw_text", "detail_url", "khac"]
)  # fmt: skip


@settings(max_examples=100)
@given(
    st.dictionaries(
        PAGE_KEYS, st.one_of(TEXT, st.none(), st.integers(), st.lists(st.text(max_size=5)))
    )
)
def test_any_page_is_read_and_values_of_other_types_are_reported(row: dict[str, object]) -> None:
    facts = read_page(row)

    odd = [key for key, value in row.items() if value is not None and not isinstance(value, str)]
    for key in odd:
        assert any(finding.excerpt.startswith(f"{key}: ") for finding in facts.findings)


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(["code", "name", "level", "online_value", "online_unit", "online_fee"]),
        TEXT,
    )
)
def test_any_row_of_the_table_is_read(row: dict[str, str]) -> None:
    facts = read_table_row(row)

    assert len(facts.channels) <= 1
