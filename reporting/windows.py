"""Which facts a figure of a period may use: those of the period, as they were known at a moment.

"As of" a day means as of its end. A figure of a period asked as of a moment stands still for
ever: it uses only facts recorded before that moment, and no recorded fact is ever changed.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dossiers.deadlines import HERE
from reporting.periods import ReportPeriod


@dataclass(frozen=True, kw_only=True)
class Window:
    """A period, and the moment before which a fact must have been recorded to be known."""

    period: ReportPeriod
    known_at: datetime

    @classmethod
    def of(cls, period: ReportPeriod, *, at: datetime, as_of: date | None = None) -> "Window":
        """The period as it is known now, or as it was known at the end of a day."""
        if as_of is None:
            return cls(period=period, known_at=at)
        end = datetime.combine(as_of + timedelta(days=1), time(), HERE)
        return cls(period=period, known_at=min(end, at))

    @property
    def start(self) -> datetime:
        """The first moment of the period."""
        return self.period.start

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return self.period.end

    @property
    def until(self) -> datetime:
        """The moment at which the state of a dossier is judged (law.md 1.4, 4)."""
        return min(self.end, self.known_at)

    @property
    def has_begun(self) -> bool:
        """Whether anything of the period can be known yet."""
        return self.start < self.known_at
