"""Filters that say moments, amounts and durations in the words of the office."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import formats, timezone

from dossiers.naming import masked_name
from workdays.units import TimeUnit

register = template.Library()

NOT_KNOWN = "Chưa xác định"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DEADLINE_WORDS = {
    "overdue": "Quá hạn",
    "due_soon": "Sắp đến hạn",
    "on_time": "Còn hạn",
    "early": "Trước hạn",
    "paused": "Tạm dừng",
    "none": "Chưa hẹn trả",
}
# A decimal kibibyte would confuse: files are shown as the operating system shows them.
SIZES = ("byte", "KB", "MB", "GB")

Number = int | float | Decimal


@register.filter
def moment(value: datetime | None) -> str:
    """`09:05 24/04/2026`, local time."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def day(value: date | None) -> str:
    """`24/04/2026`; a moment is turned into its local day."""
    return f"{_local_day(value):%d/%m/%Y}" if value else ""


@register.filter
def weekday_day(value: date | None) -> str:
    """`thứ Sáu 27/11/2026`."""
    return f"{WEEKDAYS[_local_day(value).weekday()]} {day(value)}" if value else ""


@register.filter
def number(value: Number | None) -> str:
    """`1.234,5`, without zeros at the end."""
    if value is None:
        return ""
    plain = format(Decimal(str(value)), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return formats.number_format(plain, use_l10n=True, force_grouping=True)


@register.filter
def amount(value: Number | None) -> str:
    """A fee: `1.234.500 đồng`; nothing to pay and nothing known are told apart."""
    if value is None:
        return NOT_KNOWN
    return f"{number(value)} đồng" if value else "Miễn phí"


@register.filter
def limit_text(value: Number | None, unit: str) -> str:
    """A time limit: `1,5 ngày làm việc`."""
    return NOT_KNOWN if value is None else f"{number(value)} {TimeUnit(unit).label}"


@register.filter
def working_duration(value: timedelta | None, hours_per_day: Number = 8) -> str:
    """Working time in the two largest units that say something: `1 ngày 3 giờ`.

    Lateness is told as a length, so the sign is dropped: the word beside it says which way.
    """
    if value is None:
        return ""
    minutes = int(abs(value).total_seconds() // 60)
    days, minutes = divmod(minutes, round(hours_per_day * 60))
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (minutes, "phút")]
    said = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(said[:2]) or "dưới 1 phút"


@register.filter
def elapsed(value: timedelta | None) -> str:
    """Time on the wall calendar: `2 ngày 5 giờ`."""
    return working_duration(value, 24)


@register.filter
def mask_name(value: str | None) -> str:
    """A person's name for public pages: `Nguyễn Thị Hoa` becomes `N*** T*** Hoa`."""
    return masked_name(value or "")


@register.filter
def file_size(value: int | None) -> str:
    """`1,2 MB`."""
    if value is None:
        return ""
    size, step = float(value), 0
    while size >= 1024 and step < len(SIZES) - 1:
        size, step = size / 1024, step + 1
    return f"{number(round(size, 1))} {SIZES[step]}"


def deadline_word(state: str) -> str:
    """The word that goes with a deadline's icon and colour."""
    return DEADLINE_WORDS[state]


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _local_day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value
