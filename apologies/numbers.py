"""The next number of an agency's letters in a year, without gaps (NĐ 30/2020 Đ15)."""

from django.db import connection

from organizations.models import Agency

# The row stays locked until the transaction ends: a signing that fails gives its number back.
_NEXT = """
    INSERT INTO apologies_lettercounter (agency_id, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, year) DO UPDATE SET last = apologies_lettercounter.last + 1
    RETURNING last
"""
SYMBOL = "PXL"


def next_number(*, agency: Agency, year: int) -> int:
    """1, 2, 3 … from 1 January to 31 December; must run inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency.pk, year])
        number: int = cursor.fetchone()[0]
    return number
