"""Prints when a time limit ends and the reason for each step on the way."""

import json
import sys
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.db import ProgrammingError

from workdays import loading, shipped, wording
from workdays.calendar import Calendar, Explanation, Interval
from workdays.models import Holiday, WorkSchedule
from workdays.refusals import BrokenSchedule, ImpossibleLimit
from workdays.seeding import STANDARD_CODE
from workdays.tables import ZONE
from workdays.units import TimeUnit

IMPOSSIBLE = 2
SHIPPED_NOTE = (
    "Cơ sở dữ liệu chưa có lịch làm việc nên tính theo lịch nghỉ đi kèm và giờ hành chính."
)


class Command(BaseCommand):
    """Giải thích ngày hẹn trả."""

    help = "In ngày hẹn trả và lý do của từng bước tính."
    requires_system_checks = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._misread  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accepted", required=True, help="lúc tiếp nhận: 2026-04-24T09:00")
        parser.add_argument("--limit", required=True, help="thời hạn, ví dụ 5 hoặc 1.5")
        parser.add_argument("--unit", required=True, help=", ".join(TimeUnit.values))
        parser.add_argument(
            "--pause", nargs=2, action="append", default=[], metavar=("START", "END"),
            help="một lần tạm dừng; ghi nhiều lần được",
        )  # fmt: skip
        parser.add_argument("--schedule", metavar="CODE", help="mã lịch làm việc")
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            calendar, note = _calendar(options["schedule"])
            explanation = calendar.explain(
                start=_moment(options["accepted"]),
                limit=_limit(options["limit"]),
                unit=_unit(options["unit"]),
                pauses=[Interval(_moment(start), _moment(end)) for start, end in options["pause"]],
            )
        except ValidationError as refusal:
            self._refuse(" ".join(refusal.messages))
        if note:
            self.stderr.write(note)
        self.stdout.write(_as_json(explanation) if options["json"] else _as_text(explanation))

    def _misread(self, message: str) -> NoReturn:
        self._refuse(
            "Không đọc được lệnh: cần --accepted, --limit và --unit, mỗi --pause có hai thời điểm; "
            "hãy xem --help."
        )

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(IMPOSSIBLE)


def _calendar(code: str | None) -> tuple[Calendar, str]:
    """The database's calendar, or the shipped one and a note where there is none yet."""
    try:
        schedule = WorkSchedule.objects.filter(code=code or STANDARD_CODE).first()
        has_days = Holiday.objects.exists()
    except ProgrammingError:  # the tables have not been made yet
        schedule, has_days = None, False
    if schedule and has_days:
        return loading.calendar_for(schedule.pk), ""
    if code:
        raise BrokenSchedule(
            f"Không dùng được lịch làm việc “{code}”: hãy kiểm tra mã và nạp lịch nghỉ."
        )
    return shipped.standard_calendar(), SHIPPED_NOTE


def _moment(text: str) -> datetime:
    try:
        if len(text) <= len("2026-04-24"):
            raise ValueError(text)
        moment = datetime.fromisoformat(text)
        # A zone of its own may push the first or last day out of the calendar of years.
        return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except (ValueError, OverflowError) as error:
        raise ValidationError(
            f"Không đọc được thời điểm “{text}”: hãy ghi ngày và giờ như 2026-04-24T09:00."
        ) from error


def _limit(text: str) -> Decimal:
    try:
        return Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ImpossibleLimit(
            f"Không đọc được thời hạn “{text}”: hãy ghi một số như 5 hoặc 1.5."
        ) from error


def _unit(text: str) -> TimeUnit:
    if text not in TimeUnit.values:
        raise ImpossibleLimit(f"Đơn vị “{text}” không có: hãy dùng {', '.join(TimeUnit.values)}.")
    return TimeUnit(text)


def _as_json(explanation: Explanation) -> str:
    steps = [
        {"date": step.date.isoformat(), "counts": step.counts, "why": step.why}
        for step in explanation.steps
    ]
    return json.dumps(
        {"due_at": explanation.due_at.isoformat(), "steps": steps}, ensure_ascii=False
    )


def _as_text(explanation: Explanation) -> str:
    lines = [
        f"{step.date:%d/%m/%Y}  {'+' if step.counts else '·'}  {step.why}"
        for step in explanation.steps
    ]
    return "\n".join([*lines, f"Hẹn trả: {wording.moment(explanation.due_at)}."])
