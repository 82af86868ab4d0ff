"""The digest: one message a person a day of the dossiers that the ladder warned of.

It is written once a day, in one transaction with the mark on the warnings; the outbox's key
keeps a second one away. What the ladder warns of after it waits for the next day's; whoever has
no address reads the page of the ladder.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from apologies import ladder, ladder_steps
from apologies.models import LadderWarning
from apologies.statuses import Rung
from dossiers.deadlines import local_date
from dossiers.models import Dossier
from dossiers.statuses import OPEN_STATUSES
from notifications import outbox
from notifications.outbox import AddressRefused
from notifications.statuses import MessageChannel
from notifications.wording import Text
from organizations.models import Membership, User
from organizations.roles import Role

# A mail names so many dossiers and counts the rest: the page shows them all.
MOST_LINES = 30
# Whoever directs a counter is known by the title; without one all of its staff are told.
_DIRECTS = ("giám đốc", "phó giám đốc", "trưởng")


@dataclass
class _People:
    """Who is reminded for an agency, a counter and the whole of a subtree."""

    heads: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    directors: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    watchers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


@transaction.atomic
def send(*, at: datetime) -> int:
    """Write today's digests; how many messages. Nothing when today's went out before."""
    today = local_date(at)
    if LadderWarning.objects.filter(told_on=today).exists():
        return 0
    warnings = _untold(at)
    if not warnings:
        return 0
    LadderWarning.objects.filter(pk__in=[warning.pk for warning in warnings]).update(told_on=today)
    mine = _by_person([warning for warning in warnings if _still_stands(warning)])
    people = User.objects.filter(pk__in=mine, is_active=True).exclude(email="").order_by("pk")
    return sum(_write(person, mine[person.pk], today, at) for person in people)


def audience(warning: LadderWarning, people: _People) -> set[int]:
    """The ids of those who are told: each rung reaches further up, and leaves nobody out."""
    dossier = warning.dossier
    heads = people.heads[dossier.agency_id]
    told = {dossier.assignee_id} if dossier.assignee_id else set(heads)
    if warning.rung != Rung.OFFICER:
        told |= heads
    if warning.rung in {Rung.CENTRE, Rung.DUE_DAY, Rung.LATE}:
        told |= people.directors[dossier.counter_id]
    if warning.rung == Rung.LATE:
        told |= people.watchers[dossier.agency_id]
    return told


def _untold(at: datetime) -> list[LadderWarning]:
    """Those of agencies that work today, under lock; a beat beside this one takes none."""
    working = [pk for steps in ladder_steps.ladders(at=at) for pk in steps.agency_ids]
    found = LadderWarning.objects.filter(told_on__isnull=True, dossier__agency__in=working)
    return list(
        found.select_related("dossier__version")
        .only(
            *("dossier", "promised_at", "rung", "place"),
            *("dossier__code", "dossier__agency_id", "dossier__counter_id", "dossier__status"),
            *("dossier__assignee_id", "dossier__due_at", "dossier__version__name"),
        )
        .order_by("promised_at", "pk")
        .select_for_update(skip_locked=True, of=("self",))
    )


def _still_stands(warning: LadderWarning) -> bool:
    """The dossier was neither finished, halted nor put off since."""
    dossier: Dossier = warning.dossier
    return dossier.status in OPEN_STATUSES and dossier.due_at == warning.promised_at


def _by_person(warnings: Iterable[LadderWarning]) -> Mapping[int, list[LadderWarning]]:
    people, mine = _people(), defaultdict(list)
    for warning in _latest(warnings):
        for pk in audience(warning, people):
            mine[pk].append(warning)
    return mine


def _latest(warnings: Iterable[LadderWarning]) -> list[LadderWarning]:
    """One line for a dossier: the highest rung that it has reached."""
    highest: dict[int, LadderWarning] = {}
    for warning in warnings:
        known = highest.get(warning.dossier_id)
        if known is None or known.place < warning.place:
            highest[warning.dossier_id] = warning
    return list(highest.values())


def _people() -> _People:
    people, directs = _People(), defaultdict(set)
    for member in Membership.objects.select_related("user").filter(role__in=_ROLES):
        if member.role == Role.HEAD:
            people.heads[member.agency_id].add(member.user_id)
        elif member.counter_id is not None:
            people.directors[member.counter_id].add(member.user_id)
            if member.user.title.lower().startswith(_DIRECTS):
                directs[member.counter_id].add(member.user_id)
    people.directors.update(directs)
    for watcher in User.objects.filter(memberships__role=Role.SUPERVISOR).distinct():
        for agency_id in watcher.agency_ids_for(Role.SUPERVISOR):
            people.watchers[agency_id].add(watcher.pk)
    return people


_ROLES = (Role.HEAD, Role.COUNTER)


def _write(person: User, warnings: list[LadderWarning], today: date, at: datetime) -> int:
    try:
        outbox.enqueue(
            key=f"ladder:{person.pk}:{today.isoformat()}",
            channel=MessageChannel.EMAIL,
            recipient=person.email,
            text=_text(person, warnings, today),
            at=at,
            subject=f"Nhắc việc {today:%d/%m/%Y}",
            at_any_hour=True,
        )
    except AddressRefused:
        # A mistyped address of one must not keep the others waiting; the page shows it all.
        return 0
    return 1


def _text(person: User, warnings: list[LadderWarning], today: date) -> Text:
    """Codes and procedures, never the name of an applicant: mail passes through many hands."""
    title = f"Nhắc việc ngày {today:%d/%m/%Y}: {len(warnings)} hồ sơ cần xử lý"
    link = f"{settings.PUBLIC_URL}{reverse('apologies:ladder')}"
    lines = [
        f"- {warning.dossier.code}: {warning.dossier.version.name}; {ladder.standing(warning)}."
        for warning in warnings[:MOST_LINES]
    ]
    more = len(warnings) - len(lines)
    values = {"person": person, "lines": lines, "more": more, "link": link}
    body = render_to_string("apologies/message/digest.txt", values)
    paragraphs = [" ".join(part.split()) for part in body.strip().split("\n\n")]
    facts = {"title": title, "paragraphs": paragraphs, "link": link}
    html = render_to_string("notifications/email/page.html", facts)
    return Text(title=title, body=body.strip() + "\n", html=html)
