"""Proves the tallies equal to the facts and to the measures, or makes them anew."""

import sys
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reporting import proving, tallies

DIFFERENT = 1


class Command(BaseCommand):
    """Cộng lại số liệu."""

    help = "Cộng lại toàn bộ số liệu; với --check chỉ so sánh, thoát mã 1 khi có khác biệt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
        else:
            self._rebuild()

    def _check(self) -> None:
        found = proving.first_difference(at=timezone.now())
        if found is not None:
            self.stderr.write(f"Số cộng dồn khác dữ liệu gốc. {found}")
            self.stderr.write("Hãy chạy: python manage.py rebuild_tallies")
            sys.exit(DIFFERENT)
        self.stdout.write("Số cộng dồn khớp với dữ liệu gốc.")

    def _rebuild(self) -> None:
        began = monotonic()
        counted = tallies.rebuild()
        self.stdout.write(f"Đã cộng lại {counted} hồ sơ trong {monotonic() - began:.1f} giây.")
