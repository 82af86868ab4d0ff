"""Who looks at which dossier: what is new to a reader since, and who else has it open now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F

from desk.models import Look
from dossiers.listed import listed
from dossiers.models import Dossier
from dossiers.statuses import EventKind
from organizations.models import User

# A page says every half minute that it is open; one that is silent for so long is closed.
PRESENT = timedelta(seconds=75)
# Older looks tell nothing of use and would grow with every reader and dossier.
KEPT = timedelta(days=60)
BATCH = 5000


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Somebody else who has the dossier open."""

    name: str
    since: datetime


def look(*, dossier: Dossier, user: User, seen: int, at: datetime) -> None:
    """The person has this much of the dossier's history before their eyes."""
    row = Look(user=user, dossier=dossier, seen=min(seen, dossier.event_count), looked_at=at)
    Look.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["user", "dossier"],
        update_fields=["seen", "looked_at"],
    )


def news(dossier: Any, *, user: User) -> str:
    """What others did since the person looked, as words; of a dossier `listed` for them.

    What one did oneself, and what one never opened, is no news.
    """
    seen: int | None = getattr(dossier, "seen", None)
    if seen is None or seen >= dossier.event_count or dossier.last_actor == user.pk:
        return ""
    return f"Mới: {_word(dossier.last_kind)}"


def changed_for(user: User, *, most: int) -> list[tuple[Dossier, str]]:
    """The dossiers that others moved since the person looked, the latest first, with the words."""
    moved = Dossier.objects.visible_to(user).filter(
        looks__user=user, looks__seen__lt=F("event_count")
    )
    latest = moved.order_by("-changed_at", "-id").values_list("pk", flat=True)[:most]
    dossiers = listed(list(latest), reader=user)
    told = [(dossier, news(dossier, user=user)) for dossier in dossiers]
    return [(dossier, words) for dossier, words in told if words]


def forget_old(*, at: datetime) -> int:
    """Delete looks of long ago; how many."""
    old = Look.objects.filter(looked_at__lt=at - KEPT).values("pk")[:BATCH]
    deleted, _ = Look.objects.filter(pk__in=old).delete()
    return deleted


def arrive(*, dossier: Dossier, user: User, at: datetime) -> None:
    """The person has the dossier open now; known for a short while and to nobody's file."""
    key = _key(dossier)
    here = {pk: facts for pk, facts in (cache.get(key) or {}).items() if at - facts[2] < PRESENT}
    since = here.get(user.pk, ("", at, at))[1]
    here[user.pk] = (user.full_name, since, at)
    cache.set(key, here, PRESENT.total_seconds())


def others(*, dossier: Dossier, user: User, at: datetime) -> list[Reader]:
    """Who else has the dossier open, whoever came first standing first."""
    here = cache.get(_key(dossier)) or {}
    readers = [
        Reader(name=name, since=since)
        for pk, (name, since, seen_at) in here.items()
        if pk != user.pk and at - seen_at < PRESENT
    ]
    return sorted(readers, key=lambda reader: reader.since)


def _key(dossier: Dossier) -> str:
    return f"open-dossier:{dossier.pk}"


def _word(kind: str) -> str:
    label = str(EventKind(kind).label)
    return label[0].lower() + label[1:]
