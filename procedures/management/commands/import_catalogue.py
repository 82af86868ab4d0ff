"""Imports the national catalogue from a file: JSON lines of pages or the CSV table, plain or xz."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, transaction
from django.utils import timezone

from procedures.importing import REJECTED, Outcome, Tally, import_rows
from procedures.reading import UnreadableFile, read_rows

PROGRESS_EVERY = 100
REPORT_COLUMNS = ("dòng", "mã thủ tục", "kết quả", "phần", "lý do", "đoạn nguồn")
STATUS_WORDS = {"imported": "đã nhập", "unchanged": "không đổi", "rejected": "bị loại"}


class Command(BaseCommand):
    """Nhập danh mục thủ tục hành chính."""

    help = "Nhập danh mục thủ tục từ tệp JSON Lines hoặc CSV (có thể nén .xz)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp danh mục")
        parser.add_argument("--dry-run", action="store_true", help="đọc và so sánh, không ghi")
        parser.add_argument("--report", type=Path, help="ghi mọi điểm chưa đọc được vào tệp CSV")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = read_rows(options["file"])
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=2) from error
        tally = Tally()
        with ExitStack() as stack:
            report = _Report(options["report"], stack)
            stack.enter_context(transaction.atomic())
            try:
                for outcome in import_rows(
                    rows, at=timezone.now(), note=f"Nhập từ {options['file'].name}"
                ):
                    tally.add(outcome)
                    report.add(outcome)
                    self._show_progress(tally)
            except OperationalError as error:
                raise CommandError(f"Chưa nhập được, hãy chạy lại sau ít phút: {error}") from error
            if options["dry_run"]:
                transaction.set_rollback(True)
        self._show_result(tally, as_json=options["json"], dry=options["dry_run"])

    def _show_progress(self, tally: Tally) -> None:
        if tally.counts["read"] % PROGRESS_EVERY == 0:
            self.stderr.write(f"Đã đọc {tally.counts['read']} dòng…")

    def _show_result(self, tally: Tally, *, as_json: bool, dry: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(tally.counts))
            return
        counts = tally.counts
        self.stdout.write(
            f"Đã đọc {counts['read']} dòng: nhập {counts['imported']}, không đổi "
            f"{counts['unchanged']}, loại {counts['rejected']}; "
            f"{counts['with_findings']} dòng có điểm cần xem lại."
        )
        if dry:
            self.stdout.write("Chạy thử: chưa ghi gì vào cơ sở dữ liệu.")


class _Report:
    """The CSV of everything that was rejected or not read; nowhere if no path is given."""

    def __init__(self, path: Path | None, stack: ExitStack) -> None:
        self._rows = None
        if path is None:
            return
        try:
            # With the mark that makes spreadsheets read it as UTF-8.
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
        except OSError as error:
            message = f"Không ghi được báo cáo {path}; hãy chọn thư mục khác."
            raise CommandError(message, returncode=2) from error
        self._rows = csv.writer(file)
        self._rows.writerow(REPORT_COLUMNS)

    def add(self, outcome: Outcome) -> None:
        """Writes a line for each thing to look at."""
        if self._rows is not None:
            self._rows.writerows(_report_lines(outcome))


def _report_lines(outcome: Outcome) -> Iterator[tuple[object, ...]]:
    head = (outcome.line, _quoted(outcome.code), STATUS_WORDS[outcome.status])
    if outcome.status == REJECTED:
        yield (*head, "Cả dòng", outcome.reason, "")
    for finding in outcome.findings:
        yield (*head, finding.part.label, finding.kind.label, _quoted(finding.excerpt))


def _quoted(text: str) -> str:
    """In quotation marks, so that no spreadsheet takes a text for a formula."""
    return f"“{text}”" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
