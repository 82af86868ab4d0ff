"""From a figure to what stands behind it: the dossiers, procedures or petitions, as one may see.

`part` chooses the numerator, the denominator, or the rest: what the figure lacks.
"""

from datetime import date, datetime
from functools import lru_cache

from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from feedback.models import Petition
from feedback.querysets import PetitionQuerySet
from organizations.models import Agency, User
from procedures.models import Procedure
from reporting.compiled import Compiled
from reporting.measures import dossiers, petitions, procedures
from reporting.periods import ReportPeriod
from reporting.refusals import UnknownComponent
from reporting.statuses import Part
from reporting.tallies import by_day
from reporting.windows import Window

OF_DOSSIERS = frozenset(dossiers.MEASURES)
OF_PROCEDURES = frozenset(procedures.MEASURES)
OF_PETITIONS = frozenset(petitions.MEASURES)
# Components whose counts can be followed down to their rows.
COUNTED = OF_DOSSIERS | OF_PROCEDURES | OF_PETITIONS
_COMPILED = 128


def dossiers_behind(
    *,
    component: str,
    agency: Agency,
    period: ReportPeriod,
    part: Part,
    user: User,
    at: datetime,
    as_of: date | None = None,
    is_extended: bool = False,
) -> DossierQuerySet:
    """The dossiers of a figure of the agency and all below it that this person may see.

    `is_extended` asks 2.1 by the new day. Raises UnknownComponent for a code that counts none.
    """
    if component not in OF_DOSSIERS:
        raise _counts_none(component, "hồ sơ")
    window = Window.of(period, at=at, as_of=as_of)
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    if not window.has_begun:
        return visible.none()
    ids = _ids(agency)
    counted = _counted(component, part, len(ids), is_extended=is_extended, by_day=by_day())
    if window.end > at:
        return visible.filter(pk__in=counted.within(window, ids))
    # Found first, then put in order: from the newest on, the database would read everything
    # that came after the period.
    return visible.filter(_is_one_of(counted.within(window, ids, array=True)))


def procedures_behind(
    *,
    component: str,
    agency: Agency,
    period: ReportPeriod,
    part: Part,
    at: datetime,
    as_of: date | None = None,
) -> QuerySet[Procedure]:
    """The procedures of a figure, each once; the catalogue is open to everybody."""
    measure = procedures.MEASURES.get(component)
    if measure is None:
        raise _counts_none(component, "thủ tục")
    return measure.of(Window.of(period, at=at, as_of=as_of), _ids(agency), part)


def petitions_behind(
    *,
    component: str,
    agency: Agency,
    period: ReportPeriod,
    part: Part,
    user: User,
    at: datetime,
    as_of: date | None = None,
) -> PetitionQuerySet:
    """The petitions of a figure that this person may see."""
    condition = petitions.MEASURES.get(component)
    if condition is None:
        raise _counts_none(component, "phản ánh, kiến nghị")
    window = Window.of(period, at=at, as_of=as_of)
    sent = petitions.sent(window).filter(agency__in=_ids(agency))
    visible: PetitionQuerySet = Petition.objects.visible_to(user).filter(pk__in=sent.values("pk"))
    if part == Part.DENOMINATOR:
        return visible
    told: PetitionQuerySet = visible.annotate(counts=condition(window))
    return told.filter(counts=part == Part.NUMERATOR)


@lru_cache(maxsize=_COMPILED)
def _counted(
    component: str, part: Part, agencies: int, *, is_extended: bool, by_day: bool
) -> Compiled:
    """The keys of the dossiers of so many agencies; the measure judges as the setting says."""
    measure = dossiers.EXTENDED if is_extended else dossiers.MEASURES[component]
    # The agency is asked where the period is: one index knows both.
    return Compiled(
        lambda window, ids: measure.of(window, part).filter(agency__in=ids).values("pk"),
        agencies=agencies,
    )


def _is_one_of(keys: RawSQL) -> Func:
    """Like `pk__in`, with the keys looked up before anything else is read."""
    asked = (F("pk"), keys)
    whether = BooleanField()
    return Func(*asked, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=whether)


def _ids(agency: Agency) -> list[int]:
    """As numbers: beside a subquery the database would read every agency's dossiers."""
    return list(Agency.objects.within(agency.path or "").values_list("pk", flat=True))


def _counts_none(component: str, what: str) -> UnknownComponent:
    return UnknownComponent(
        f"Chỉ số {component} không đếm {what}: hãy chọn một chỉ số khác trong bảng."
    )
