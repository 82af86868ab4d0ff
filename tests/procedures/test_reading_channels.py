"""Channels, time limits and fees, on the portal's own wording."""

from decimal import Decimal

import pytest

from procedures.parsing.channels import HEADER, read_channels
from procedures.parsing.durations import read_duration
from procedures.parsing.facts import Finding
from procedures.parsing.fees import read_fee
from procedures.statuses import ChannelKind, FindingKind, Part
from workdays.units import TimeUnit


def kinds_of(findings: list[Finding]) -> list[FindingKind]:
    return [finding.kind for finding in findings]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("7 Ngày làm việc", "7", TimeUnit.WORKING_DAY),
        ("1.5 Ngày làm việc", "1.5", TimeUnit.WORKING_DAY),
        ("1,5 ngày làm việc", "1.5", TimeUnit.WORKING_DAY),
        ("25 Ngày", "25", TimeUnit.CALENDAR_DAY),
        ("6 Tháng", "6", TimeUnit.MONTH),
        ("8 Giờ làm việc", "8", TimeUnit.WORKING_HOUR),
    ],
)
def test_a_limit_with_its_unit_is_read(text: str, number: str, unit: TimeUnit) -> None:
    duration = read_duration(text)

    assert (duration.number, duration.unit, duration.finding) == (Decimal(number), unit, None)


def test_bare_hours_are_working_hours_and_somebody_may_look() -> None:
    duration = read_duration("24 Giờ")

    assert duration.unit == TimeUnit.WORKING_HOUR
    assert duration.finding == FindingKind.HOUR_UNIT


def test_a_number_without_a_unit_gets_none() -> None:
    duration = read_duration("1")

    assert (duration.number, duration.unit) == (Decimal(1), None)
    assert duration.finding == FindingKind.UNIT_MISSING


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Không có thông tin", FindingKind.MISSING),
        ("", FindingKind.MISSING),
        ("Không quy định", FindingKind.TIME_TEXT),
        ("0", FindingKind.TIME_TEXT),
        ("2 Tuần", FindingKind.UNIT_UNKNOWN),
    ],
)
def test_what_cannot_be_counted_stays_text(text: str, finding: FindingKind) -> None:
    duration = read_duration(text)

    assert (duration.number, duration.unit, duration.text) == (None, None, text)
    assert duration.finding == finding


@pytest.mark.parametrize(
    ("text", "amount", "finding"),
    [
        ("Miễn phí", Decimal(0), None),
        ("Miễn phí(Không)", Decimal(0), None),
        ("20,000 VNĐ", Decimal(20000), None),
        ("12,500,000 Việt Nam Đồng", Decimal(12500000), None),
        ("950,000 VNĐ(Phí sát hạch lái tàu: 950.000 đồng/hồ sơ)", Decimal(950000), None),
        ("300,000 VNĐ(theo Thông tư số 10/2024/TT-BTC)", Decimal(300000), None),
        ("Không có thông tin", None, None),
        ("2,000 Việt Nam Đồng(/trang)", None, FindingKind.FEE_UNCLEAR),
        ("10 USD(/bản)", None, FindingKind.FEE_UNCLEAR),
        (
            "Miễn phí(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)",
            None,
            FindingKind.FEE_UNCLEAR,
        ),
        ("50,000 VNĐ((áp dụng mức phí 25.000 đồng))", None, FindingKind.FEE_UNCLEAR),
        ("100,000 VNĐ200,000 VNĐ", None, FindingKind.FEE_UNCLEAR),
        ("1 Việt Nam Đồng", None, FindingKind.FEE_SUSPICIOUS),
        ("1200,000 VNĐ", None, FindingKind.FEE_UNCLEAR),
        ("20,000 VNĐ(ngoặc không đóng", None, FindingKind.FEE_UNCLEAR),
    ],
)
def test_only_a_plain_amount_is_an_amount(
    text: str, amount: Decimal | None, finding: FindingKind | None
) -> None:
    fee = read_fee(text)

    assert (fee.amount, fee.finding) == (amount, finding)


def test_a_note_in_nested_brackets_belongs_to_the_fee_and_the_rest_does_not() -> None:
    fee = read_fee("Miễn phí((Không) thu)Nộp tại quầy")

    assert (fee.text, fee.rest) == ("Miễn phí((Không) thu)", "Nộp tại quầy")


def test_three_channels_run_together_are_told_apart() -> None:
    text = f"{HEADER}Trực tuyến1Miễn phíDịch vụ bưu chính1Miễn phíTrực tiếp1Miễn phí"

    channels, findings = read_channels(text)

    assert [channel.kind for channel in channels] == ["online", "postal", "direct"]
    assert {channel.time_unit for channel in channels} == {None}
    assert kinds_of(findings) == [FindingKind.UNIT_MISSING] * 3


def test_several_cases_of_one_channel_each_keep_their_limit() -> None:
    text = (
        f"{HEADER}Trực tiếp2 Ngày làm việcMiễn phí- Trường hợp không phải xác minh: 02 ngày."
        "Trực tiếp3 Ngày làm việcMiễn phí- Trường hợp cần xác minh nguồn gốc: 03 ngày."
    )

    channels, findings = read_channels(text)

    assert [channel.time_limit for channel in channels] == [2, 3]
    assert [channel.case_text for channel in channels] == [
        "Trường hợp không phải xác minh",
        "Trường hợp cần xác minh nguồn gốc",
    ]
    assert findings == []


def test_a_description_may_speak_of_channels_without_starting_one() -> None:
    text = (
        f"{HEADER}Trực tuyếnKhông có thông tin8,000 VNĐTrực tiếp thực hiện hoặc ủy quyền "
        "Dịch vụ bưu chính3 Ngày8,000 VNĐ"
    )

    channels, _ = read_channels(text)

    assert [channel.kind for channel in channels] == [ChannelKind.ONLINE, ChannelKind.POSTAL]
    assert channels[0].description == "Trực tiếp thực hiện hoặc ủy quyền"


@pytest.mark.parametrize("printed", ["120,000 VNĐ", "120 VNĐ(20.000 đ/tờ khai)"])
def test_a_limit_that_runs_into_an_amount_is_not_guessed(printed: str) -> None:
    channels, findings = read_channels(f"{HEADER}Trực tuyến{printed}")

    assert (channels[0].time_limit, channels[0].fee_amount) == (None, None)
    assert channels[0].fee_text == printed
    assert kinds_of(findings) == [FindingKind.TIME_AND_FEE_JOINED]


def test_words_in_the_place_of_a_limit_are_kept() -> None:
    text = f"{HEADER}Trực tuyếnKhông phải trả kết quả cho người nộp thuếMiễn phíQua cổng"

    channels, findings = read_channels(text)

    assert channels[0].time_text == "Không phải trả kết quả cho người nộp thuế"
    assert channels[0].fee_amount == 0
    assert kinds_of(findings) == [FindingKind.TIME_TEXT]


def test_text_without_any_channel_is_a_finding() -> None:
    channels, findings = read_channels(f"{HEADER}Theo quy định của pháp luật")

    assert channels == []
    assert findings == [Finding(Part.CHANNEL, FindingKind.UNREAD, "Theo quy định của pháp luật")]
