"""Until when the law wants a procedure published and made public, as dated data.

Nothing here touches the database: a calendar comes in, a day goes out.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from procedures.statuses import PublisherLevel
from workdays.calendar import Calendar
from workdays.units import TimeUnit


@dataclass(frozen=True, kw_only=True)
class Span:
    """So many days of one kind."""

    days: int
    unit: TimeUnit = TimeUnit.WORKING_DAY

    @property
    def phrase(self) -> str:
        """The span in words."""
        return f"{self.days} {self.unit.label}"

    def added_to(self, day: date, calendar: Calendar, *, sign: int = 1) -> date:
        """The day that many days later, or earlier with a sign of -1."""
        if self.unit == TimeUnit.CALENDAR_DAY:
            return day + timedelta(days=sign * self.days)
        return calendar.add_working_days(day, sign * self.days)


@dataclass(frozen=True, kw_only=True)
class PublishingRule:
    """Thời hạn công bố, công khai: the values of one level from a day on."""

    level: PublisherLevel
    in_force_from: date
    # The decision is signed at least so long before its legal basis takes effect.
    publish_before: Span
    # A basis of the shortened procedure: at the latest so long after it took effect.
    publish_after_if_shortened: Span
    # Entered in the national database at the latest so long after the decision was signed.
    public_after: Span
    public_after_if_shortened: Span
    basis: str


# NĐ 63/2010 Đ15 counts calendar days before the basis, the national index working days; the
# stricter reading of the index is the default. Đ24(2) counts working days itself.
_SHORTENED_PUBLISH = Span(days=3, unit=TimeUnit.CALENDAR_DAY)
_SHORTENED_PUBLIC = Span(days=2)
_BASIS = "Điều 15, khoản 2 Điều 24 Nghị định 63/2010/NĐ-CP; chỉ số 1.1, 1.2 Quyết định 766/QĐ-TTg"
RULES = (
    PublishingRule(
        level=PublisherLevel.MINISTRY,
        in_force_from=date(2010, 10, 14),
        publish_before=Span(days=20),
        publish_after_if_shortened=_SHORTENED_PUBLISH,
        public_after=Span(days=10),
        public_after_if_shortened=_SHORTENED_PUBLIC,
        basis=_BASIS,
    ),
    PublishingRule(
        level=PublisherLevel.PROVINCE,
        in_force_from=date(2010, 10, 14),
        publish_before=Span(days=5),
        publish_after_if_shortened=_SHORTENED_PUBLISH,
        public_after=Span(days=5),
        public_after_if_shortened=_SHORTENED_PUBLIC,
        basis=_BASIS,
    ),
)


@dataclass(frozen=True)
class Deadlines:
    """The last day to sign the decision, and the last day to make the procedure public."""

    publish_by: date
    public_by: date


def rule_on(level: PublisherLevel, day: date) -> PublishingRule:
    """The rule of a level for a decision signed on this day; ValueError before 2010."""
    for rule in reversed(RULES):
        if rule.level == level and rule.in_force_from <= day:
            return rule
    raise ValueError(f"No rule of publishing for {level} on {day:%Y-%m-%d}")


def deadlines(
    *,
    level: PublisherLevel,
    signed: date,
    basis_effective: date,
    is_shortened: bool,
    calendar: Calendar,
) -> Deadlines:
    """Both last days, inclusive (NĐ 63/2010 Đ15 and Đ24(2)).

    A text of the shortened procedure may be in force already: its days run after that.
    """
    rule = rule_on(level, signed)
    if is_shortened:
        return Deadlines(
            rule.publish_after_if_shortened.added_to(basis_effective, calendar),
            rule.public_after_if_shortened.added_to(signed, calendar),
        )
    return Deadlines(
        rule.publish_before.added_to(basis_effective, calendar, sign=-1),
        rule.public_after.added_to(signed, calendar),
    )
