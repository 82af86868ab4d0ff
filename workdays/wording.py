"""How moments, days and lengths of working time read in a Vietnamese sentence."""

from datetime import date, datetime
from decimal import Decimal

from workdays.hours import weekday_name

_MINUTE = 60_000_000


def day(value: date) -> str:
    """thứ Hai, ngày 27/04/2026."""
    return f"{weekday_name(value.isoweekday())}, ngày {value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """09:00 ngày 24/04/2026; seconds only where there are any."""
    return f"{hour(value)} ngày {value:%d/%m/%Y}"


def hour(value: datetime) -> str:
    """09:00, or 09:00:30."""
    return f"{value:%H:%M:%S}" if value.second or value.microsecond else f"{value:%H:%M}"


def length(microseconds: int) -> str:
    """2 giờ 30 phút; less than a minute is said so."""
    hours, minutes = divmod(round(microseconds / _MINUTE), 60)
    parts = [f"{hours} giờ"] * bool(hours) + [f"{minutes} phút"] * bool(minutes)
    return " ".join(parts) or "chưa đầy 1 phút"


def number(value: Decimal) -> str:
    """1,5 and 3: the decimal comma, no idle zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
