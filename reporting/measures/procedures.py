"""Components that count procedures: what an agency offers, and what was used in a period."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.fields import TextField
from django.db.models.lookups import Regex

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from procedures.models import Channel, Procedure
from reporting.measures import dossiers
from reporting.models import OfferedService
from reporting.querysets import OfferedServiceQuerySet
from reporting.statuses import Part
from reporting.windows import Window

# Of whom the catalogue says “Công dân Việt Nam”, “Người nước ngoài”, “Cán bộ, công chức, …”.
PERSONS = (
    "Công dân", "Người ", "Cá nhân", "Cán bộ", "Công chức", "Viên chức", "Đảng viên", "Hộ ",
)  # fmt: skip
_BETWEEN = "\n"


@dataclass(frozen=True)
class Measure:
    """Mẫu số: a condition on what is offered; tử số: on it and on its dossiers of the period."""

    offered: Q
    condition: Callable[[Window], Q]

    def of(self, window: Window, agency_ids: Collection[int], part: Part) -> QuerySet[Procedure]:
        """Procedures, each once however many of the agencies offer it."""
        offered = services(window, agency_ids).filter(self.offered)
        kept = offered.filter(self.condition(window)) if window.has_begun else offered.none()
        every = Procedure.objects.filter(pk__in=offered.values("procedure"))
        counted = Q(pk__in=kept.values("procedure"))
        if not window.has_begun:
            return every.none()
        return {
            Part.DENOMINATOR: every,
            Part.NUMERATOR: every.filter(counted),
            Part.REST: every.exclude(counted),
        }[part]


def services(window: Window, agency_ids: Collection[int]) -> OfferedServiceQuerySet:
    """TTHC thuộc thẩm quyền, as each agency offered them when the window closes."""
    rows = OfferedService.objects.known_at(window.known_at)
    kept: OfferedServiceQuerySet = rows.filter(agency__in=agency_ids)
    return kept


def is_offered_online(window: Window) -> Q:
    """3.1: TTHC with DVC một phần or toàn trình (highest level counts once)."""
    return Q(is_online=True)


def is_used_online(window: Window) -> Q:
    """3.2: DVC having at least one online dossier."""
    return _has(dossiers.received(window).filter(dossiers.is_online(window)))


def is_paid_online(window: Window) -> Q:
    """3.5a: TTHC with a successful online payment."""
    return _has(dossiers.fee_bearing(window).filter(dossiers.is_paid_online(window)))


def uses_population_data(window: Window) -> Q:
    """4.5a: TTHC having a dossier with verified identity, the store's papers or dân cư data."""
    return _has(dossiers.received(window).filter(dossiers.uses_population_data(window)))


def _has(rows: DossierQuerySet) -> Q:
    own = Dossier.objects.filter(
        agency=OuterRef("agency"),
        version__procedure=OuterRef("procedure"),
        pk__in=rows.values("pk"),
    )
    return Q(Exists(own))


def _has_fee() -> Q:
    """TTHC có phí, lệ phí: a channel of the version in force prints an amount above 0."""
    channels = Channel.objects.filter(
        version=OuterRef("procedure__current_version"), fee_amount__gt=0
    )
    return Q(Exists(channels))


def _is_for_persons() -> Q:
    """TTHC whose đối tượng is a person."""
    subjects = Func(
        F("procedure__current_version__subjects"),
        Value(_BETWEEN),
        function="array_to_string",
        output_field=TextField(),
    )
    return Q(Regex(subjects, f"(^|{_BETWEEN})({'|'.join(PERSONS)})"))


MEASURES = {
    "3.1": Measure(Q(), is_offered_online),
    "3.2": Measure(Q(is_online=True), is_used_online),
    "3.5a": Measure(_has_fee(), is_paid_online),
    "4.5a": Measure(_is_for_persons(), uses_population_data),
}
