"""Hours in which citizens may be written to, and pauses between tries: plain arithmetic."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

# After the first, second … failed try. After the last of them the message is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))


@dataclass(frozen=True)
class Hours:
    """The span of each day, in local time, in which messages go out; half open."""

    opens_at: time
    closes_at: time
    zone: ZoneInfo

    def is_open(self, at: datetime) -> bool:
        """May a message go out at this moment?"""
        return self.opens_at <= at.astimezone(self.zone).time() < self.closes_at

    def next_open(self, at: datetime) -> datetime:
        """This moment if it is open, or else the next opening."""
        local = at.astimezone(self.zone)
        if self.is_open(at):
            return at
        day = local.date() if local.time() < self.opens_at else local.date() + timedelta(days=1)
        return datetime.combine(day, self.opens_at, self.zone)


def pause_after(failures: int) -> timedelta | None:
    """How long to wait after so many failed tries in a row (at least one); None: give up."""
    return PAUSES[failures - 1] if failures <= len(PAUSES) else None
