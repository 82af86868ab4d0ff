"""Hồ sơ giấy đang ở đâu: in whose hands the papers of a dossier are, at any moment.

Told by the latest item of a batch alone; before the first one the papers are where they were
received. A dossier without a paper has nothing that could be anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from dossiers.models import Dossier, DossierPaper
from dossiers.telling import moment
from liaison.models import HandoverItem
from liaison.places import Place
from liaison.statuses import ARRIVED, HandoverOutcome

# What came on paper, of whichever dossier.
ON_PAPER = DossierPaper.objects.filter(Q(originals__gt=0) | Q(copies__gt=0))


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a paper file is: with a place, on the way, or nowhere because there is none."""

    holder: Place | None
    since: datetime | None
    latest: HandoverItem | None = None

    @property
    def is_on_the_way(self) -> bool:
        """Has it been handed over, and nobody has confirmed it yet?"""
        return self.latest is not None and not self.latest.outcome

    @property
    def exists(self) -> bool:
        """Is there a paper file at all?"""
        return self.holder is not None

    def is_late(self, *, at: datetime) -> bool:
        """On the way for longer than it should take."""
        return self.is_on_the_way and self.latest is not None and self.latest.batch.expected_by < at

    @property
    def sentence(self) -> str:
        """In one sentence, with the number to ask for."""
        if self.holder is None or self.since is None:
            return "Hồ sơ điện tử, không có hồ sơ giấy."
        if self.latest is None:
            return f"Ở {self.holder.name}, từ lúc tiếp nhận {moment(self.since)}."
        batch = self.latest.batch
        cited = f"biên bản số {batch.symbol}"
        if self.is_on_the_way:
            way = batch.get_way_display().lower()
            return (
                f"Trên đường từ {batch.origin.name} đến {batch.destination.name}, "
                f"{way} lúc {moment(batch.given_at)}, {cited}."
            )
        if self.latest.outcome == HandoverOutcome.MISSING:
            return (
                f"{batch.destination.name} báo thiếu lúc {moment(self.since)} ({cited}); "
                f"{self.holder.name} phải tìm và giao lại."
            )
        return f"Ở {self.holder.name}, từ {moment(self.since)}, {cited}."


def of_known(dossier: Dossier, latest: HandoverItem | None) -> Whereabouts:
    """Where the papers of this dossier are, its latest item being at hand."""
    if latest is not None:
        return _moved(latest)
    return _unmoved(dossier, ON_PAPER.filter(dossier=dossier).exists())


def of_many(dossiers: Iterable[Dossier]) -> dict[int, Whereabouts]:
    """The same for many, in two queries; each dossier brings its counter."""
    known = {dossier.pk: dossier for dossier in dossiers}
    latest = _latest(known)
    untouched = [pk for pk in known if pk not in latest]
    with_papers = set(ON_PAPER.filter(dossier__in=untouched).values_list("dossier_id", flat=True))
    return {
        pk: _moved(latest[pk]) if pk in latest else _unmoved(dossier, pk in with_papers)
        for pk, dossier in known.items()
    }


def _latest(dossiers: Iterable[int]) -> dict[int, HandoverItem]:
    """The latest item of each."""
    found = HandoverItem.objects.filter(dossier__in=list(dossiers)).with_places()
    newest = found.order_by("dossier", F("id").desc()).distinct("dossier")
    return {item.dossier_id: item for item in newest}


def _moved(item: HandoverItem) -> Whereabouts:
    batch = item.batch
    holder = batch.destination if item.outcome in ARRIVED else batch.origin
    return Whereabouts(holder=holder, since=item.settled_at or batch.given_at, latest=item)


def _unmoved(dossier: Dossier, has_papers: bool) -> Whereabouts:
    if not has_papers or dossier.accepted_at is None:
        return Whereabouts(holder=None, since=None)
    return Whereabouts(holder=Place(counter=dossier.counter), since=dossier.accepted_at)
