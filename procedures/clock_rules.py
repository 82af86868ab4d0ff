"""What waiting for a supplement does to the promised day, version by version and day by day."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from organizations.administering import require_administrator
from organizations.models import User
from procedures.models import ClockRule, Procedure, ProcedureVersion
from procedures.statuses import ClockEffect


class ClockRuleRefusal(ValidationError):
    """A rule that may not be written; the code says which condition it breaks."""


def effect_for(version: ProcedureVersion, day: date) -> str | None:
    """A value of `ClockEffect`: what the version's own rule says on this day.

    None: the version has no rule of its own on that day, and the dossier's rule set decides.
    """
    rule = rule_for(version, day)
    return rule.effect if rule else None


def rule_for(version: ProcedureVersion, day: date) -> ClockRule | None:
    """Of the rules that have begun on this day or before it, the one that began latest."""
    begun = version.clock_rules.filter(in_force_from__lte=day)
    return begun.order_by("-in_force_from").first()


@transaction.atomic
def decide(
    *,
    version: ProcedureVersion,
    effect: ClockEffect,
    in_force_from: date,
    basis: str,
    actor: User,
    at: datetime,
) -> ClockRule:
    """Writes a rule that holds from a day on, today at the earliest; former rules stay.

    Dossiers may still run on a version that a newer one replaced: it may get rules too.
    """
    require_administrator(actor)
    # Two administrators at once: the second waits, and sees the rule of the first.
    Procedure.objects.select_for_update().get(pk=version.procedure_id)
    _check(version, in_force_from, basis, timezone.localdate(at))
    return ClockRule.objects.create(
        version=version,
        effect=effect,
        in_force_from=in_force_from,
        basis=basis.strip(),
        decided_by=actor,
        decided_at=at,
    )


def _check(version: ProcedureVersion, day: date, basis: str, today: date) -> None:
    if not basis.strip():
        raise ClockRuleRefusal("Hãy ghi văn bản quy định cách tính này.", code="basis_missing")
    if day < today:
        raise ClockRuleRefusal(
            "Quy tắc chỉ áp dụng từ hôm nay trở đi. Hãy chọn hôm nay hoặc một ngày sau đó.",
            code="in_the_past",
        )
    if version.clock_rules.filter(in_force_from=day).exists():
        raise ClockRuleRefusal(
            "Phiên bản này đã có quy tắc áp dụng từ ngày đó. Hãy chọn ngày khác.",
            code="rule_exists",
        )


def carry_over(*, former: ProcedureVersion, version: ProcedureVersion) -> None:
    """Gives a new version, yet without rules, those of the version that it replaces."""
    ClockRule.objects.bulk_create(
        ClockRule(
            version=version,
            effect=rule.effect,
            in_force_from=rule.in_force_from,
            basis=rule.basis,
            decided_by_id=rule.decided_by_id,
            decided_at=rule.decided_at,
        )
        for rule in former.clock_rules.order_by("in_force_from")
    )
