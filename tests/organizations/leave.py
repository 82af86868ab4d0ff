"""A colleague on leave, for the tests of standing in."""

from datetime import timedelta

from django.utils import timezone

from organizations import substituting
from organizations.models import Substitution, User
from organizations.roles import Role
from organizations.substituting import Leave
from tests.conftest import Desk, make_user


def leave_of(desk: Desk, *, substitute: User | None = None, days: int = 3) -> Substitution:
    """The officer is away from today on; the same leave each time for one substitute."""
    colleague = substitute or User.objects.filter(username="phuc").first()
    colleague = colleague or make_user("phuc", "Hồ Hữu Phúc", desk.agency, Role.OFFICER)
    known = Substitution.objects.filter(absent=desk.officer, substitute=colleague).first()
    today = timezone.localdate()
    leave = Leave(
        absent=desk.officer,
        substitute=colleague,
        agency=desk.agency,
        first_day=today,
        last_day=today + timedelta(days=days),
        reason="Nghỉ phép năm",
    )
    return known or substituting.name(
        leave=leave, actor=desk.officer, at=timezone.now(), today=today
    )
