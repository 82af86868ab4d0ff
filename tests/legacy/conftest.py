"""What the tests of imports share: an old system's export, and a worker that comes by."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files import File
from openpyxl import Workbook

from legacy import ordering, work
from legacy.models import ImportRun
from legacy.ordering import Mapped, Order
from organizations.models import User
from tests.conftest import NOW, Desk

HEADS = (
    "Mã hồ sơ", "Mã TTHC", "Chủ hồ sơ", "Số CCCD", "Số điện thoại", "Ngày tiếp nhận",
    "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả", "Trạng thái", "Đơn vị xử lý",
)  # fmt: skip
RETURNED: dict[str, Any] = {
    "Mã hồ sơ": "000.15.H41-230105-0007",
    "Mã TTHC": "1.001193",
    "Chủ hồ sơ": "Nguyễn Thị Đào",
    "Số CCCD": "040190001234",
    "Số điện thoại": "0912345678",
    "Ngày tiếp nhận": "05/01/2023 08:30",
    "Ngày hẹn trả": "12/01/2023",
    "Ngày kết thúc xử lý": "11/01/2023 15:00",
    "Ngày trả": "13/01/2023",
    "Trạng thái": "Đã trả kết quả",
    "Đơn vị xử lý": "Sở Tư pháp tỉnh Nghệ An",
}
IN_HAND = {**RETURNED, "Ngày kết thúc xử lý": None, "Ngày trả": None, "Trạng thái": "Đang xử lý"}


def rows_of(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows, each with a code of its own unless it has one."""
    return [
        {**row, "Mã hồ sơ": row.get("Mã hồ sơ") or f"HS-{number}"}
        for number, row in enumerate(rows, start=1)
    ]


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Writes an old system's export."""

    def written(
        *rows: dict[str, Any], heads: Sequence[str] = HEADS, above: Sequence[str] = ()
    ) -> Path:
        book = Workbook()
        sheet = book.active
        for title in above:
            sheet.append([title])
        sheet.append(list(heads))
        for row in rows:
            sheet.append([row.get(head) for head in heads])
        path = tmp_path / f"{uuid4().hex}.xlsx"
        book.save(path)
        return path

    return written


@pytest.fixture
def take(desk: Desk, administrator: User) -> Callable[..., ImportRun]:
    """Takes a file over to its end, as a worker does."""

    def taken(path: Path, *, is_dry: bool = False, at: datetime = NOW, **facts: Any) -> ImportRun:
        run = begun(path, administrator, is_dry=is_dry, at=at, **facts)
        work.work(run_id=run.pk, clock=lambda: at)
        run.refresh_from_db()
        return run

    return taken


def begun(
    path: Path,
    actor: User,
    *,
    is_dry: bool = False,
    at: datetime = NOW,
    source: str = "Một cửa điện tử cũ",
    columns: dict[str, str] | None = None,
    words: str = "",
    **facts: Any,
) -> ImportRun:
    """A run of this file, started; no worker has come yet."""
    order = Order(
        source=source,
        agency=facts.get("agency"),
        submission_key=uuid4(),
        file_name=path.name,
    )
    with path.open("rb") as content:
        run = ordering.receive(order=order, file=File(content), actor=actor, at=at)
    mapped = Mapped(columns={**run.columns, **(columns or {})}, words=words)
    return ordering.begin(run=run, mapped=mapped, actor=actor, at=at, is_dry=is_dry)


def told(run: ImportRun) -> list[tuple[int, str, str]]:
    """Row, column and sentence of all that has something to say."""
    return [
        (row.number, column, sentence)
        for row in run.rows.order_by("number")
        for column, sentence in row.problems
    ]
