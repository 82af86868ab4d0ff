"""Editing the calendar with its consequences: first shown and undone, then made as events."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dossiers import calendars, recalculation
from dossiers.consequences import Consequences, weigh
from dossiers.deadlines import local_date
from dossiers.models import CalendarEdit, Dossier
from dossiers.recalculation import Cause
from organizations.models import Agency, User
from organizations.roles import Role
from workdays import editing
from workdays.editing import Edit, EditRefused, Grounds
from workdays.models import CalendarStamp, WorkSchedule


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an edit would do, and the state of the calendar that this was said of."""

    sentence: str
    seen: str
    consequences: Consequences


@dataclass(frozen=True, kw_only=True)
class AttachAgency:
    """Chuyển cơ quan sang lịch làm việc khác: here because workdays knows no agency."""

    agency: Agency
    schedule: WorkSchedule

    @property
    def sentence(self) -> str:
        """What changes."""
        return f"{self.agency.name} làm việc theo lịch “{self.schedule}”."

    @property
    def earliest_day(self) -> None:
        """Schedules keep their past in their own dates; the agency only changes the list."""
        return None

    def carry_out(self, grounds: Grounds) -> None:
        """Follow the other schedule."""
        changed = (
            Agency.objects.filter(pk=self.agency.pk)
            .exclude(schedule=self.schedule)
            .update(schedule=self.schedule)
        )
        if not changed:
            raise EditRefused(
                f"{self.agency.name} đã làm việc theo lịch này. Hãy chọn lịch khác.",
                code="already_attached",
            )


def require_administrator(user: User) -> None:
    """Raise PermissionDenied for anyone who does not keep the calendar."""
    if not user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied("Chỉ quản trị hệ thống xem và sửa lịch làm việc.")


def version() -> str:
    """The state of the calendar and of who follows it: any edit in between shows."""
    stamp = CalendarStamp.objects.values_list("version", flat=True).filter(id=1).first()
    latest = CalendarEdit.objects.order_by("-id").values_list("id", flat=True).first()
    return f"{stamp}-{latest or 0}"


def preview(*, edit: Edit, grounds: Grounds, actor: User, at: datetime) -> Preview:
    """Make the edit, look what moves, and undo it; nothing is changed.

    Raises PermissionDenied, or a ValidationError where the edit would be refused.
    """
    require_administrator(actor)
    with transaction.atomic():
        seen, sentence = version(), edit.sentence
        editing.make(edit=edit, grounds=grounds, today=local_date(at))
        found = weigh(
            list(recalculation.shifts()), running=Dossier.objects.all().open().count(), at=at
        )
        transaction.set_rollback(True)
    return Preview(sentence=sentence, seen=seen, consequences=found)


@transaction.atomic
def apply(*, edit: Edit, grounds: Grounds, seen: str, actor: User, at: datetime) -> CalendarEdit:
    """Make the edit, move the promises that follow from it, and keep who did it and why.

    `seen` is the version that the preview was made on: another edit since then is a refusal.
    """
    require_administrator(actor)
    calendars.hold()
    if seen != version():
        raise EditRefused(
            "Lịch vừa được người khác sửa nên phần xem trước không còn đúng. "
            "Hãy xem trước lại rồi áp dụng.",
            code="stale",
        )
    cause = Cause(
        actor=actor,
        at=at,
        sentence=edit.sentence,
        decision=grounds.decision.strip(),
        reason=grounds.reason.strip(),
    )
    editing.make(edit=edit, grounds=grounds, today=local_date(at))
    moved = recalculation.record(changed=list(recalculation.shifts()), cause=cause)
    return CalendarEdit.objects.create(
        sentence=cause.sentence,
        decision=cause.decision,
        reason=cause.reason,
        actor=actor,
        actor_name=actor.full_name,
        moved_count=moved,
        made_at=at,
    )
