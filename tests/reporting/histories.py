"""Random histories of dossiers, written past the acts: thousands of them in seconds.

A history is what really happened, moment by moment; `known` is what of it was recorded before
a moment. The constraints of the database hold, its triggers sleep.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from hypothesis import strategies as st

from dossiers.models import (
    Attachment,
    Dossier,
    DossierPaper,
    Fee,
    Pause,
    Reschedule,
    Result,
    SupplementRequest,
)
from dossiers.statuses import AttachmentKind, DossierStatus, Fault, PauseKind
from feedback.models import Rating
from procedures.statuses import ClockEffect

# Moments fall from August to November, often on midnights, the 1st and the 15th.
START = datetime.fromisoformat("2026-08-20T00:00:00+07:00")
_FIRST_ID = 900_000


@dataclass(frozen=True, kw_only=True)
class History:
    """One dossier; None where something never happened."""

    number: int
    place: int  # which agency and procedure
    accepted_at: datetime
    first_due_at: datetime | None
    asked: tuple[tuple[datetime, datetime | None], ...] = ()
    put_off: tuple[datetime, datetime] | None = None  # when, and the new day
    ended_at: datetime | None = None
    is_online: bool = False
    fee: int = 0
    paid_online_at: datetime | None = None
    paper: str = ""  # digitised, reused, store or nothing
    is_verified: bool = False
    scanned_at: datetime | None = None
    has_result: bool = False
    synced_at: datetime | None = None
    disliked_at: datetime | None = None

    def known(self, moment: datetime) -> "History | None":
        """The part of it that was recorded before the moment."""
        if self.accepted_at >= moment:
            return None
        changes: dict[str, Any] = {
            name: before(getattr(self, name), moment)
            for name in ("ended_at", "paid_online_at", "scanned_at", "synced_at", "disliked_at")
        }
        asked = tuple((s, before(r, moment)) for s, r in self.asked if s < moment)
        put_off = self.put_off if self.put_off and self.put_off[0] < moment else None
        return replace(self, asked=asked, put_off=put_off, **changes)


def before(fact: datetime | None, moment: datetime) -> datetime | None:
    """The fact if it was recorded before the moment."""
    return fact if fact is not None and fact < moment else None


_GAPS = st.one_of(
    st.integers(0, 40).map(lambda days: timedelta(days=days)),
    st.integers(1, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)),
)
_maybe = st.one_of(st.none(), _GAPS)


@st.composite
def histories(draw: Any) -> History:
    """What may happen to a dossier, in the order in which the acts allow it."""
    now = accepted_at = START + draw(_GAPS)
    promise = draw(_maybe)
    first_due_at = accepted_at + promise + timedelta(minutes=1) if promise is not None else None
    asked: list[tuple[datetime, datetime | None]] = []
    put_off = ended_at = None
    for act in draw(st.lists(st.sampled_from(["ask", "receive", "put off", "end"]), max_size=6)):
        now += draw(_GAPS)
        waits = bool(asked) and asked[-1][1] is None
        if act == "ask" and not waits and len(asked) < 2:
            asked.append((now, None))
        elif act == "receive" and waits:
            asked[-1] = (asked[-1][0], now)
        elif act == "put off" and not waits and put_off is None and first_due_at:
            put_off = (now, max(now, first_due_at) + draw(_GAPS) + timedelta(minutes=1))
        elif act == "end":
            ended_at = now
            break
    later = [
        accepted_at + gap if gap is not None else None for gap in draw(st.tuples(*[_maybe] * 3))
    ]
    disliked = draw(_maybe)
    complained_since = st.sampled_from([accepted_at, ended_at or accepted_at])
    fee = draw(st.sampled_from([0, 0, 20_000]))
    return History(
        number=0,
        place=draw(st.integers(0, 1)),
        accepted_at=accepted_at,
        first_due_at=first_due_at,
        asked=tuple(asked),
        put_off=put_off,
        ended_at=ended_at,
        is_online=draw(st.booleans()),
        fee=fee,
        paid_online_at=later[0],
        paper=draw(st.sampled_from(["", "digitised", "reused", "store"])),
        is_verified=draw(st.booleans()),
        scanned_at=later[1],
        has_result=draw(st.booleans()),
        synced_at=later[2],
        # A petition may come while the dossier is in hand; its row here is a rating's.
        disliked_at=None if disliked is None else draw(complained_since) + disliked,
    )


def many(size: int) -> Any:
    """A list of histories, each with a number of its own."""
    return st.lists(histories(), min_size=size // 3, max_size=size).map(
        lambda drawn: [replace(one, number=number) for number, one in enumerate(drawn)]
    )


def ids(drawn: Sequence[History]) -> list[int]:
    """The keys of their dossiers."""
    return [_FIRST_ID + one.number for one in drawn]


def write(drawn: Sequence[History], places: Sequence[Dossier]) -> None:
    """The rows that the acts would have left, in place of any that stand there."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            for table in _TABLES:
                key = "id" if table == "dossiers_dossier" else "dossier_id"
                cursor.execute(f"DELETE FROM {table} WHERE {key} >= %s", [_FIRST_ID])
            for model, rows in _rows(drawn, places).items():
                model.objects.bulk_create(rows)
        finally:
            cursor.execute("SET session_replication_role = origin")


_TABLES = (
    "feedback_rating",
    "dossiers_result",
    "dossiers_attachment",
    "dossiers_dossierpaper",
    "dossiers_fee",
    "dossiers_reschedule",
    "dossiers_supplementrequest",
    "dossiers_pause",
    "dossiers_dossier",
)


def _rows(drawn: Sequence[History], places: Sequence[Dossier]) -> dict[Any, list[Any]]:
    rows: dict[Any, list[Any]] = {Dossier: []}
    for one in drawn:
        dossier = _dossier(one, places[one.place])
        rows[Dossier].append(dossier)
        for row in _hanging(one, dossier):
            rows.setdefault(type(row), []).append(row)
    return rows


def _dossier(one: History, base: Dossier) -> Dossier:
    facts = {
        field.attname: getattr(base, field.attname)
        for field in Dossier._meta.concrete_fields
        if not field.generated
    }
    limit = {} if one.first_due_at else {"time_limit": None, "time_unit": ""}
    facts |= {
        "id": _FIRST_ID + one.number,
        "code": f"H41.15-980101-{one.number:06d}",
        "submission_key": None,
        "accepted_at": one.accepted_at,
        "first_due_at": one.first_due_at,
        "due_at": one.put_off[1] if one.put_off else one.first_due_at,
        "resolved_at": one.ended_at,
        "status": DossierStatus.RESOLVED if one.ended_at else DossierStatus.PROCESSING,
        "channel": "online" if one.is_online else "direct",
        "is_identity_verified": one.is_verified,
        "synced_at": one.synced_at,
        **limit,
    }
    return Dossier(**facts)


def _hanging(one: History, dossier: Dossier) -> Any:
    key = dossier.pk
    yield DossierPaper(
        dossier=dossier,
        position=1,
        name="Đơn",
        is_digitised=one.paper == "digitised",
        is_reused=one.paper == "reused",
        is_from_store=one.paper == "store",
    )
    method = "national_portal" if one.paid_online_at else ""
    yield Fee(
        dossier=dossier, name="Lệ phí", amount=one.fee, method=method, paid_at=one.paid_online_at
    )
    for number, (asked_at, received_at) in enumerate(one.asked, start=1):
        pause = Pause(
            pk=key * 10 + number,
            dossier=dossier,
            kind=PauseKind.SUPPLEMENT,
            effect=ClockEffect.RESTART,
            started_at=asked_at,
            ended_at=received_at or one.ended_at,
        )
        yield pause
        yield SupplementRequest(
            dossier=dossier,
            number=number,
            pause_id=pause.pk,
            reason="Thiếu giấy tờ",
            asked_by_id=1,
            asked_at=asked_at,
            received_at=received_at,
            received_by_id=1 if received_at else None,
        )
    if one.put_off:
        yield Reschedule(
            dossier=dossier,
            at=one.put_off[0],
            previous_due_at=one.first_due_at,
            new_due_at=one.put_off[1],
            reason="Hồ sơ phức tạp",
            fault=Fault.AGENCY,
            decided_by_id=1,
        )
    if one.scanned_at:
        yield _file(key * 10 + 1, dossier, AttachmentKind.PAPER, one.scanned_at)
    if one.ended_at:
        file = _file(key * 10 + 2, dossier, AttachmentKind.RESULT, one.ended_at)
        yield file
        yield Result(
            dossier=dossier,
            number="1",
            issued_date=one.ended_at.date(),
            signer_name="Hòa",
            signer_title="Giám đốc",
            attachment_id=file.pk if one.has_result else None,
        )
    if one.disliked_at:
        yield Rating(
            dossier=dossier,
            agency_id=dossier.agency_id,
            satisfaction=1,
            source="link",
            given_at=one.disliked_at,
        )


def _file(key: int, dossier: Dossier, kind: AttachmentKind, at: datetime) -> Attachment:
    return Attachment(
        pk=key,
        dossier=dossier,
        kind=kind,
        file="x",
        name="tệp",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        added_at=at,
    )
