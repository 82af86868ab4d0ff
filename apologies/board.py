"""Apologies in public (NĐ 61/2018 Đ19(9)): what was posted, and who has not apologised.

Everything shown is kept under a stamp that changes with the last posting, the last withdrawal
and the minute, so a page costs two small reads until something happens. Names of people are
masked before they are kept: no page, feed or cache holds more than the public may read
(TT 01/2018 Đ16, Đ17).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from django.core.cache import cache
from django.db.models import Count, F, Q

from apologies import compliance
from apologies.models import ApologyLetter
from apologies.querysets import LetterQuerySet
from apologies.statuses import LetterStatus
from dossiers.deadlines import HERE, local_date
from dossiers.models import Dossier
from dossiers.naming import masked_name
from dossiers.paging import Cursor
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import ApplicantKind
from organizations.models import Agency

ON_PAGE = 20
IN_FEED = 50
_KEPT_FOR = 120


class Posted(TypedDict):
    """One apology as the public reads it."""

    number: str
    code: str
    applicant: str
    procedure: str
    agency_code: str
    agency: str
    promised_on: date
    new_day: date
    reason: str
    posted_at: datetime


class Owing(TypedDict):
    """An agency with overdue dossiers that nobody apologised for."""

    agency_code: str
    agency: str
    dossiers: int


@dataclass(frozen=True, kw_only=True)
class Board:
    """A page of apologies, the totals, and the agencies that owe one."""

    letters: list[Posted]
    after: str
    this_month: int
    this_year: int
    owing: list[Owing]
    as_of: datetime


def board(*, agency: Agency | None, at: datetime, after: str = "") -> Board:
    """The page behind a cursor, of one agency or of all; CursorRefused for nonsense."""
    cursor = Cursor.read(after) if after else None
    key = f"apology-board:{_stamp(at)}:{agency.pk if agency else 0}:{cursor or ''}"
    kept: Board | None = cache.get(key)
    if kept is None:
        kept = _made(agency, cursor, at)
        cache.set(key, kept, _KEPT_FOR)
    return kept


def latest(*, agency: Agency | None, at: datetime) -> list[Posted]:
    """What the feeds carry, the newest first."""
    key = f"apology-feed:{_stamp(at)}:{agency.pk if agency else 0}"
    kept: list[Posted] | None = cache.get(key)
    if kept is None:
        kept = [_posted(letter) for letter in _newest(posted(agency))[:IN_FEED]]
        cache.set(key, kept, _KEPT_FOR)
    return kept


def posted(agency: Agency | None) -> LetterQuerySet:
    """Letters that the public may read: signed, sent, and not withdrawn."""
    shown: LetterQuerySet = ApologyLetter.objects.signed().filter(posted_at__isnull=False)
    return shown.filter(agency=agency) if agency else shown


def owing(agency: Agency | None, *, at: datetime) -> list[Owing]:
    """Agencies with overdue dossiers without an apology, the most first."""
    late: DossierQuerySet = Dossier.objects.all().overdue(at=at).without_leftovers()
    if agency:
        late = late.filter(agency=agency)
    tallied = (
        compliance.without_apology(late)
        .order_by()
        .values("agency__code", "agency__name", "agency__sort_key")
        .annotate(dossiers=Count("pk"))
        .order_by("-dossiers", "agency__sort_key")
    )
    return [
        Owing(agency_code=row["agency__code"], agency=row["agency__name"], dossiers=row["dossiers"])
        for row in tallied
    ]


def _stamp(at: datetime) -> str:
    """Two index reads: the last posting and the last withdrawal; and the minute."""
    last = ApologyLetter.objects.signed().filter(posted_at__isnull=False).order_by("-posted_at")
    gone = ApologyLetter.objects.filter(status=LetterStatus.WITHDRAWN).order_by("-withdrawn_at")
    moments = (
        last.values_list("posted_at", flat=True).first(),
        gone.values_list("withdrawn_at", flat=True).first(),
    )
    told = [str(moment.timestamp()) if moment else "" for moment in moments]
    return ":".join([*told, f"{at:%Y%m%d%H%M}"])


def _made(agency: Agency | None, cursor: Cursor | None, at: datetime) -> Board:
    shown = posted(agency)
    found = _newest(_behind(shown, cursor))[: ON_PAGE + 1]
    letters = list(found)
    more, letters = len(letters) > ON_PAGE, letters[:ON_PAGE]
    edge = letters[-1] if letters else None
    totals = _totals(shown, at)
    return Board(
        letters=[_posted(letter) for letter in letters],
        after=str(Cursor(edge.posted_at, edge.pk)) if more and edge else "",
        this_month=totals["month"],
        this_year=totals["year"],
        owing=owing(agency, at=at),
        as_of=at,
    )


def _totals(shown: LetterQuerySet, at: datetime) -> dict[str, int]:
    today = local_date(at)
    month = datetime(today.year, today.month, 1, tzinfo=HERE)
    this_year = shown.filter(posted_at__gte=datetime(today.year, 1, 1, tzinfo=HERE))
    return this_year.aggregate(year=Count("pk"), month=Count("pk", filter=Q(posted_at__gte=month)))


def _behind(shown: LetterQuerySet, cursor: Cursor | None) -> LetterQuerySet:
    if cursor is None or cursor.moment is None:
        return shown
    older = Q(posted_at__lt=cursor.moment) | Q(pk__lt=cursor.pk)
    return shown.filter(older, posted_at__lte=cursor.moment)


def _newest(shown: LetterQuerySet) -> Any:
    return shown.select_related("dossier__version", "agency").order_by(
        F("posted_at").desc(), F("pk").desc()
    )


def _posted(letter: ApologyLetter) -> Posted:
    dossier = letter.dossier
    is_person = dossier.applicant_kind == ApplicantKind.PERSON
    assert letter.new_day is not None  # noqa: S101 (the database asks it of a signed letter)
    assert letter.posted_at is not None  # noqa: S101 (only posted ones are read)
    return Posted(
        number=letter.full_number,
        code=dossier.code,
        applicant=masked_name(dossier.applicant_name) if is_person else dossier.applicant_name,
        procedure=dossier.version.name,
        agency_code=letter.agency.code,
        agency=letter.agency.name,
        promised_on=local_date(letter.promised_at),
        new_day=letter.new_day,
        reason=letter.reason,
        posted_at=letter.posted_at,
    )
