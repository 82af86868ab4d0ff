"""Proves the ledger: exit status 1 and the first broken link when anything was altered."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from dossiers import sealing
from dossiers.sealing import Verdict


class Command(BaseCommand):
    """python manage.py verify_ledger [--json]"""

    help = "Kiểm tra sổ cái: mã băm của từng sự kiện, chuỗi của từng hồ sơ, niêm phong từng ngày."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: object, **options: object) -> None:
        verdict = sealing.verify()
        self.stdout.write(_as_json(verdict) if options["json"] else _as_text(verdict))
        if verdict.broken:
            raise SystemExit(1)


def _as_json(verdict: Verdict) -> str:
    content = {"intact": verdict.broken is None, **asdict(verdict)}
    return json.dumps(content, ensure_ascii=False)


def _as_text(verdict: Verdict) -> str:
    read = f"{verdict.events} sự kiện của {verdict.dossiers} hồ sơ, {verdict.seals} niêm phong ngày"
    if verdict.broken is None:
        return f"Sổ cái nguyên vẹn: {read}."
    link = verdict.broken
    place = f"{link.where}, sự kiện số {link.sequence}" if link.sequence else link.where
    return f"Sổ cái bị đứt tại {place}: {link.why} (đã đọc {read})"
