"""Tells a province whose seeding was interrupted from one that is whole, and clears it away.

Seeding takes many transactions, in several processes. The first one sets a mark and the last one
lifts it: a comment on a table, which comes and goes with its transaction and stays in a dump.
"""

from django.core.cache import cache
from django.core.management.base import CommandError
from django.db import connection

from organizations.models import Agency, User

_TABLE = Agency._meta.db_table
_MARK = "Tỉnh minh họa đang được nạp."
REFUSAL = (
    "Lần nạp tỉnh minh họa trước bị ngắt giữa chừng. Hãy chạy `python manage.py demo` để nạp lại "
    "từ đầu, hoặc tạo lại cơ sở dữ liệu trống rồi chạy `migrate` và lệnh này."
)
WORKED_IN = (
    "Lần nạp tỉnh minh họa trước bị ngắt giữa chừng nhưng đã có người đăng nhập vào đó. Hãy lưu "
    "lại những gì cần giữ, chạy `python manage.py demo --remove` rồi chạy lại lệnh này."
)


def begin() -> None:
    """Mark the province as unfinished; in the transaction of the first step."""
    _comment(_MARK)


def finish() -> None:
    """Lift the mark; in the transaction of the last step."""
    _comment("")


def is_there() -> bool:
    """Whether seeding began in this database and did not come to its end."""
    with connection.cursor() as cursor:
        # No such table yet: nothing began.
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [_TABLE])
        found: tuple[str | None] = cursor.fetchone()
    return found[0] == _MARK


def clear() -> None:
    """Empty the database and the cache, so that everything begins anew.

    Raises CommandError when a person has signed in: what they did is not ours to delete.
    """
    if User.objects.filter(last_login__isnull=False).exists():
        raise CommandError(WORKED_IN)
    with connection.cursor() as cursor:
        # One statement, so one transaction: never half empty.
        cursor.execute(
            "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
            "GRANT USAGE ON SCHEMA public TO PUBLIC"
        )
    # The sessions of this connection remember types that are gone; messages, rows that are.
    connection.close()
    cache.clear()


def _comment(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'COMMENT ON TABLE "{_TABLE}" IS %s', [text or None])
