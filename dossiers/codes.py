"""The next dossier code of an agency and day, without gaps or races."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection

from organizations.models import Agency

# The row stays locked until the transaction ends: a rolled-back act gives its number back,
# and two acts never see the same one.
_NEXT = """
    INSERT INTO dossiers_codecounter (agency_id, day, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1
    RETURNING last
"""
# TT 01/2018 Đ19: the order within the day has four digits.
MOST_A_DAY = 9999


class CodesExhausted(ValidationError):
    """The agency has used up the numbers of the day."""


def next_code(*, agency: Agency, day: date) -> str:
    """`H41.15-261122-0001` (TT 01/2018 Đ19, QĐ 20/2020); must run inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency.pk, day])
        number = cursor.fetchone()[0]
    if number > MOST_A_DAY:
        raise CodesExhausted(
            f"{agency.name} đã cấp đủ {MOST_A_DAY} mã hồ sơ trong ngày. "
            "Hãy tiếp nhận hồ sơ này vào ngày làm việc tiếp theo.",
            code="codes_exhausted",
        )
    return f"{agency.code}-{day:%y%m%d}-{number:04d}"
