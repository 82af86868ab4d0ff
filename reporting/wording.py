"""Says scores, movements and gains in Vietnamese, numbers as the office writes them."""

from decimal import Decimal

from django.utils import formats

from reporting.gains import Gain
from reporting.periods import ReportPeriod
from reporting.scoring import Ratio

_HUNDRED = 100
NOTHING = "không phát sinh"


def number(value: Decimal) -> str:
    """`72,4`, `1.234,05`: no empty decimals."""
    plain = value.quantize(Decimal("0.01")).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return formats.number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def percent(ratio: Ratio) -> str:
    """`87,43 %`; what did not occur has no share."""
    if ratio is None:
        return NOTHING
    value = Decimal(ratio.numerator * _HUNDRED) / Decimal(ratio.denominator)
    return f"{number(value)} %"


def movement(now: Decimal, before: Decimal | None, period: ReportPeriod) -> str:
    """`tăng 1,8 so với tháng 10 năm 2026`."""
    if before is None:
        return "chưa có kỳ trước để so sánh"
    than = period.previous().label
    than = f"so với {than[0].lower()}{than[1:]}"
    if now == before:
        return f"không đổi {than}"
    return f"{'tăng' if now > before else 'giảm'} {number(abs(now - before))} {than}"


def headline(now: Decimal, band: str, before: Decimal | None, period: ReportPeriod) -> str:
    """`72,4 điểm — Khá, tăng 1,8 so với tháng 10 năm 2026`."""
    return f"{number(now)} điểm — {band}, {movement(now, before, period)}"


def gain(found: Gain, more: str) -> str:
    """`Thêm 12 hồ sơ nộp trực tuyến để tăng 1 điểm`."""
    whole = ", đạt điểm tối đa" if found.is_whole else ""
    shown = formats.number_format(found.number, use_l10n=True, force_grouping=True)
    return f"Thêm {shown} {more} để tăng {number(found.points)} điểm{whole}."


def places_moved(now: int, before: int | None) -> str:
    """`lên 3 bậc`; nothing when there was no place before."""
    if before is None:
        return ""
    if now == before:
        return "giữ hạng"
    return f"{'lên' if now < before else 'xuống'} {abs(now - before)} bậc"
