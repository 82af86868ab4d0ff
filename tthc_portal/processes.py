"""Starting and ending processes in order: each signal has a deadline, and none hits a stranger."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

Steps = tuple[tuple[signal.Signals, float], ...]


def works_in(pid: int, directory: Path) -> bool:
    """Whether the process is the server of that directory; an ended one has none."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == directory.resolve()
    except OSError:
        return False


def end(pid: int, directory: Path, steps: Steps) -> bool:
    """Send one signal after the other until the server of that directory is gone."""
    for number, seconds in steps:
        if works_in(pid, directory):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if within(seconds, lambda: not works_in(pid, directory)):
            return True
    return False


def within(seconds: float, condition: Callable[[], bool], *, pause: float = 0.05) -> bool:
    """Whether the condition came true before the deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


class Children:
    """Programs that live and die with this one, each with a log of its own."""

    def __init__(self, *, logs: Path, directory: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._directory = directory
        self._environment = environment
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *command: str) -> None:
        """Start a program in a session of its own: Ctrl-C reaches only us, and we pass it on."""
        self._logs.mkdir(parents=True, exist_ok=True)
        with self.log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 (our own programs)
                command,
                cwd=self._directory,
                env=dict(self._environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def dead(self) -> str | None:
        """The name of a program that has ended, if one has."""
        for name, process in self._running.items():
            if process.poll() is not None:
                return name
        return None

    def see_out(self, name: str) -> bool:
        """Wait for a program that ends by itself; whether it ended well."""
        has_ended_well = self._running[name].wait() == 0
        del self._running[name]
        return has_ended_well

    def stop(self, seconds: float) -> None:
        """Ask all to end; what is left at the deadline, with its own children, is killed."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        within(seconds, lambda: all(p.poll() is not None for p in self._running.values()))
        for process in self._running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Linux sends SIGTERM when the parent is gone, even when it was killed."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
