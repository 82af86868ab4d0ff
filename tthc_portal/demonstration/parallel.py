"""Has processes of our own do the shares of one work, and notices at once when one of them dies."""

import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import connection as pipes
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import TypeVar

from django.db import connections

from tthc_portal.processes import die_with_parent

Share = TypeVar("Share")
Work = Callable[[Share], Iterator[int]]


class ProcessDied(Exception):
    """A process ended before its share was done; `done` is what all of them had told by then."""

    def __init__(self, done: int) -> None:
        super().__init__(done)
        self.done = done


@dataclass
class _Running:
    process: ForkProcess
    has_finished: bool = False


def in_processes(work: Work[Share], shares: Sequence[Share]) -> Iterator[int]:
    """What `work` yields for each share, from a process for each, as it comes.

    Raises what the work raises, and ProcessDied when a process is killed; the others are then
    ended too, and the database undoes what they had not committed.
    """
    # A connection must not be shared between processes: each opens its own.
    connections.close_all()
    running: dict[Connection, _Running] = {}
    done = 0
    try:
        for share in shares:
            reader, process = _started(work, share)
            running[reader] = _Running(process)
        while running:
            ready = pipes.wait(list(running))
            for reader in [each for each in running if each in ready]:
                count = _next(reader, running, done)
                if count:
                    done += count
                    yield count
    finally:
        for left in running.values():
            left.process.terminate()
            left.process.join()


def _started(work: Work[Share], share: Share) -> tuple[Connection, ForkProcess]:
    context = get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, share, writer))
    process.start()
    # Only the process itself holds this end now: when it dies, reading ends.
    writer.close()
    return reader, process


def _next(reader: Connection, running: dict[Connection, _Running], done: int) -> int | None:
    try:
        told: Exception | int | None = reader.recv()
    except EOFError:
        ended = running.pop(reader)
        ended.process.join()
        if not ended.has_finished:
            raise ProcessDied(done) from None
        return None
    if isinstance(told, Exception):
        raise told
    if told is None:
        running[reader].has_finished = True
    return told


def _do(work: Work[Share], share: Share, writer: Connection) -> None:
    """In the process: it ends without a word when its parent says so, and with its parent."""
    # What the command does when it is stopped is not for its children to do.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent()
    try:
        for count in work(share):
            writer.send(count)
        writer.send(None)
    except Exception as error:  # noqa: BLE001 (the parent raises it)
        writer.send(error)
    finally:
        connections.close_all()
