"""Edits of working schedules: their weekly hours from a day on, and new schedules."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from workdays.editing import Grounds, keep
from workdays.hours import Session, checked
from workdays.models import WorkingHours, WorkSchedule


@dataclass(frozen=True, kw_only=True)
class SetHours:
    """Đặt giờ làm việc: the whole week of a schedule, from a day on."""

    schedule: WorkSchedule
    valid_from: date
    week: tuple[Session, ...]

    @property
    def sentence(self) -> str:
        """What changes."""
        return f"Đặt giờ làm việc của “{self.schedule}” từ ngày {self.valid_from:%d/%m/%Y}."

    @property
    def earliest_day(self) -> date:
        """The first day of the new hours."""
        return self.valid_from

    def carry_out(self, grounds: Grounds) -> None:
        """End the hours in force on the eve, and enter the new ones."""
        rows = [self._row(session) for session in checked(self.week)]
        eve = self.valid_from - timedelta(days=1)
        hours = WorkingHours.objects.filter(schedule=self.schedule)
        hours.filter(valid_from__gte=self.valid_from).delete()
        hours.filter(Q(valid_until=None) | Q(valid_until__gt=eve)).update(valid_until=eve)
        for row in rows:
            keep(row)

    def _row(self, session: Session) -> WorkingHours:
        return WorkingHours(
            schedule=self.schedule,
            weekday=session.weekday,
            opens_at=session.opens,
            closes_at=session.closes,
            counts=session.counts,
            valid_from=self.valid_from,
        )


@dataclass(frozen=True, kw_only=True)
class CreateSchedule:
    """Lập lịch làm việc mới: a copy of another one, to be changed from some day on.

    The copy keeps the past: an agency that moves to it counts old days as before.
    """

    code: str
    name: str
    copied_from: WorkSchedule

    @property
    def sentence(self) -> str:
        """What changes."""
        return f"Lập lịch làm việc “{self.name}” theo “{self.copied_from}”."

    @property
    def earliest_day(self) -> None:
        """Nobody follows it yet."""
        return None

    def carry_out(self, grounds: Grounds) -> None:
        """Copy the settings and the hours."""
        source = self.copied_from
        schedule = WorkSchedule(
            code=self.code,
            name=self.name,
            roll_after_closing=source.roll_after_closing,
            day_ends_at_close=source.day_ends_at_close,
        )
        keep(schedule)
        rows = list(source.hours.order_by("id"))
        for row in rows:
            row.pk, row.schedule = None, schedule
        WorkingHours.objects.bulk_create(rows)
