"""Grades by people: indices 5 and 6 of a unit have no counts, the province's office grades them."""

from collections import defaultdict
from datetime import datetime

from django.core.exceptions import PermissionDenied

from organizations.models import Agency, User
from organizations.roles import Role
from reporting.duty.scoring import MOST_POINTS, DutyIndex
from reporting.models import DutyGrade
from reporting.periods import ReportPeriod
from reporting.refusals import GradeRefused

GRADED = (DutyIndex.ORGANISATION, DutyIndex.PUBLICATION)


def may_grade(user: User, agency: Agency) -> bool:
    """Whoever watches over the agency, and is not the agency."""
    return agency.pk in user.agency_ids_for(Role.SUPERVISOR)


def require_grader(user: User, agency: Agency) -> None:
    """Raise PermissionDenied for others than the province's office."""
    if not may_grade(user, agency):
        raise PermissionDenied("Chỉ Văn phòng UBND tỉnh mới chấm điểm chỉ số 5 và 6.")


def grade(
    *,
    agency: Agency,
    period: ReportPeriod,
    index: DutyIndex,
    points: int,
    reason: str,
    actor: User,
    at: datetime,
) -> DutyGrade:
    """Chấm điểm chỉ số 5, 6; a later grade replaces an earlier one, and both stay.

    Raises PermissionDenied for others than the province's office, GradeRefused for an index
    that is counted, for points that are none, and without a reason.
    """
    require_grader(actor, agency)
    if index not in GRADED:
        raise GradeRefused("Chỉ số này tính từ số liệu, không chấm tay được.")
    if not 0 <= points <= MOST_POINTS:
        raise GradeRefused("Hãy chấm 0, 1 hoặc 2 điểm.")
    if not reason.strip():
        raise GradeRefused("Hãy ghi rõ căn cứ chấm điểm.")
    made: DutyGrade = DutyGrade.objects.create(
        agency=agency,
        period=period.code,
        index=index,
        points=points,
        reason=reason.strip(),
        graded_by=actor,
        graded_by_name=actor.full_name,
        graded_at=at,
    )
    return made


def latest(period: str, known_at: datetime) -> dict[int, dict[DutyIndex, int]]:
    """The grades in force of each agency, by its id."""
    found: dict[int, dict[DutyIndex, int]] = defaultdict(dict)
    rows = DutyGrade.objects.filter(period=period, graded_at__lt=known_at).order_by("pk")
    for agency_id, index, points in rows.values_list("agency_id", "index", "points"):
        found[agency_id][DutyIndex(index)] = points
    return found


def given(agency: Agency, period: ReportPeriod) -> list[DutyGrade]:
    """Every grade of an agency in a period, the latest first."""
    rows = DutyGrade.objects.filter(agency=agency, period=period.code)
    return list(rows.order_by("-pk"))
