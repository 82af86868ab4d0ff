"""Makes the first rows of a new installation: calendar, province, and its first administrator."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organizations.models import Agency
from organizations.roles import Role
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts, create_agency, create_user, post
from workdays.seeding import load_calendar, standard_schedule


class Command(BaseCommand):
    """python manage.py found_province --code H41 --name … --place … --username … --full-name …"""

    help = "Tạo lịch làm việc, cơ quan cấp tỉnh và người quản trị đầu tiên; chỉ chạy một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help="mã định danh cấp tỉnh, ví dụ H41")
        parser.add_argument("--name", required=True, help="Ủy ban nhân dân tỉnh Nghệ An")
        parser.add_argument("--place", required=True, help="địa danh trên văn bản, ví dụ Nghệ An")
        parser.add_argument("--username", required=True, help="tên đăng nhập của người quản trị")
        parser.add_argument("--full-name", required=True, help="họ tên của người quản trị")

    def handle(self, *args: Any, **options: Any) -> None:
        if Agency.objects.exists():
            raise CommandError("Đã có cơ quan trong hệ thống; lệnh này chỉ chạy một lần.")
        password = secrets.token_urlsafe(12)
        try:
            _found(options, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Mật khẩu dùng một lần của {options['username']}: {password}\n"
            "Hãy đăng nhập và đổi mật khẩu ngay."
        )


@transaction.atomic
def _found(options: dict[str, Any], password: str) -> None:
    load_calendar()
    facts = AgencyFacts(
        code=options["code"],
        name=options["name"],
        short_name=options["name"][:60],
        kind=AgencyKind.PROVINCE,
        place=options["place"],
    )
    province = create_agency(facts=facts, parent=None, schedule=standard_schedule())
    administrator = create_user(
        username=options["username"],
        full_name=options["full_name"],
        title="Quản trị hệ thống",
        password=password,
        must_change_password=True,
    )
    post(user=administrator, agency=province, role=Role.ADMINISTRATOR)
