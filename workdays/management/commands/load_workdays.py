"""Loads the shipped calendar and the standard working hours into the database."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from workdays import seeding
from workdays.shipped import SHIPPED_DAYS


class Command(BaseCommand):
    """Nạp lịch nghỉ và giờ hành chính."""

    help = "Nạp lịch nghỉ, ngày làm bù và giờ hành chính; chạy lại không làm mất dữ liệu đã sửa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=SHIPPED_DAYS, help="tệp CSV lịch nghỉ")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = seeding.load_calendar(options["file"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except OSError as error:
            raise CommandError(
                f"Không mở được tệp {options['file']}: hãy kiểm tra đường dẫn."
            ) from error
        schedule = seeding.standard_schedule()
        self.stdout.write(
            f"Lịch nghỉ: thêm {loaded.added} ngày, xác nhận {loaded.confirmed} ngày tạm tính, "
            f"giữ nguyên {loaded.kept} ngày. Lịch làm việc: {schedule.name}."
        )
