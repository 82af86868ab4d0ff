"""`manage.py import_dossiers FILE.xlsx`: takes over an old system's export, row by row."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from legacy import ordering, work
from legacy.fields import FIELDS
from legacy.models import ImportRun
from legacy.ordering import Mapped, Order
from organizations.models import Agency, User

_BAR = 30


class Command(BaseCommand):
    """Nhập hồ sơ của hệ thống cũ."""

    help = (
        "Nhập hồ sơ từ tệp Excel của hệ thống cũ. Chạy lại cùng lệnh thì tiếp tục chỗ dừng; "
        "dòng đã nhập không nhập lần nữa."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="Tệp .xlsx do hệ thống cũ xuất ra")
        parser.add_argument("--source", required=True, help="Tên hệ thống cũ, ví dụ: Một cửa Sở")
        parser.add_argument("--user", required=True, help="Tên đăng nhập của quản trị thực hiện")
        parser.add_argument("--agency", help="Mã định danh cơ quan của dòng không ghi cơ quan")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="TRƯỜNG=TIÊU ĐỀ",
            help="Ghép một trường với tiêu đề cột, ví dụ: code='Mã HS'; được lưu cho lần sau",
        )
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            metavar="TỪ=SỐ",
            help="Trạng thái của hệ thống cũ và trạng thái quốc gia 1–10, ví dụ: 'Đang thụ lý=4'",
        )
        parser.add_argument("--dry-run", action="store_true", help="Chạy thử, không nhập gì")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = _run(options)
        except (ValidationError, PermissionDenied) as refusal:
            messages = getattr(refusal, "messages", [str(refusal)])
            raise CommandError(" ".join(messages)) from None
        self._work(run)

    def _work(self, run: ImportRun) -> None:
        work.work(run_id=run.pk, clock=timezone.now, told=self._progress)
        run.refresh_from_db()
        if run.failure:
            raise CommandError(run.failure)
        self.stdout.write("")
        word = "nhập được" if run.is_dry else "đã nhập"
        self.stdout.write(
            f"{run.settled} dòng: {run.taken} {word} ({run.remarked} có lưu ý), {run.repeated} đã "
            f"nhập trước đó, {run.refused} không nhập được."
        )
        if run.report:
            self.stdout.write(f"Báo cáo từng dòng: {run.report.path}")
        if not run.finished_at:
            self.stdout.write("Một tiến trình khác đang nhập tệp này. Hãy xem ở trang quản trị.")

    def _progress(self, run: ImportRun) -> None:
        if not sys.stdout.isatty():
            return
        done = min(1.0, run.settled / run.total) if run.total else 1.0
        bar = "█" * int(done * _BAR)
        self.stdout.write(f"\r{bar:<{_BAR}} {run.settled}/{run.total}", ending="")
        self.stdout.flush()


def _run(options: dict[str, Any]) -> ImportRun:
    """The run of this file that was begun before and not finished, or a new one."""
    path: Path = options["file"]
    if not path.is_file():
        raise CommandError(f"Không có tệp {path}.")
    source, digest = " ".join(options["source"].split())[:100], ordering.digest_of(path)
    same = ImportRun.objects.filter(
        system__name=source, digest=digest, is_dry=options["dry_run"]
    ).unfinished()
    found: ImportRun | None = same.order_by("pk").first()
    return found or _new_run(options, source, path)


def _new_run(options: dict[str, Any], source: str, path: Path) -> ImportRun:
    actor, at = _actor(options["user"]), timezone.now()
    order = Order(
        source=source,
        agency=_agency(options["agency"]),
        submission_key=uuid4(),
        file_name=path.name,
    )
    with path.open("rb") as content:
        run = ordering.receive(order=order, file=File(content), actor=actor, at=at)
    words = [ordering.written_states(run.states), *options["state"]]
    mapped = Mapped(columns={**run.columns, **_pairs(options["column"])}, words="\n".join(words))
    return ordering.begin(run=run, mapped=mapped, actor=actor, at=at, is_dry=options["dry_run"])


def _actor(username: str) -> User:
    found: User | None = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"Không có người dùng {username}.")
    return found


def _agency(code: str | None) -> Agency | None:
    if not code:
        return None
    found: Agency | None = Agency.objects.filter(code=code).first()
    if found is None:
        raise CommandError(f"Không có cơ quan nào có mã {code}.")
    return found


def _pairs(given: list[str]) -> dict[str, str]:
    """`code=Mã HS` as a pair; only fields that there are."""
    pairs = dict(pair.split("=", 1) for pair in given if "=" in pair)
    if unknown := [key for key in pairs if key not in FIELDS]:
        raise CommandError(f"Không có trường {unknown[0]}. Các trường: {', '.join(FIELDS)}.")
    return pairs
