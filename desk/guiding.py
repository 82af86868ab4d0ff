"""Guides an applicant at the counter: what is missing, on Mẫu số 02, with no dossier received.

NĐ 61/2018 Đ17 has the counter guide whoever comes with an incomplete dossier, once and in full.
The slip keeps what was typed, so that the intake goes on from there when they come back; a
dossier that comes of it carries the slip's submission key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize
from uuid import UUID

from celery import current_app
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from desk.models import Guidance, GuidanceItem
from desk.models.guidance import MAX_ATTEMPTS
from dossiers.checking import checked_applicant
from dossiers.deadlines import local_date
from dossiers.requests import Applicant
from organizations.models import ServiceCounter, User
from procedures.models import ProcedureVersion

DRAW_GUIDANCE = "desk.tasks.draw_waiting_guidance"
MOST_ITEMS = 40
# Whoever has not come back by then begins anew; no personal data lies about for longer.
KEPT = timedelta(days=180)
BATCH = 500


class GuidanceRefused(ValidationError):
    """The slip cannot be given as asked; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """One paper that the applicant must bring."""

    name: str
    originals: int = 0
    copies: int = 0


@dataclass(frozen=True, kw_only=True)
class Advice:
    """To whom what is said at which counter, and the intake form as it was typed."""

    submission_key: UUID
    counter: ServiceCounter
    version: ProcedureVersion
    applicant: Applicant
    items: Sequence[Lacking]
    content: Mapping[str, str]
    reason: str = ""


@transaction.atomic
def give(*, advice: Advice, actor: User, at: datetime) -> Guidance:
    """Number the slip and order its print; the same form gives the same slip again.

    Raises PermissionDenied for a foreign counter, GuidanceRefused when nothing is named.
    """
    if advice.counter.pk not in {own.pk for own in actor.counters}:
        raise PermissionDenied("Bạn không trực tại bộ phận một cửa này.")
    items = _named(advice.items)
    who = checked_applicant(advice.applicant)
    # The counter's row orders the numbers: no two slips bear one.
    ServiceCounter.objects.select_for_update(of=("self",)).get(pk=advice.counter.pk)
    known = Guidance.objects.filter(submission_key=advice.submission_key).first()
    if known is not None:
        return _own(known, actor)
    year = local_date(at).year
    latest = Guidance.objects.filter(counter=advice.counter, year=year).aggregate(n=Max("number"))
    given = Guidance.objects.create(
        submission_key=advice.submission_key,
        counter=advice.counter,
        version=advice.version,
        year=year,
        number=(latest["n"] or 0) + 1,
        applicant_name=who.name,
        identity_number=who.identity_number or who.tax_code,
        phone=who.phone,
        email=who.email,
        address=who.address[:300],
        content={name: normalize("NFC", text) for name, text in advice.content.items()},
        reason=normalize("NFC", advice.reason).strip(),
        given_by=actor,
        given_at=at,
    )
    GuidanceItem.objects.bulk_create(
        GuidanceItem(guidance=given, position=position, **vars(item))
        for position, item in enumerate(items, start=1)
    )
    # Robust: a broker that is away must not turn a finished act into an error page.
    transaction.on_commit(_wake, robust=True)
    return given


def forget_old(*, at: datetime) -> int:
    """Delete slips that nobody came back with; how many."""
    old = Guidance.objects.filter(given_at__lt=at - KEPT).order_by("given_at")[:BATCH]
    done = 0
    for guidance in old:
        guidance.file.delete(save=False)
        guidance.delete()
        done += 1
    return done


@transaction.atomic
def draw_again(*, guidance: Guidance) -> None:
    """Try anew with a slip that was given up; one that is drawn or still tried stays as it is."""
    given_up = Guidance.objects.filter(
        pk=guidance.pk, rendered_at__isnull=True, attempts__gte=MAX_ATTEMPTS
    )
    if given_up.update(attempts=0):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    current_app.send_task(DRAW_GUIDANCE)


def _named(items: Sequence[Lacking]) -> list[Lacking]:
    named = [
        Lacking(name=" ".join(normalize("NFC", item.name).split())[:500],
                originals=item.originals, copies=item.copies)
        for item in items
        if item.name.strip()
    ]  # fmt: skip
    if not named:
        raise GuidanceRefused("Hãy đánh dấu hoặc ghi ít nhất một giấy tờ còn thiếu.", code="items")
    if len(named) > MOST_ITEMS:
        raise GuidanceRefused(f"Mỗi phiếu ghi nhiều nhất {MOST_ITEMS} giấy tờ.", code="items")
    return named


def _own(known: Guidance, actor: User) -> Guidance:
    if known.given_by_id != actor.pk:
        raise GuidanceRefused(
            "Biểu mẫu này đã được dùng. Hãy mở lại trang tiếp nhận.", code="key_used"
        )
    return known
