"""Hands the imported catalogue to the departments and communes of a province."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from organizations.models import Agency
from procedures.assigning import assign_catalogue


class Command(BaseCommand):
    """Giao thủ tục cho các cơ quan của tỉnh."""

    help = "Giao các thủ tục đã công bố cho sở, ngành và xã, phường của tỉnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", default="H41", help="mã định danh của tỉnh")

    def handle(self, *args: Any, **options: Any) -> None:
        code = options["province"]
        province = Agency.objects.filter(code=code).first()
        if province is None:
            message = f"Không có cơ quan {code}; hãy tạo cây cơ quan của tỉnh trước."
            raise CommandError(message, returncode=2)
        assigned = assign_catalogue(province=province, at=timezone.now())
        self.stdout.write(
            f"Đã giao {assigned.procedures} thủ tục, thêm {assigned.added} lượt giao; "
            f"{len(assigned.unassigned)} thủ tục không thuộc cơ quan nào của tỉnh."
        )
