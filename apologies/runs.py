"""Signs many letters by one decision: a row for each, so that every letter has its outcome.

A worker signs letter by letter, each in a transaction of its own together with its outcome; one
that dies leaves what it signed, and the sweep goes on with the next letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q

from apologies import issuing, ordering
from apologies.holding import LetterTarget, required
from apologies.issuing import Grounds
from apologies.models import ApologyLetter, SigningItem, SigningRun
from apologies.statuses import Outcome
from dossiers.holding import ActRefused
from dossiers.statuses import Fault
from organizations.models import User

MOST_AT_ONCE = 300


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run has come; a letter is sent when its PDF stands."""

    total: int
    waiting: int
    signed: int
    refused: int
    sent: int
    items: list[SigningItem]

    @property
    def is_over(self) -> bool:
        """Is nothing left to sign or to draw?"""
        return not self.waiting and self.sent >= self.signed


@transaction.atomic
def start(
    *,
    targets: Sequence[LetterTarget],
    common: Grounds,
    key: UUID,
    actor: User,
    at: datetime,
) -> SigningRun:
    """Decide to sign these drafts; a worker is woken after the commit.

    The same key finds the first run again. Raises ActRefused for none or too many.
    """
    known = SigningRun.objects.filter(submission_key=key, asked_by=actor).first()
    if known is not None:
        return known
    if not targets:
        raise ActRefused("Hãy đánh dấu ít nhất một phiếu để ký.", code="none_marked")
    if len(targets) > MOST_AT_ONCE:
        raise ActRefused(
            f"Mỗi đợt ký tối đa {MOST_AT_ONCE} phiếu. Hãy bỏ bớt rồi ký tiếp đợt sau.",
            code="too_many",
        )
    reason = required(common.reason, issuing.NO_REASON, "reason") if common.reason.strip() else ""
    run = SigningRun.objects.create(
        submission_key=key, asked_by=actor, asked_at=at, reason=reason, fault=common.fault
    )
    SigningItem.objects.bulk_create(_items(run, targets, actor))
    ordering.wake_after_commit(ordering.ADVANCE, run_id=run.pk)
    return run


def advance(*, run_id: int, at: datetime) -> int:
    """Sign what is left of a run; how many letters were decided."""
    run = SigningRun.objects.select_related("asked_by").get(pk=run_id)
    done = 0
    while _sign_next(run, at):
        done += 1
    _finish(run, at)
    return done


def advance_unfinished(*, at: datetime) -> int:
    """Go on with the runs that a worker left; how many letters were decided."""
    unfinished = SigningRun.objects.filter(finished_at__isnull=True).order_by("id")
    return sum(advance(run_id=pk, at=at) for pk in unfinished.values_list("pk", flat=True))


def progress(run: SigningRun) -> Progress:
    """The tallies of a run in one query, its letters in another."""
    tallies = run.items.aggregate(
        total=Count("pk"),
        waiting=Count("pk", filter=Q(outcome=Outcome.WAITING)),
        signed=Count("pk", filter=Q(outcome=Outcome.SIGNED)),
        refused=Count("pk", filter=Q(outcome=Outcome.REFUSED)),
        sent=Count("pk", filter=Q(outcome=Outcome.SIGNED, letter__sent_at__isnull=False)),
    )
    items = run.items.select_related("letter__dossier").order_by("pk")
    return Progress(items=list(items), **tallies)


def _items(run: SigningRun, targets: Sequence[LetterTarget], actor: User) -> list[SigningItem]:
    """A row for each letter that the person may see; others are as if they were not there."""
    wanted = {target.pk: target for target in targets}
    seen = dict(
        ApologyLetter.objects.visible_to(actor)
        .filter(pk__in=wanted)
        .order_by("promised_at", "pk")
        .values_list("pk", "revision")
    )
    return [
        SigningItem(
            run=run,
            letter_id=pk,
            revision=_revision(wanted[pk], now),
            outcome=Outcome.WAITING,
        )
        for pk, now in seen.items()
    ]


def _revision(target: LetterTarget, now: int) -> int:
    return now if target.expected_revision is None else target.expected_revision


@transaction.atomic
def _sign_next(run: SigningRun, at: datetime) -> bool:
    """The next letter that no other worker has in hand; False when there is none."""
    item = (
        run.items.filter(outcome=Outcome.WAITING)
        .order_by("id")
        .select_for_update(skip_locked=True)
        .first()
    )
    if item is None:
        return False
    item.refusal = _refusal(item, run, at)
    item.outcome = Outcome.REFUSED if item.refusal else Outcome.SIGNED
    item.done_at = at
    item.save(update_fields=["refusal", "outcome", "done_at"])
    return True


def _refusal(item: SigningItem, run: SigningRun, at: datetime) -> str:
    """Sign, or say why not: what was begun for this letter alone is taken back."""
    common = Grounds(reason=run.reason, fault=Fault(run.fault)) if run.reason else None
    target = LetterTarget(pk=item.letter_id, expected_revision=item.revision)
    try:
        with transaction.atomic():
            issuing.sign(target=target, actor=run.asked_by, at=at, common=common)
    except ObjectDoesNotExist:
        return "Bạn không còn được xem phiếu này."
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def _finish(run: SigningRun, at: datetime) -> None:
    if not run.items.filter(outcome=Outcome.WAITING).exists():
        SigningRun.objects.filter(pk=run.pk, finished_at__isnull=True).update(finished_at=at)
