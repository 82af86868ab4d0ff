"""Fills the database with a believable province, by the same rules as real life."""

import os
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dossiers.models import Dossier
from organizations.models import Agency
from organizations.seeding import PROVINCE_CODE
from tthc_portal.demonstration import unfinished
from tthc_portal.demonstration.generation import ProvinceRefused, Wish, generate
from tthc_portal.demonstration.progress import Bar

MONTHS, SEED = 14, 766


class Command(BaseCommand):
    """python manage.py generate_province --dossiers N [--months M] [--seed S]"""

    help = "Sinh một tỉnh minh họa: hồ sơ có lịch sử đầy đủ, đúng quy tắc và sổ cái."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, required=True, help="số hồ sơ thêm vào")
        parser.add_argument("--months", type=int, default=MONTHS, help="trải trên số tháng")
        parser.add_argument("--seed", type=int, default=SEED, help="cùng số thì cùng tỉnh")
        parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))
        parser.add_argument(
            "--into-real-data",
            action="store_true",
            help="đồng ý trộn hồ sơ minh họa vào cơ sở dữ liệu thật",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dossiers"] < 1 or options["months"] < 1 or options["processes"] < 1:
            raise CommandError("Số hồ sơ, số tháng và số tiến trình phải từ 1 trở lên.")
        if not options["into_real_data"]:
            _refuse_real_data()
        if unfinished.is_there():
            raise CommandError(unfinished.REFUSAL)
        if not Agency.objects.filter(code=PROVINCE_CODE).exists():
            call_command("seed_demo", dossiers=0, stdout=self.stdout)
        wish = Wish(
            dossiers=options["dossiers"],
            months=options["months"],
            seed=options["seed"],
            processes=options["processes"],
        )
        self._generate(wish)

    def _generate(self, wish: Wish) -> None:
        started = time.monotonic()
        bar = Bar(total=wish.dossiers, stream=self.stdout, is_live=sys.stdout.isatty())
        try:
            added = generate(wish=wish, at=timezone.now(), progress=bar.show)
        except ProvinceRefused as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=2) from refusal
        seconds = time.monotonic() - started
        self.stdout.write(f"Đã thêm {added} hồ sơ trong {seconds:.1f} giây.")


def _refuse_real_data() -> None:
    """A province of real people must not be filled with people who do not exist."""
    if settings.DEBUG or not settings.DATABASE_URL or not Dossier.objects.exists():
        return
    raise CommandError(
        "Cơ sở dữ liệu này đã có hồ sơ và không phải bản trình diễn. Hồ sơ minh họa không xóa "
        "được khỏi sổ cái. Nếu chắc chắn, hãy thêm --into-real-data.",
        returncode=2,
    )
