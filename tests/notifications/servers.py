"""Servers of their own processes, that a test starts, rules, and kills as a power cut would."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def until(condition: Callable[[], Any], seconds: float = 60) -> None:
    """Wait for it, or fail."""
    for _ in range(int(seconds * 20)):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("It did not happen in time.")


class Server:
    """One process on one port, with a folder for what it receives."""

    def __init__(self, script: str, folder: Path) -> None:
        self.script, self.folder = script, folder
        folder.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Run it, and wait until it answers."""
        (self.folder / "ready").unlink(missing_ok=True)
        command = [sys.executable, HERE / self.script, str(self.port), self.folder]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        until((self.folder / "ready").exists)

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nobody is told."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def behave(self, how: str = "") -> None:
        """Rule it from now on."""
        new = self.folder / "behaviour.new"
        new.write_text(how)
        new.replace(self.folder / "behaviour")

    def has(self, pattern: str) -> int:
        """How many such files it made."""
        return len(list(self.folder.glob(pattern)))


class MailServer(Server):
    """Keeps mail."""

    def __init__(self, folder: Path) -> None:
        super().__init__("smtp_server.py", folder)

    @property
    def mails(self) -> list[EmailMessage]:
        """What it received, in order."""
        files = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


class Gateway(Server):
    """Keeps text messages."""

    def __init__(self, folder: Path) -> None:
        super().__init__("gateway_server.py", folder)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What it would have sent to phones."""
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]
