"""The scores of units and of their officers in a period, and the dossiers that cost points."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from dossiers.statuses import Timeliness
from organizations.models import Agency, User
from organizations.roles import Role
from reporting import figures
from reporting.asking import Asked
from reporting.duty import facts, grading, scoring
from reporting.duty.facts import NOTHING, Work
from reporting.duty.scoring import DutyIndex, DutyScore, OnlineFacts, UnitFacts
from reporting.shares import Figures
from reporting.sight import Sight
from reporting.windows import Window


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One index as a table shows it; None where it is left out for want of data."""

    index: DutyIndex
    points: Decimal | None


@dataclass(frozen=True, kw_only=True)
class UnitResult:
    """Đánh giá một cơ quan."""

    agency: Agency
    score: DutyScore
    work: Work

    @property
    def cells(self) -> list[Cell]:
        """The nine indices in their order."""
        return cells(self.score, scoring.UNIT_INDICES)


@dataclass(frozen=True, kw_only=True)
class OfficerResult:
    """Đánh giá một công chức."""

    officer: User
    score: DutyScore
    work: Work

    @property
    def cells(self) -> list[Cell]:
        """The five indices in their order."""
        return cells(self.score, scoring.OFFICER_INDICES)


def cells(score: DutyScore, indices: tuple[DutyIndex, ...]) -> list[Cell]:
    """The points of these indices, in their order."""
    return [Cell(index=index, points=score.indices.get(index)) for index in indices]


def units(asked: Asked, sight: Sight) -> list[UnitResult]:
    """Every agency below the province that the reader sees, the most points first."""
    window = window_of(asked)
    province = figures.of_province(period=asked.period, at=asked.at, as_of=asked.as_of)
    work = facts.by_agency(window, sight.shown)
    grades = grading.latest(asked.period.code, window.known_at)
    found = [
        _unit(agency, work.get(agency.pk, NOTHING), counted, grades.get(agency.pk, {}))
        for agency, counted in province.agencies.items()
        if agency.parent_id is not None and sight.covers(agency)
    ]
    return sorted(found, key=lambda unit: (not unit.work.number, -unit.score.total))


def unit(asked: Asked, agency: Agency) -> UnitResult:
    """One agency."""
    alone = Sight(is_whole=False, agencies=frozenset({agency.pk}))
    return units(asked, alone)[0]


def officers(asked: Asked, agency: Agency) -> list[OfficerResult]:
    """Everybody who is an officer of the agency, or resolved a dossier there in the period."""
    work = facts.by_officer(window_of(asked), agency.pk)
    posted = Q(memberships__agency=agency, memberships__role=Role.OFFICER, is_active=True)
    people = (
        User.objects.filter(posted | Q(pk__in=list(work))).distinct().order_by("full_name", "id")
    )
    return [_officer(person, work.get(person.pk, NOTHING)) for person in people]


def officer(asked: Asked, person: User, agencies: Collection[int] | None) -> OfficerResult:
    """One person, over their dossiers at these agencies (None: all)."""
    return _officer(person, facts.of_officer(window_of(asked), person.pk, agencies))


# Which dossiers miss points of an index that is measured dossier by dossier.
_MISSED: Mapping[DutyIndex, Q] = {
    DutyIndex.TOTAL_TIME: Q(total__in=(Timeliness.ON_TIME, Timeliness.LATE)),
    DutyIndex.OWN_TIME: Q(own__in=(Timeliness.ON_TIME, Timeliness.LATE)),
    DutyIndex.CONTACTS: Q(contacts__gt=0),
    DutyIndex.AGENCIES_CONTACTED: Q(contacts__gt=0),
    DutyIndex.ATTITUDE: Q(is_complained_of=True)
    | Q(total__in=(Timeliness.ON_TIME, Timeliness.LATE)),
}
DRILLED = frozenset(_MISSED)


def missing_points(
    *, index: DutyIndex, asked: Asked, reader: User, agency: Agency, officer: User | None
) -> DossierQuerySet:
    """The dossiers that cost points in an index, as the reader may see them."""
    rows = facts.resolved(window_of(asked)).filter(_MISSED[index], agency=agency)
    if officer is not None:
        rows = rows.filter(assignee=officer)
    visible: DossierQuerySet = Dossier.objects.visible_to(reader)
    return visible.filter(pk__in=rows.values("pk"))


def window_of(asked: Asked) -> Window:
    """What may be known for the question."""
    return Window.of(asked.period, at=asked.at, as_of=asked.as_of)


def _unit(
    agency: Agency, work: Work, counted: Figures, grades: Mapping[DutyIndex, int]
) -> UnitResult:
    petitions = counted.counts["5.2"]
    known = UnitFacts(
        organisation=grades.get(DutyIndex.ORGANISATION),
        publication=grades.get(DutyIndex.PUBLICATION),
        petitions=petitions.denominator or 0,
        petitions_on_time=petitions.numerator or 0,
        online=OnlineFacts(
            procedures=counted.counts["3.1"].ratio,
            dossiers=counted.counts["3.3"].ratio,
            late_dossiers=work.late_online,
        ),
    )
    return UnitResult(agency=agency, score=scoring.score_unit(work.dossiers, unit=known), work=work)


def _officer(person: User, work: Work) -> OfficerResult:
    return OfficerResult(officer=person, score=scoring.score_officer(work.dossiers), work=work)
