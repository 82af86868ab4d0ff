"""Component 2.1 with corrections, beside the recorded figure that the score takes (ADR 24).

Only the dossiers with an accepted correction are judged again: what they add to both sides of
the share is the difference between the two figures, for any number of dossiers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Exists, OuterRef

from dossiers.models import Correction
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import MomentKind
from organizations.models import Agency
from reporting.measures import dossiers
from reporting.measures.dossiers import Measure
from reporting.shares import Count
from reporting.statuses import Part
from reporting.windows import Window

COMPONENT = "2.1"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What corrections add to the numerator and the denominator of 2.1, and of how many."""

    numerator: int = 0
    denominator: int = 0
    dossiers: int = 0

    def added_to(self, recorded: Count) -> Count:
        """The figure with corrections."""
        if recorded.numerator is None or recorded.denominator is None:
            return recorded
        return Count(
            numerator=recorded.numerator + self.numerator,
            denominator=recorded.denominator + self.denominator,
        )


def of(window: Window, agency: Agency | None) -> Difference:
    """Of an agency's own dossiers, or of the whole."""
    found = of_each(window)
    return _summed(found.values()) if agency is None else found.get(agency.pk, Difference())


def of_each(window: Window) -> Mapping[int, Difference]:
    """Of each agency that has corrected dossiers in the period, by either end."""
    recorded = _counted(dossiers.MEASURES[COMPONENT], window)
    corrected = _counted(dossiers.CORRECTED, window)
    before, after = recorded[Part.DENOMINATOR], corrected[Part.DENOMINATOR]
    return {
        pk: Difference(
            numerator=corrected[Part.NUMERATOR][pk] - recorded[Part.NUMERATOR][pk],
            denominator=after[pk] - before[pk],
            dossiers=max(before[pk], after[pk]),
        )
        for pk in {*before, *after}
    }


def _counted(measure: Measure, window: Window) -> dict[Part, "Counter[int]"]:
    """Both sides of the share, over the corrected dossiers alone."""
    return {
        part: _by_agency(_corrected(measure.of(window, part), window))
        for part in (Part.NUMERATOR, Part.DENOMINATOR)
    }


def _corrected(rows: DossierQuerySet, window: Window) -> DossierQuerySet:
    known = Correction.objects.accepted().filter(
        dossier=OuterRef("pk"), moment=MomentKind.ENDED, decided_at__lt=window.known_at
    )
    told: DossierQuerySet = rows.filter(Exists(known))
    return told


def _by_agency(rows: DossierQuerySet) -> "Counter[int]":
    counted: Any = rows.order_by().values("agency").annotate(number=CountOf("pk"))
    return Counter({row["agency"]: row["number"] for row in counted})


def _summed(differences: Iterable[Difference]) -> Difference:
    known = list(differences)
    return Difference(
        numerator=sum(one.numerator for one in known),
        denominator=sum(one.denominator for one in known),
        dossiers=sum(one.dossiers for one in known),
    )
