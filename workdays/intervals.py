"""Spans of time between two moments, and how several of them merge into one line."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from workdays.refusals import ImpossibleMoment, ImpossiblePause


class Interval(NamedTuple):
    """From `start` until just before `end`; without an end it is still running."""

    start: datetime
    end: datetime | None = None


class ClosedInterval(NamedTuple):
    """An interval whose end is known."""

    start: datetime
    end: datetime


def merge(pauses: Iterable[Interval], *, not_before: datetime) -> list[ClosedInterval]:
    """The pauses in order of time, overlapping ones joined, so that no minute counts twice."""
    merged: list[ClosedInterval] = []
    for pause in sorted(_closed(pause, not_before) for pause in pauses):
        if merged and pause.start <= merged[-1].end:
            merged[-1] = ClosedInterval(merged[-1].start, max(merged[-1].end, pause.end))
        else:
            merged.append(pause)
    return merged


def _closed(pause: Interval, not_before: datetime) -> ClosedInterval:
    if pause.end is None:
        # The due moment is unknown while the clock stands; the caller who wants an
        # estimate closes the pause at the moment of asking.
        raise ImpossiblePause(
            "Hồ sơ đang tạm dừng nên chưa tính được hạn: hãy tính lại khi hồ sơ được xử lý tiếp.",
            code="open_pause",
        )
    if pause.start.tzinfo is None or pause.end.tzinfo is None:
        raise ImpossibleMoment
    if pause.end < pause.start:
        raise ImpossiblePause("Lần tạm dừng kết thúc trước khi bắt đầu: hãy sửa lại hai thời điểm.")
    if pause.start < not_before:
        raise ImpossiblePause(
            "Lần tạm dừng bắt đầu trước khi tiếp nhận hồ sơ: hãy sửa lại thời điểm bắt đầu."
        )
    return ClosedInterval(pause.start, pause.end)
