"""Biên bản bàn giao on paper: what was given, by whom to whom, and what the receiver found."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Sum

from dossiers.clocks import local_date
from dossiers.receipts import balanced, official_day, official_moment, qr_matrix
from liaison.models import HandoverBatch, HandoverItem
from liaison.statuses import HandoverOutcome

# Letters of the giver's name that fit on one line of the head.
_HEAD_WIDTH = 30
_TALLIED = (
    (HandoverOutcome.RECEIVED, "nhận"),
    (HandoverOutcome.MISSING, "thiếu"),
    (HandoverOutcome.EXTRA, "thừa"),
    ("", "chưa xác nhận"),
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One dossier."""

    position: int
    code: str
    applicant: str
    procedure: str
    papers: str
    outcome: str


def values_of(batch: HandoverBatch) -> dict[str, Any]:
    """Everything that the print shows, as the batch stands now."""
    items = list(
        batch.items.select_related("dossier__version", "settled_by")
        .annotate(
            originals=Sum("dossier__papers__originals"), copies=Sum("dossier__papers__copies")
        )
        .order_by("position")
    )
    settled = [item for item in items if item.settled_at]
    last = max(settled, key=lambda item: item.settled_at) if settled else None
    return {
        "batch": batch,
        "body": balanced(batch.origin.name, _HEAD_WIDTH),
        "place_and_day": (
            f"{batch.origin.keeper.place}, {official_day(local_date(batch.given_at))}"
        ),
        "qr": qr_matrix(f"{settings.PUBLIC_URL}{batch.get_absolute_url()}").svg_data_uri(
            border=0, xmldecl=False
        ),
        "given_at": official_moment(batch.given_at),
        "receiver": last.settled_by if last else None,
        "received_at": official_moment(last.settled_at) if last else "",
        "lines": [_line(item) for item in items],
        "tally": tally(items) if settled else "",
    }


def tally(items: list[HandoverItem]) -> str:
    """`nhận 3, thiếu 1 hồ sơ`: how many of each, without the kinds that did not occur."""
    outcomes = [item.outcome for item in items]
    counted = [
        f"{word} {outcomes.count(outcome)}" for outcome, word in _TALLIED if outcome in outcomes
    ]
    return f"{', '.join(counted)} hồ sơ"


def _line(item: Any) -> Line:
    # What lay in the bag besides may be of an agency whose people neither side are.
    is_own = item.outcome != HandoverOutcome.EXTRA
    dossier = item.dossier
    found = item.get_outcome_display() if item.outcome else ""
    return Line(
        position=item.position,
        code=dossier.code,
        applicant=dossier.applicant_name if is_own else "",
        procedure=dossier.version.name if is_own else "",
        papers=f"{dossier.sets} bộ: {item.originals or 0} chính, {item.copies or 0} sao",
        outcome=f"{found}: {item.reason}" if item.reason else found,
    )
