"""Rules of sector law on supplements, for a part of the procedures: not all clocks run alike."""

from datetime import date, datetime, time
from zlib import crc32

from dossiers.deadlines import HERE
from organizations.models import User
from organizations.roles import Role
from procedures.models import ClockRule, Procedure
from procedures.statuses import ClockEffect

BASIS = "Pháp luật chuyên ngành (minh họa)"
# Of twenty procedures, so many have each effect; the rest keep the rule set's own.
_EFFECTS = (*[ClockEffect.SUBTRACT] * 5, *[ClockEffect.SHIFT] * 3)
_OF = 20


def decide(*, first: date) -> None:
    """Write the rules as if decided on the first day; procedures that have one keep it."""
    administrator = User.objects.filter(memberships__role=Role.ADMINISTRATOR).first()
    if administrator is None:
        return
    free = Procedure.objects.filter(
        current_version__isnull=False, current_version__clock_rules__isnull=True
    )
    ClockRule.objects.bulk_create(
        ClockRule(
            version=procedure.current_version,
            effect=effect,
            in_force_from=first,
            basis=BASIS,
            decided_by=administrator,
            decided_at=datetime.combine(first, time(8), HERE),
        )
        for procedure in free.select_related("current_version").order_by("id")
        if procedure.current_version and (effect := _effect(procedure.code))
    )


def _effect(code: str) -> ClockEffect | None:
    place = crc32(code.encode()) % _OF
    return _EFFECTS[place] if place < len(_EFFECTS) else None
