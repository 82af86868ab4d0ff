"""Component 2.1 with corrections, beside the recorded figure that the score takes (ADR 24).

Only the dossiers with an accepted correction are judged again, from the facts that the tallies
hold of them: what they add to both sides of the share is the difference between the two
figures, for any number of dossiers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import LiteralString

from organizations.models import Agency
from organizations.statements import Statement
from reporting.shares import Count
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
    if not window.has_begun:
        return {}
    rows = _JUDGED.rows(window.start, window.until, window.known_at)
    return {
        pk: Difference(
            numerator=after_on_time - before_on_time,
            denominator=after - before,
            dossiers=max(before, after),
        )
        for pk, before, before_on_time, after, after_on_time in rows
        if before or after
    }


def _late_by(end: LiteralString) -> LiteralString:
    """Was it overdue when it ended, or at the moment of judging while in hand (`measures`)?"""
    return f"""coalesce(overdue_from <= {end} AND {end} < $2, false)
        OR coalesce(overdue_from < $2 AND ({end} IS NULL OR {end} >= $2), false)"""


def _counts_by(end: LiteralString) -> LiteralString:
    """How many are in hand in the period by this end, and how many of them not late."""
    is_in_hand: LiteralString = f"coalesce({end} >= $1, true)"
    return f"""count(*) FILTER (WHERE {is_in_hand}),
    count(*) FILTER (WHERE {is_in_hand} AND NOT ({_late_by(end)}))"""


# A correction decided before the period began tells of ends that lie before it as well.
_JUDGED = Statement(
    "corrected_dossiers",
    ["timestamptz"] * 3,
    f"""
WITH told AS (
    SELECT DISTINCT ON (dossier_id) dossier_id, true_at FROM dossiers_correction
    WHERE status = 'accepted' AND moment = 'ended' AND decided_at >= $1 AND decided_at < $3
    ORDER BY dossier_id, decided_at DESC, id DESC
)
SELECT fact.agency_id, {_counts_by("fact.ended_at")}, {_counts_by("told.true_at")}
FROM told JOIN reporting_tallieddossier AS fact ON fact.dossier_id = told.dossier_id
WHERE fact.accepted_at < $2 GROUP BY fact.agency_id
""",  # noqa: S608 (names of columns from this module)
)


def _summed(differences: Iterable[Difference]) -> Difference:
    known = list(differences)
    return Difference(
        numerator=sum(one.numerator for one in known),
        denominator=sum(one.denominator for one in known),
        dossiers=sum(one.dossiers for one in known),
    )
