"""A bar on the terminal; in a file, a line for each tenth."""

import time
from typing import Protocol

_WIDTH = 32


class Stream(Protocol):
    """What can be written to."""

    def write(self, text: str, /, *, ending: str) -> object:
        """Write, with this at the end."""

    def flush(self) -> object:
        """Show it now."""


class Bar:
    """How much is done, how fast it goes, and how long it will still take."""

    def __init__(self, *, total: int, stream: Stream, is_live: bool) -> None:
        self._total, self._stream, self._is_live = total, stream, is_live
        self._started = time.monotonic()
        self._tenth = 0

    def show(self, done: int) -> None:
        """Draw the bar as it stands."""
        tenth = done * 10 // self._total
        if self._is_live:
            ending = "\n" if done >= self._total else "\r"
            self._stream.write(self.line(done, time.monotonic() - self._started), ending=ending)
            self._stream.flush()
        elif tenth > self._tenth:
            self._stream.write(self.line(done, time.monotonic() - self._started), ending="\n")
        self._tenth = tenth

    def line(self, done: int, seconds: float) -> str:
        """`[████░░░░]  50%  5.000/10.000  8.300 hồ sơ/giây, còn 1 giây`"""
        share = done / self._total
        full = round(_WIDTH * share)
        rate = done / max(seconds, 0.001)
        left = (self._total - done) / max(rate, 0.001)
        counted = f"{done:,}/{self._total:,}  {rate:,.0f}".replace(",", ".")
        return (
            f"[{'█' * full}{'░' * (_WIDTH - full)}] {share:4.0%}  {counted} hồ sơ/giây, "
            f"còn {left:.0f} giây "
        )
