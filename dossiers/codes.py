"""How a dossier's code is written, and how many of them a day has."""

from datetime import date

from django.core.exceptions import ValidationError

from organizations.models import Agency

# TT 01/2018 Đ19: the order within the day has four digits.
MOST_A_DAY = 9999


class CodesExhausted(ValidationError):
    """The agency has used up the numbers of the day."""


def beginning(*, agency: Agency, day: date) -> str:
    """`H41.15-261122-`: what the codes of an agency and day have in common."""
    return f"{agency.code}-{day:%y%m%d}-"


def exhausted(agency: Agency) -> CodesExhausted:
    """The refusal after the last number of a day."""
    return CodesExhausted(
        f"{agency.name} đã cấp đủ {MOST_A_DAY} mã hồ sơ trong ngày. "
        "Hãy tiếp nhận hồ sơ này vào ngày làm việc tiếp theo.",
        code="codes_exhausted",
    )


def written(*, agency: Agency, day: date, number: int) -> str:
    """`H41.15-261122-0001` (TT 01/2018 Đ19, QĐ 20/2020); CodesExhausted above the last."""
    if number > MOST_A_DAY:
        raise exhausted(agency)
    return f"{beginning(agency=agency, day=day)}{number:04d}"
