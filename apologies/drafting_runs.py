"""Drafts and draws a month's letters of an agency in one batch, each dossier with its outcome.

A worker drafts dossier by dossier, each in a transaction of its own together with its outcome
and the order of its picture; one that dies leaves what it drafted, and the sweep goes on with
the next. The pictures are drawn as every other: by the workers that are free.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from apologies import authorities, drafting, ordering
from apologies.figures import Month
from apologies.models import ApologyLetter, DraftingItem, DraftingRun, LetterPrint
from apologies.statuses import Drafted, LetterStatus
from dossiers.holding import ActRefused
from dossiers.models import Dossier, Reschedule
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import OPEN_STATUSES
from organizations.models import Agency, User
from organizations.roles import Role

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 5000
# A page names so many dossiers, those that a person must look at first.
MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run has come; a letter can be read when its picture stands."""

    total: int
    waiting: int
    drafted: int
    unneeded: int
    failed: int
    drawn: int
    given_up: int
    items: list[DraftingItem]

    @property
    def is_over(self) -> bool:
        """Is nothing left to draft or to draw?"""
        return not self.waiting and self.drawn + self.given_up >= self.drafted


@transaction.atomic
def start(*, agency: Agency, month: date, key: UUID, actor: User, at: datetime) -> DraftingRun:
    """Have the letters of all promises of this month drafted that are broken or about to be.

    The same key finds the first run again. Raises PermissionDenied for all but the agency's
    heads and those who watch over it, ActRefused when there is nothing or too much to draft.
    """
    if not may_start(actor, agency):
        raise PermissionDenied(
            "Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh lập được phiếu theo tháng."
        )
    known = DraftingRun.objects.filter(submission_key=key, asked_by=actor).first()
    if known is not None:
        return known
    found = _to_draft(agency, Month(first=month.replace(day=1)), at)
    wanted = list(found.order_by("due_at", "id").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    _check_size(wanted, month)
    run = DraftingRun.objects.create(
        submission_key=key,
        agency=agency,
        month=month.replace(day=1),
        asked_by=actor,
        asked_at=at,
    )
    DraftingItem.objects.bulk_create(
        DraftingItem(run=run, dossier_id=pk, outcome=Drafted.WAITING) for pk in wanted
    )
    ordering.wake_after_commit(ordering.DRAFT_RUN, run_id=run.pk)
    return run


def may_start(user: User, agency: Agency) -> bool:
    """May the person have an agency's letters drafted?"""
    return authorities.heads(user, agency.pk) or agency.pk in user.agency_ids_for(Role.SUPERVISOR)


def startable_ids(user: User) -> set[int]:
    """The agencies whose letters the person may have drafted."""
    headed = {posting.agency_id for posting in user.postings if posting.role == Role.HEAD}
    return headed | set(user.agency_ids_for(Role.SUPERVISOR))


def visible_to(user: User) -> QuerySet[DraftingRun]:
    """The runs of those agencies."""
    return DraftingRun.objects.filter(agency__in=startable_ids(user))


def advance(*, run_id: int, at: datetime) -> int:
    """Draft what is left of a run; how many dossiers were settled."""
    run = DraftingRun.objects.select_related("agency").get(pk=run_id)
    done = 0
    while _draft_next(run, at):
        done += 1
    if not run.items.filter(outcome=Drafted.WAITING).exists():
        DraftingRun.objects.filter(pk=run.pk, finished_at__isnull=True).update(finished_at=at)
    return done


def advance_unfinished(*, at: datetime) -> int:
    """Go on with the runs that a worker left; how many dossiers were settled."""
    unfinished = DraftingRun.objects.filter(finished_at__isnull=True).order_by("id")
    return sum(advance(run_id=pk, at=at) for pk in unfinished.values_list("pk", flat=True))


def progress(run: DraftingRun) -> Progress:
    """The tallies of a run in one query, the dossiers that a page names in another."""
    prints = LetterPrint.objects.filter(letter=OuterRef("letter"))
    drawn = Exists(prints.filter(drawn_at__isnull=False))
    lost = Exists(prints.filter(drawn_at__isnull=True, attempts__gte=ordering.MAX_ATTEMPTS))
    marked = run.items.annotate(is_drawn=drawn, is_lost=lost)
    tallies = marked.aggregate(
        total=Count("pk"),
        **{kind.value: Count("pk", filter=Q(outcome=kind)) for kind in Drafted},
        drawn=Count("pk", filter=Q(outcome=Drafted.DRAFTED, is_drawn=True)),
        given_up=Count("pk", filter=Q(outcome=Drafted.DRAFTED, is_drawn=False, is_lost=True)),
    )
    named = marked.select_related("dossier", "letter").order_by(F("why_not").desc(), "pk")
    return Progress(items=list(named[:MOST_SHOWN]), **tallies)


def _to_draft(agency: Agency, month: Month, at: datetime) -> DossierQuerySet:
    """Open, promised within the month, broken or about to be, and not put off before."""
    found: DossierQuerySet = Dossier.objects.all().open()
    return found.filter(
        agency=agency,
        due_at__gte=month.begins,
        due_at__lt=min(month.ends, drafting.horizon(agency, at=at)),
        reschedule__isnull=True,
    )


def _check_size(wanted: Sequence[int], month: date) -> None:
    if not wanted:
        raise ActRefused(
            f"Tháng {month:%m/%Y} không có hồ sơ nào quá hạn hoặc sắp đến hạn cần lập phiếu. Hãy "
            "chọn tháng khác.",
            code="nothing_to_draft",
        )
    if len(wanted) > MOST_AT_ONCE:
        raise ActRefused(
            f"Tháng {month:%m/%Y} có hơn {MOST_AT_ONCE} hồ sơ cần lập phiếu. Hãy báo quản trị hệ "
            "thống.",
            code="too_many",
        )


@transaction.atomic
def _draft_next(run: DraftingRun, at: datetime) -> bool:
    """The next dossier that no other worker has in hand; False when there is none."""
    item = (
        run.items.filter(outcome=Drafted.WAITING)
        .order_by("id")
        .select_for_update(skip_locked=True)
        .first()
    )
    if item is None:
        return False
    _settle(item, run, at)
    item.done_at = at
    item.save(update_fields=["letter", "outcome", "why_not", "done_at"])
    return True


def _settle(item: DraftingItem, run: DraftingRun, at: datetime) -> None:
    """Draft, or say why not: what was begun for this dossier alone is taken back."""
    try:
        with transaction.atomic():
            item.letter, item.why_not = _drafted(item, run, at)
        item.outcome = Drafted.UNNEEDED if item.why_not else Drafted.DRAFTED
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the next dossier must be drafted)
        logger.error("Dossier %s not drafted: %s", item.dossier_id, type(error).__name__)
        item.letter, item.outcome = None, Drafted.FAILED
        item.why_not = "Hệ thống gặp lỗi khi lập phiếu này. Hãy báo quản trị hệ thống."


def _drafted(
    item: DraftingItem, run: DraftingRun, at: datetime
) -> tuple[ApologyLetter | None, str]:
    # The dossier first: every other act begins with it.
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=item.dossier_id)
    letter = ApologyLetter.objects.live().filter(dossier=dossier).first()
    if letter is not None and letter.status == LetterStatus.SIGNED:
        return letter, f"Đã có phiếu số {letter.full_number}."
    if dossier.status not in OPEN_STATUSES:
        return None, f"Hồ sơ đang ở trạng thái “{dossier.get_status_display()}”."
    if Reschedule.objects.filter(dossier=dossier).exists():
        return None, "Hồ sơ đã được hẹn lại một lần."
    letter = letter or drafting.draft_one(dossier=dossier, agency=run.agency, at=at)
    ordering.order_preview(letter=letter, at=at)
    return letter, ""
