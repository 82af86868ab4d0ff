"""Which day each rung of the ladder stands on: the defaults, what an agency set, and today."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from apologies.models import LadderStep
from apologies.statuses import DATED_RUNGS, Rung
from dossiers.deadlines import HERE, local_date
from dossiers.holding import ActRefused
from organizations import administration
from organizations.models import Agency, User
from organizations.roles import Role
from workdays.calendar import BrokenSchedule, Calendar, CalendarGap
from workdays.loading import calendar_for

# Working days before the promised day.
DEFAULT_DAYS: Mapping[Rung, int] = {Rung.OFFICER: 3, Rung.HEAD: 2, Rung.CENTRE: 1}
SHORT: Mapping[Rung, str] = {
    Rung.OFFICER: "công chức",
    Rung.HEAD: "lãnh đạo",
    Rung.CENTRE: "bộ phận một cửa",
}
MOST_DAYS = 30
ONLY_THESE = "Chỉ Văn phòng UBND tỉnh và quản trị hệ thống đặt được bậc thang nhắc việc."
_A_DAY = timedelta(days=1)

Days = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Horizon:
    """Promises before this moment have reached the rung."""

    rung: Rung
    place: int
    before: datetime


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """The agencies that count by the same calendar and the same days, and how far they are."""

    agency_ids: tuple[int, ...]
    calendar: Calendar
    # The highest rung first; the widest horizon last.
    horizons: tuple[Horizon, ...]


def ladders(*, at: datetime) -> Iterator[Ladder]:
    """Every ladder that is climbed today: on a rest day of a schedule nobody is reminded."""
    today = local_date(at)
    for (schedule_id, days), agency_ids in _groups().items():
        try:
            calendar = calendar_for(schedule_id)
            if calendar.is_working_day(today):
                yield Ladder(
                    agency_ids=tuple(agency_ids),
                    calendar=calendar,
                    horizons=_horizons(calendar, days, today),
                )
        except (CalendarGap, BrokenSchedule):
            # The sweep of drafts says so in the log; no day can be counted here.
            continue


def days_of(agency: Agency) -> dict[Rung, int]:
    """The days of one agency, its own before the defaults."""
    own = LadderStep.objects.filter(agency=agency).values_list("rung", "days_before")
    return {**DEFAULT_DAYS, **{Rung(rung): days for rung, days in own}}


@transaction.atomic
def set_days(*, agency: Agency, days: Mapping[Rung, int], actor: User, at: datetime) -> None:
    """Give an agency days of its own, the higher rung nearer to the promise.

    Raises PermissionDenied for all but those who watch over the agency or administer it,
    ActRefused when the days do not descend or are not between 1 and 30.
    """
    if agency.pk not in settable_ids(actor):
        raise PermissionDenied(ONLY_THESE)
    ordered = [days[rung] for rung in DATED_RUNGS]
    if not all(0 < number <= MOST_DAYS for number in ordered):
        raise ActRefused(f"Số ngày phải từ 1 đến {MOST_DAYS}. Hãy nhập lại.", code="days")
    if not ordered[0] > ordered[1] > ordered[2]:
        raise ActRefused(
            "Bậc sau phải gần ngày hẹn hơn bậc trước: công chức trước lãnh đạo, lãnh đạo trước "
            "bộ phận một cửa. Hãy nhập lại.",
            code="days",
        )
    for rung in DATED_RUNGS:
        LadderStep.objects.update_or_create(
            agency=agency,
            rung=rung,
            defaults={"days_before": days[rung], "set_by": actor, "set_at": at},
        )
    told = ", ".join(f"{SHORT[rung]} {days[rung]}" for rung in DATED_RUNGS)
    sentence = f"Bậc thang nhắc việc (ngày làm việc trước ngày hẹn): {told}."
    administration.note(agency, sentence, actor, at)


def settable_ids(user: User) -> frozenset[int]:
    """The agencies for which this person may set the days."""
    watched = frozenset(user.agency_ids_for(Role.SUPERVISOR))
    return watched | administration.administered_ids(user)


def days_of_many(agencies: Iterable[Agency]) -> list[tuple[Agency, dict[Rung, int]]]:
    """The days of each agency, in one query."""
    own: dict[int, dict[Rung, int]] = defaultdict(dict)
    for agency_id, rung, days in LadderStep.objects.values_list("agency_id", "rung", "days_before"):
        own[agency_id][Rung(rung)] = days
    return [(agency, {**DEFAULT_DAYS, **own[agency.pk]}) for agency in agencies]


def _groups() -> dict[tuple[int, Days], list[int]]:
    own: dict[int, dict[str, int]] = defaultdict(dict)
    for agency_id, rung, days in LadderStep.objects.values_list("agency_id", "rung", "days_before"):
        own[agency_id][rung] = days
    groups: dict[tuple[int, Days], list[int]] = defaultdict(list)
    for pk, schedule_id in Agency.objects.order_by("pk").values_list("pk", "schedule_id"):
        its_own = tuple(own[pk].get(rung, DEFAULT_DAYS[rung]) for rung in DATED_RUNGS)
        groups[schedule_id, its_own].append(pk)
    return groups


def _horizons(calendar: Calendar, days: Days, today: date) -> tuple[Horizon, ...]:
    dated = [
        Horizon(
            rung=rung,
            place=-number,
            before=_day_starts(calendar.add_working_days(today, number) + _A_DAY),
        )
        for rung, number in zip(DATED_RUNGS, days, strict=True)
    ]
    return (
        Horizon(rung=Rung.LATE, place=1, before=_day_starts(today)),
        Horizon(rung=Rung.DUE_DAY, place=0, before=_day_starts(today + _A_DAY)),
        *reversed(dated),
    )


def _day_starts(day: date) -> datetime:
    return datetime.combine(day, time.min, HERE)
