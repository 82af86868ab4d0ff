"""Standing in for a colleague on leave: naming a substitute, and ending it before its day.

The person names their substitute, or the head or the administrator of the agency does. A
substitution begins and ends by itself with its days: nothing has to be done at midnight.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from organizations.models import AdministrationEntry, Agency, Membership, Substitution, User
from organizations.roles import Role
from organizations.statuses import AdministrationSubject

MOST_DAYS = 184
MOST_SHOWN = 100
_NAMING = (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)


class SubstitutionRefused(ValidationError):
    """The substitute cannot be named as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Who is away from where, from the first day to the last one, and who stands in."""

    absent: User
    substitute: User
    agency: Agency
    first_day: date
    last_day: date
    reason: str = ""


def require_naming(user: object) -> User:
    """The person, when they name substitutes at all; anybody else is refused in words."""
    if not isinstance(user, User) or not user.has_role(*_NAMING):
        raise PermissionDenied(
            "Chỉ công chức giải quyết, lãnh đạo và quản trị phân công người xử lý thay."
        )
    return user


def officers_named_by(actor: User) -> QuerySet[Membership]:
    """The posts of officers for which this person may name a substitute: agency and person."""
    answered = {
        pk
        for posting in actor.postings
        if posting.role in {Role.HEAD, Role.ADMINISTRATOR}
        for pk in posting.reach
    }
    officers = Membership.objects.filter(role=Role.OFFICER, user__is_active=True)
    own = officers.filter(user=actor) | officers.filter(agency__in=answered)
    return own.select_related("user", "agency").order_by(
        "agency__sort_key", "user__full_name", "pk"
    )


def shown_to(actor: User, *, on: date) -> QuerySet[Substitution]:
    """What stands on this day or will, as far as the person may see it; the soonest first."""
    standing: QuerySet[Substitution] = Substitution.objects.visible_to(actor).standing(on=on)
    told = standing.select_related("absent", "substitute", "agency", "named_by")
    return told.order_by("first_day", "pk")[:MOST_SHOWN]


@transaction.atomic
def name(*, leave: Leave, actor: User, at: datetime, today: date) -> Substitution:
    """Name the substitute; raises PermissionDenied for somebody else's work, SubstitutionRefused.

    The substitute must be an officer of the same agency: standing in raises nobody's role.
    """
    _require_named_by(actor, leave)
    _check(leave, today)
    # One after the other for each person: two names for one leave would both look free.
    User.objects.select_for_update(of=("self",)).get(pk=leave.absent.pk)
    standing = Substitution(
        absent=leave.absent,
        substitute=leave.substitute,
        agency=leave.agency,
        first_day=leave.first_day,
        last_day=leave.last_day,
        reason=leave.reason.strip()[:200],
        named_by=actor,
        named_at=at,
    )
    standing.validate_constraints()
    standing.save()
    _note(
        leave.absent,
        f"{leave.substitute} xử lý thay tại {leave.agency} từ {leave.first_day:%d/%m/%Y} đến hết "
        f"{leave.last_day:%d/%m/%Y}.",
        actor,
        at,
    )
    return standing


@transaction.atomic
def end(*, pk: int, actor: User, at: datetime, today: date) -> Substitution:
    """End it now; what the substitute did stays done. Ended twice it was ended once.

    Raises Substitution.DoesNotExist when the person may not see it, PermissionDenied when it is
    not theirs to end.
    """
    visible = Substitution.objects.visible_to(actor).select_related("absent", "agency")
    standing: Substitution = visible.select_for_update(of=("self",)).get(pk=pk)
    if not _may_name(actor, standing.absent, standing.agency):
        raise PermissionDenied(
            "Chỉ người nghỉ, lãnh đạo hoặc quản trị của cơ quan mới thôi được phân công này."
        )
    if standing.ended_at is not None:
        return standing
    if standing.last_day < today:
        raise SubstitutionRefused("Phân công này đã hết hạn.", code="over")
    standing.ended_at, standing.ended_by = at, actor
    standing.save(update_fields=["ended_at", "ended_by"])
    _note(standing.absent, f"Thôi phân công {standing.substitute} xử lý thay.", actor, at)
    return standing


def _may_name(actor: User, absent: User, agency: Agency) -> bool:
    return officers_named_by(actor).filter(user=absent, agency=agency).exists()


def _require_named_by(actor: User, leave: Leave) -> None:
    if not _may_name(actor, leave.absent, leave.agency):
        raise PermissionDenied(
            "Chỉ công chức nghỉ, lãnh đạo hoặc quản trị của cơ quan mới phân công được người xử "
            "lý thay."
        )


def _check(leave: Leave, today: date) -> None:
    if leave.first_day < today:
        raise SubstitutionRefused("Ngày đầu không thể trước hôm nay.", code="first_day")
    if leave.last_day < leave.first_day:
        raise SubstitutionRefused("Ngày cuối không thể trước ngày đầu.", code="last_day")
    if leave.last_day - leave.first_day > timedelta(days=MOST_DAYS):
        raise SubstitutionRefused(
            "Không phân công quá sáu tháng. Nghỉ lâu hơn thì lãnh đạo phân công lại hồ sơ.",
            code="last_day",
        )
    if leave.substitute.pk == leave.absent.pk:
        raise SubstitutionRefused("Hãy chọn một người khác.", code="substitute")
    posts = Membership.objects.filter(
        user=leave.substitute, agency=leave.agency, role=Role.OFFICER, user__is_active=True
    )
    if not posts.exists():
        raise SubstitutionRefused(
            f"{leave.substitute} không phải công chức giải quyết của {leave.agency}. "
            "Hãy chọn công chức cùng cơ quan.",
            code="substitute",
        )
    away = Substitution.objects.standing(on=leave.first_day).filter(
        absent=leave.substitute, agency=leave.agency, first_day__lte=leave.last_day
    )
    if away.exists():
        raise SubstitutionRefused(
            f"{leave.substitute} cũng nghỉ trong những ngày đó. Hãy chọn người khác.",
            code="substitute",
        )


def _note(absent: User, sentence: str, actor: User, at: datetime) -> None:
    AdministrationEntry.objects.create(
        subject=AdministrationSubject.USER,
        subject_id=absent.pk,
        sentence=sentence,
        actor=actor,
        made_at=at,
    )
