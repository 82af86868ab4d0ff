"""Asking for a run: the file kept, its mapping chosen, a trial first; no row is read here."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from celery import current_app
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction

from legacy import fields, guarding, reading, states
from legacy.fields import folded
from legacy.models import ImportRun, OldSystem
from organizations.administering import require_administrator
from organizations.models import Agency, User

RUN_IMPORT = "legacy.tasks.run_import"
MAX_ATTEMPTS = 5
# A file full of names of citizens lies about for no longer than its questions last.
KEPT = timedelta(days=30)
_PIECE = 1024 * 1024


class ImportRefused(ValidationError):
    """The import cannot be done as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A file of an old system, and the agency of the rows that name none."""

    source: str
    agency: Agency | None
    submission_key: UUID
    file_name: str


def receive(*, order: Order, file: "File[Any]", actor: User, at: datetime) -> ImportRun:
    """Keep the file as a run that is not started; its mapping is the system's, or suggested.

    Raises FileRefused for what is no harmless workbook; then nothing was kept. The same key
    gives the same run again.
    """
    require_administrator(actor)
    if known := ImportRun.objects.filter(submission_key=order.submission_key).first():
        return _own(known, actor)
    if not order.source.strip():
        raise ImportRefused("Hãy ghi tên hệ thống cũ.", code="source")
    with _on_disk(file) as path:
        # Looked at as it came: what is hostile is not even kept.
        headers, digest = reading.head_of(path).headers, digest_of(path)
    file.seek(0)
    with transaction.atomic():
        system = _system(order.source, actor, at)
        return ImportRun.objects.create(
            submission_key=order.submission_key,
            system=system,
            agency=order.agency,
            actor=actor,
            is_dry=True,
            file=File(file, name=f"{order.submission_key.hex}.xlsx"),
            file_name=Path(order.file_name).name[:200],
            digest=digest,
            columns=_mapping(system, headers),
            states=system.states,
            asked_at=at,
        )


def headers_of(run: ImportRun) -> list[str]:
    """The headers of the run's file, as they stand in it."""
    return [header for header in reading.head_of(Path(run.file.path)).headers if header]


@dataclass(frozen=True, kw_only=True)
class Mapped:
    """How a file is to be read: a header for each field, and a line for each word of state."""

    columns: Mapping[str, str]
    words: str = ""


def begin(
    *, run: ImportRun, mapped: Mapped, actor: User, at: datetime, is_dry: bool = True
) -> ImportRun:
    """Save the mapping with the old system and start the run; a worker is woken after.

    Raises ImportRefused when a needed column is missing or a line of words cannot be read.
    """
    require_administrator(actor)
    chosen = {key: head for key, head in mapped.columns.items() if key in fields.FIELDS and head}
    if lacking := fields.missing(chosen):
        raise ImportRefused(f"Hãy chọn cột cho: {', '.join(lacking)}.", code="missing_columns")
    own = parsed_states(mapped.words)
    with transaction.atomic(), _one_at_a_time():
        held = ImportRun.objects.select_for_update(of=("self",)).select_related("system")
        run = held.get(pk=run.pk)
        if run.started_at is not None:
            return run
        _remember(run.system, chosen, own, actor, at)
        run.columns, run.states, run.is_dry = chosen, own, is_dry
        run.started_at = run.moved_at = at
        run.save(update_fields=["columns", "states", "is_dry", "started_at", "moved_at"])
        wake_after_commit(run.pk)
    return run


def take_over(*, run: ImportRun, actor: User, at: datetime) -> ImportRun:
    """After a finished trial, the same file in earnest; asked twice it is one run."""
    require_administrator(actor)
    if not run.is_dry or run.finished_at is None or run.failure or not run.file:
        raise ImportRefused("Hãy chạy thử xong rồi mới nhập.", code="no_trial")
    key = key_in_earnest(run)
    same = ("system", "agency", "file_name", "digest", "columns", "states")
    facts = {name: getattr(run, name) for name in same}
    with transaction.atomic(), _one_at_a_time():
        earnest, is_new = ImportRun.objects.get_or_create(
            submission_key=key,
            defaults={
                **facts,
                "actor": actor,
                "is_dry": False,
                "file": run.file.name,
                "asked_at": at,
                "started_at": at,
                "moved_at": at,
            },
        )
        if is_new:
            wake_after_commit(earnest.pk)
    return earnest


def key_in_earnest(run: ImportRun) -> UUID:
    """The submission key of the run that follows this trial."""
    return uuid5(run.submission_key, "in earnest")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ImportRefused(
            "Tệp này đang được nhập ở một lần nhập khác. Hãy đợi lần đó xong.", code="running"
        ) from None


def parsed_states(words: str) -> dict[str, int]:
    """`Đang thẩm định = 4`, a line each, as the folded word and its national state."""
    found: dict[str, int] = {}
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip():
            continue
        word, _, state = line.rpartition("=")
        if not folded(word) or not state.strip().isdigit() or int(state) not in states.TAKEN_AS:
            raise ImportRefused(
                f"Dòng {number} của bảng trạng thái phải có dạng “Đang thẩm định = 4”, số từ 1 "
                "đến 10.",
                code="states",
            )
        found[folded(word)] = int(state)
    return found


def written_states(own: Mapping[str, int]) -> str:
    """The same as text, for the form."""
    return "\n".join(f"{word} = {state}" for word, state in own.items())


def digest_of(path: Path) -> str:
    """SHA-256 of the file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def wake_after_commit(run_id: int) -> None:
    """Tell a worker that a run waits; the sweep comes by in any case."""
    transaction.on_commit(lambda: wake(run_id=run_id), robust=True)


def wake(*, run_id: int) -> None:
    """Send the message that wakes a worker for this run."""
    current_app.send_task(RUN_IMPORT, kwargs={"run_id": run_id})


def _remember(
    system: OldSystem, columns: dict[str, str], own: dict[str, int], actor: User, at: datetime
) -> None:
    """The next file of this system is read in the same way, unless somebody changes it."""
    system.columns, system.states = columns, own
    system.changed_by, system.changed_at = actor, at
    system.save(update_fields=["columns", "states", "changed_by", "changed_at"])


def _own(run: ImportRun, actor: User) -> ImportRun:
    if run.actor_id != actor.pk:
        raise ImportRefused("Biểu mẫu này đã được dùng. Hãy mở lại trang.", code="key_used")
    return run


def _system(source: str, actor: User, at: datetime) -> OldSystem:
    name = " ".join(source.split())[:100]
    system, _ = OldSystem.objects.get_or_create(
        name=name, defaults={"changed_by": actor, "changed_at": at}
    )
    return system


def _mapping(system: OldSystem, headers: Iterable[str]) -> dict[str, str]:
    """The system's own mapping where its headers are there; what is left, as usually named."""
    present = {folded(header) for header in headers if header}
    own = {key: head for key, head in system.columns.items() if folded(head) in present}
    return {**fields.suggested(headers), **own}


@contextmanager
def _on_disk(file: "File[Any]") -> Iterator[Path]:
    """Where the file can be read by its path; a small upload lies in memory until now."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        for number, piece in enumerate(file.chunks(), start=1):
            if number * file.DEFAULT_CHUNK_SIZE > guarding.MOST_BYTES + file.DEFAULT_CHUNK_SIZE:
                break
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)
