"""Which paper files are with a place now and since when, and how many are with each place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from dossiers import paging
from dossiers.clocks import HERE
from dossiers.models import Dossier
from dossiers.paging import NEXT_ACT, Order, Page
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import UNFINISHED_STATUSES
from dossiers.worklists import Tab
from liaison.models import PaperFile
from liaison.places import Place
from liaison.whereabouts import ON_PAPER
from organizations.models import User

_SINCE = Order("since")

HELD = Tab(
    key="dang-giu",
    label="Đang giữ",
    order=_SINCE,
    empty="Không có hồ sơ giấy nào đã nhận bàn giao mà còn ở đây.",
)
FOREIGN = Tab(
    key="co-quan-khac",
    label="Của cơ quan khác",
    order=_SINCE,
    empty="Không giữ hồ sơ giấy nào của cơ quan khác để cho ý kiến.",
)
LEAVING = Tab(
    key="dang-chuyen-di",
    label="Đang chuyển đi",
    order=_SINCE,
    empty="Không có hồ sơ giấy nào từ đây đang trên đường.",
)
UNMOVED = Tab(
    key="chua-ban-giao",
    label="Chưa bàn giao từ lúc tiếp nhận",
    order=NEXT_ACT,
    empty="Mọi hồ sơ giấy đang giải quyết đã được bàn giao.",
)
FILED = Tab(
    key="da-ket-thuc",
    label="Hồ sơ đã kết thúc",
    order=_SINCE,
    empty="Không giữ hồ sơ giấy nào của hồ sơ đã kết thúc.",
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One paper file; `url` is empty for whoever may not open the dossier."""

    dossier: Dossier
    since: datetime | None
    url: str
    sentence: str
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Held:
    """How many paper files in work a place has, since when the oldest, how many are leaving."""

    place: Place
    held: int = 0
    leaving: int = 0
    unmoved: int = 0
    oldest: datetime | None = None


def tabs(place: Place) -> tuple[Tab, ...]:
    """The lists of a counter, or of an agency."""
    if place.counter:
        return HELD, UNMOVED, LEAVING, FILED
    return HELD, FOREIGN, LEAVING, FILED


def page(
    place: Place, tab: Tab, *, before_day: date | None = None, after: str, before: str
) -> Page:
    """One page of a list; `before_day` leaves those that came before this day."""
    rows: QuerySet[Any] = _unmoved(place) if tab is UNMOVED else _moved(place, tab)
    if before_day is not None:
        name = "accepted_at" if tab is UNMOVED else "since"
        rows = rows.filter(**{f"{name}__lt": datetime.combine(before_day, time.min, HERE)})
    return paging.page(rows, order=tab.order, after=after, before=before, size=paging.ON_SCREEN)


def _moved(place: Place, tab: Tab) -> QuerySet[PaperFile]:
    own = {"counter": place.counter} if place.counter else {"agency": place.agency}
    found = PaperFile.objects.filter(**own, is_filed=tab is FILED)
    if tab is LEAVING:
        found = found.filter(item__outcome="")
    elif tab is not FILED:
        found = found.exclude(item__outcome="")
    if tab is FOREIGN:
        found = found.exclude(dossier__agency=place.agency)
    sides = ("from_counter", "from_agency", "to_counter", "to_agency")
    batch = (f"item__batch__{side}" for side in sides)
    return found.select_related("counter", "agency", "dossier__agency", "dossier__version", *batch)


def _unmoved(place: Place) -> DossierQuerySet:
    own: DossierQuerySet = _never_given().filter(counter=place.counter)
    return own.select_related("agency", "version")


def _never_given() -> DossierQuerySet:
    """Received with papers that nobody has handed over; the one door is the place itself."""
    found: DossierQuerySet = Dossier.objects.filter(
        ~Exists(PaperFile.objects.filter(dossier=OuterRef("pk"))),
        Exists(ON_PAPER.filter(dossier=OuterRef("pk"))),
        status__in=UNFINISHED_STATUSES,
        accepted_at__isnull=False,
    )
    return found


def rows(found: Page, *, viewer: User, at: datetime) -> list[Row]:
    """The rows of a page, told for this person at this moment."""
    dossiers = [row if isinstance(row, Dossier) else row.dossier for row in found.rows]
    visible = Dossier.objects.visible_to(viewer).filter(pk__in=[each.pk for each in dossiers])
    known = set(visible.values_list("pk", flat=True))
    return [
        _row(row, dossier.get_absolute_url() if dossier.pk in known else "", at)
        for row, dossier in zip(found.rows, dossiers, strict=True)
    ]


def _row(row: PaperFile | Dossier, url: str, at: datetime) -> Row:
    if isinstance(row, Dossier):
        return Row(dossier=row, since=row.accepted_at, url=url, sentence="Từ lúc tiếp nhận.")
    batch, is_leaving = row.item.batch, not row.item.outcome
    cited = f"biên bản số {batch.symbol}"
    if is_leaving:
        sentence = f"Đang chuyển đến {batch.destination.name}, {cited}."
    elif row.holder == batch.origin:
        sentence = f"{batch.destination.name} báo thiếu, phải tìm và giao lại; {cited}."
    else:
        sentence = f"Nhận từ {batch.origin.name}, {cited}."
    is_late = is_leaving and batch.expected_by < at
    return Row(dossier=row.dossier, since=row.since, url=url, sentence=sentence, is_late=is_late)


def overview(places: Sequence[Place]) -> list[Held]:
    """The places that hold papers of dossiers in work, those with the oldest first."""
    moved = {(row["counter"], row["agency"]): row for row in _counted()}
    unmoved = {
        row["counter"]: row
        for row in _never_given()
        .values("counter")
        .annotate(total=Count("pk"), oldest=Min("accepted_at"))
    }
    told = [_held(place, moved, unmoved) for place in places]
    return sorted(
        (each for each in told if each.oldest),
        key=lambda each: (each.oldest, each.place.key),
    )


def _counted() -> Iterable[Mapping[str, Any]]:
    return (
        PaperFile.objects.filter(is_filed=False)
        .values("counter", "agency")
        .annotate(
            total=Count("pk"),
            leaving=Count("pk", filter=Q(item__outcome="")),
            oldest=Min("since"),
        )
    )


def _held(
    place: Place,
    moved: Mapping[tuple[Any, Any], Mapping[str, Any]],
    unmoved: Mapping[Any, Mapping[str, Any]],
) -> Held:
    counter, agency = place.counter, place.agency
    here = moved.get((counter and counter.pk, agency and agency.pk), {})
    never = unmoved.get(counter.pk, {}) if counter else {}
    oldest = [row["oldest"] for row in (here, never) if row.get("oldest")]
    leaving = here.get("leaving", 0)
    return Held(
        place=place,
        held=here.get("total", 0) - leaving,
        leaving=leaving,
        unmoved=never.get("total", 0),
        oldest=min(oldest, default=None),
    )
