"""Seals each finished day of the ledger, and proves that nothing sealed was altered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max, Min

from dossiers import ledger
from dossiers.deadlines import HERE, local_date
from dossiers.models import Dossier, DossierEvent, LedgerSeal
from dossiers.statuses import DossierStatus, EventKind, may_lead

# One sealer at a time: the key of the advisory lock.
_SEALER = 766_001
_CHUNK = 5000
# After a province is drawn there are years of days to seal.
_DAYS_AT_ONCE = 7
_RECORDED = """
    SELECT (recorded_at AT TIME ZONE %s)::date, count(*), string_agg(hash, '' ORDER BY id)
    FROM dossiers_dossierevent WHERE recorded_at >= %s AND recorded_at < %s GROUP BY 1
"""


def seal_until(*, at: datetime) -> int:
    """Seal every day before today that has no seal yet; how many were sealed."""
    sealed = 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALER])
        previous = LedgerSeal.objects.order_by("-day").values_list("digest", flat=True).first()
        unsealed = _unsealed_days(local_date(at))
        while days := list(islice(unsealed, _DAYS_AT_ONCE)):
            seals = list(_seals(days, previous or "", at))
            LedgerSeal.objects.bulk_create(seals)
            previous = seals[-1].digest
            sealed += len(seals)
    return sealed


def _unsealed_days(today: date) -> Iterator[date]:
    latest = LedgerSeal.objects.aggregate(day=Max("day"))["day"]
    if latest is None:
        first = DossierEvent.objects.aggregate(at=Min("recorded_at"))["at"]
        if first is None:
            return
        latest = local_date(first) - timedelta(days=1)
    while (latest := latest + timedelta(days=1)) < today:
        yield latest


def _seals(days: Sequence[date], previous: str, at: datetime) -> Iterator[LedgerSeal]:
    """A seal for each of these consecutive days, each upon the one before."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [HERE.key, _begin(days[0]), _begin(days[-1] + timedelta(days=1))])
        recorded = {day: (count, hashes) for day, count, hashes in cursor.fetchall()}
    for day in days:
        count, hashes = recorded.get(day, (0, ""))
        digest = ledger.day_digest([hashes], previous)
        yield LedgerSeal(
            day=day, event_count=count, previous_digest=previous, digest=digest, sealed_at=at
        )
        previous = digest


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, HERE)


def _hashes_of(day: date) -> Iterator[str]:
    begin = _begin(day)
    events = DossierEvent.objects.filter(
        recorded_at__gte=begin, recorded_at__lt=begin + timedelta(days=1)
    )
    return events.order_by("id").values_list("hash", flat=True).iterator(chunk_size=_CHUNK)


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first link that does not hold."""

    where: str
    sequence: int | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a verification has read, and the first broken link, if any."""

    dossiers: int
    events: int
    seals: int
    broken: Break | None


def verify() -> Verdict:
    """Recompute every hash, every dossier's head and every seal, until the first break."""
    walk = _Walk()
    broken = walk.chains() or _heads_without_events() or walk.seals()
    return Verdict(
        dossiers=walk.dossier_count, events=walk.event_count, seals=walk.seal_count, broken=broken
    )


class _Walk:
    """Counts what it reads on its way through the ledger."""

    def __init__(self) -> None:
        self.dossier_count = self.event_count = self.seal_count = 0

    def chains(self) -> Break | None:
        """Each dossier's events, from the first to the head that the dossier names."""
        previous: DossierEvent | None = None
        events = DossierEvent.objects.in_order().select_related("dossier")
        for event in events.iterator(chunk_size=_CHUNK):
            self.event_count += 1
            is_first = previous is None or previous.dossier_id != event.dossier_id
            if is_first:
                self.dossier_count += 1
            broken = (is_first and _head_mismatch(previous)) or _link(
                event, None if is_first else previous
            )
            if broken:
                return broken
            previous = event
        return _head_mismatch(previous)

    def seals(self) -> Break | None:
        """Each day's digest over the events that the ledger holds for it now."""
        previous = ""
        for seal in LedgerSeal.objects.order_by("day").iterator():
            self.seal_count += 1
            hashes = list(_hashes_of(seal.day))
            digest = ledger.day_digest(hashes, previous)
            if (seal.previous_digest, seal.digest) != (previous, digest):
                why = (
                    f"Niêm phong không khớp: lúc niêm phong có {seal.event_count} sự kiện, "
                    f"nay có {len(hashes)}, hoặc nội dung đã đổi."
                )
                return Break(where=f"ngày {seal.day:%d/%m/%Y}", sequence=None, why=why)
            previous = seal.digest
        return None


def _link(event: DossierEvent, previous: DossierEvent | None) -> Break | None:
    code = event.dossier.code
    checks = (
        (event.sequence == (previous.sequence + 1 if previous else 1), "Thiếu hoặc thừa sự kiện."),
        (
            event.previous_hash == (previous.hash if previous else ""),
            "Mất liên kết với sự kiện trước.",
        ),
        (
            event.from_status == (previous.to_status if previous else ""),
            "Trạng thái trước không khớp.",
        ),
        (_is_allowed(event), "Chuyển trạng thái không có trong quy định."),
        (event.hash == ledger.content_hash(event, code), "Nội dung sự kiện đã bị sửa."),
    )
    for holds, why in checks:
        if not holds:
            return Break(where=f"hồ sơ {code}", sequence=event.sequence, why=why)
    return None


def _is_allowed(event: DossierEvent) -> bool:
    before = DossierStatus(event.from_status) if event.from_status else None
    return may_lead(EventKind(event.kind), before, event.to_status)


def _head_mismatch(last: DossierEvent | None) -> Break | None:
    if last is None:
        return None
    dossier = last.dossier
    head = (dossier.event_count, dossier.last_hash, dossier.status)
    if head == (last.sequence, last.hash, last.to_status):
        return None
    why = "Trạng thái của hồ sơ không khớp sự kiện cuối cùng trong sổ cái."
    return Break(where=f"hồ sơ {dossier.code}", sequence=last.sequence, why=why)


def _heads_without_events() -> Break | None:
    orphan = Dossier.objects.filter(events__isnull=True).order_by("id").first()
    if orphan is None:
        return None
    return Break(where=f"hồ sơ {orphan.code}", sequence=None, why="Hồ sơ không có sự kiện nào.")
