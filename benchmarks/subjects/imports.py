"""Taking over the dossiers of an old system: rows a second, and memory that does not grow."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook

from benchmarks import filling
from benchmarks.alone import Told, told_by
from benchmarks.filling import Place
from benchmarks.stage import Stage, Table, ratio
from dossiers.models import Dossier
from organizations.models import User
from organizations.roles import Role

HEADS = (
    "Mã hồ sơ", "Mã TTHC", "Chủ hồ sơ", "Số CCCD", "Số điện thoại", "Ngày tiếp nhận",
    "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả", "Trạng thái", "Đơn vị xử lý",
)  # fmt: skip
FIRST = datetime(2023, 1, 5, 8, 30)
IN_HAND = 10  # one in so many is not finished yet
PART = 10


def measure(stage: Stage) -> Iterator[Table]:
    """A part of the rows, then all of them in a file of their own; the floor only reads it."""
    imported = stage.sizes["imported"]
    places = filling.places()
    administrator = User.objects.filter(memberships__role=Role.ADMINISTRATOR).order_by("id").first()
    assert administrator is not None
    table = Table(("Import of an old system", "seconds", "rows a second", "of reading", "memory"))
    for name, rows in (("A", imported // PART), ("B", imported)):
        path = _written(stage.folder / f"{name}.xlsx", places, rows, name)
        before = Dossier.objects.count()
        ours = told_by("take_over", path, administrator.username)
        taken = Dossier.objects.count() - before
        if taken != rows:
            raise RuntimeError(f"{taken} of {rows} rows were taken over.")
        floor = told_by("read_workbook", path)
        _add(table, f"{rows:,} rows taken over", rows, ours, floor)
    _add(table, f"openpyxl reading {imported:,} rows", imported, floor, floor)
    yield table


def _add(table: Table, name: str, rows: int, told: Told, floor: Told) -> None:
    speed, times = f"{rows / told.seconds:,.0f}", ratio(told.seconds, floor.seconds)
    table.add(name, f"{told.seconds:.1f}", speed, times, f"{told.peak_mib:.0f} MiB")


def _written(path: Path, places: Sequence[Place], rows: int, name: str) -> Path:
    """An export as old systems write it: most of it finished long ago."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADS)
    for number in range(rows):
        place = places[number % len(places)]
        accepted = FIRST + timedelta(minutes=number * 17 % 1_000_000)
        moments = [accepted + timedelta(days=days) for days in (7, 6, 8)]
        is_finished = number % IN_HAND != 0
        state = "Đã trả kết quả" if is_finished else "Đang giải quyết"
        due, *ended = (f"{moment:%d/%m/%Y %H:%M}" for moment in moments)
        sheet.append(
            (
                f"000.{name}-{number:07d}",
                place.case.version.procedure.code,
                "Nguyễn Thị Đào",
                f"{40190000000 + number:012d}",
                "0912345678",
                f"{accepted:%d/%m/%Y %H:%M}",
                due,
                *(ended if is_finished else (None, None)),
                state,
                place.agency.name,
            )
        )
    book.save(path)
    return path
