"""What one officer has in hand, how long their steps took, and how their dossiers were rated."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q

from dossiers.models import Dossier
from dossiers.querysets import has_passed, is_near
from feedback.models import Rating
from feedback.statuses import Satisfaction
from organizations.models import Agency, User
from organizations.roles import Role
from reporting import timings
from reporting.asking import Asked
from reporting.duty.results import window_of

_SATISFIED = Satisfaction.SATISFIED
_DISSATISFIED = Satisfaction.DISSATISFIED


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """Đánh giá của người dân about somebody's dossiers, given in the period."""

    number: int
    satisfied: int
    dissatisfied: int
    attitude: float | None
    timing: float | None


def sees_officers(reader: User, agency: Agency) -> bool:
    """What is said of persons is for those who answer for them."""
    return agency.pk in reader.agency_ids_for(Role.HEAD, Role.SUPERVISOR)


def in_hand(person: User, reader: User, asked: Asked) -> dict[str, int]:
    """The person's open dossiers now, those overdue, and those that are near."""
    rows = Dossier.objects.visible_to(reader).open().filter(assignee=person)
    counted: dict[str, int] = rows.aggregate(
        every=Count("pk"),
        overdue=Count("pk", filter=has_passed(asked.at)),
        due_soon=Count("pk", filter=is_near(asked.at)),
    )
    return counted


def steps(person: User, asked: Asked, agencies: frozenset[int] | None) -> timings.Rows:
    """The steps that the person finished in the period, by name: number, late, time."""
    return timings.by_step(window_of(asked), agencies, person=person)


def ratings(person: User, reader: User, asked: Asked) -> Ratings:
    """Only sums: the remarks stand on the page of ratings."""
    window = window_of(asked)
    rows: Any = Rating.objects.visible_to(reader).filter(dossier__assignee=person)
    found = rows.given_between(window.start, min(window.end, window.known_at)).aggregate(
        number=Count("pk"),
        satisfied=Count("pk", filter=Q(satisfaction__gte=_SATISFIED)),
        dissatisfied=Count("pk", filter=Q(satisfaction__lte=_DISSATISFIED)),
        attitude=Avg("attitude"),
        timing=Avg("timing"),
    )
    return Ratings(**found)
