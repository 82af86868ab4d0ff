"""Rebuilds every running promise and compares it with the stored one; status 1 if any differs."""

import json

from django.core.management.base import BaseCommand, CommandParser

from dossiers import recalculation
from dossiers.deadlines import HERE
from dossiers.models import Dossier
from dossiers.recalculation import Moments, Shift
from dossiers.telling import moment

_NAMES = {
    "due_at": "hẹn trả",
    "remind_at": "nhắc từ",
    "transfer_by": "phải chuyển trước",
    "accept_by": "phải tiếp nhận trước",
}


class Command(BaseCommand):
    """python manage.py check_deadlines [--json]"""

    help = "Tính lại ngày hẹn của hồ sơ đang giải quyết và so với ngày đã lưu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: object, **options: object) -> None:
        found = list(recalculation.shifts())
        checked = Dossier.objects.all().open().count()
        self.stdout.write(_as_json(checked, found) if options["json"] else _as_text(checked, found))
        if found:
            raise SystemExit(1)


def _as_json(checked: int, found: list[Shift]) -> str:
    rows = [
        {"code": shift.facts.code, "stored": _moments(shift.stored, shift),
         "computed": _moments(shift.computed, shift)}
        for shift in found
    ]  # fmt: skip
    return json.dumps({"checked": checked, "different": rows}, ensure_ascii=False)


def _as_text(checked: int, found: list[Shift]) -> str:
    if not found:
        return f"Ngày hẹn của {checked} hồ sơ đang giải quyết đều khớp với lịch làm việc."
    lines = [_line(shift) for shift in found]
    count = f"{len(found)} hồ sơ có ngày hẹn khác với lịch làm việc"
    return "\n".join([*lines, f"{count} (đã so {checked} hồ sơ đang giải quyết)."])


def _line(shift: Shift) -> str:
    parts = []
    for name in _changed(shift):
        stored, computed = getattr(shift.stored, name), getattr(shift.computed, name)
        told = [moment(each) if each else "không có" for each in (stored, computed)]
        parts.append(f"{_NAMES[name]} đã lưu {told[0]}, tính lại là {told[1]}")
    return f"{shift.facts.code}: {'; '.join(parts)}."


def _moments(moments: Moments, shift: Shift) -> dict[str, str | None]:
    """The moments that differ."""
    values = moments._asdict()
    return {
        name: values[name].astimezone(HERE).isoformat() if values[name] else None
        for name in _changed(shift)
    }


def _changed(shift: Shift) -> list[str]:
    pairs = zip(Moments._fields, shift.stored, shift.computed, strict=True)
    return [name for name, stored, computed in pairs if stored != computed]
