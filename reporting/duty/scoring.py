"""How units and officers resolve dossiers: the nine indices of TT 01/2018/TT-VPCP Đ13–15.

Pure: facts in, points out. Each index gives 0, 1 or 2; those measured dossier by dossier are
averages rounded to one decimal. An index without data is left out of the sum, and the bands
stay where the circular puts them: a score says how many of its indices had data.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from django.db import models

from dossiers.statuses import Timeliness
from reporting.indicator_sets.shapes import Band
from reporting.refusals import ImpossibleCount
from reporting.scoring import Ratio, half_up, ratio

MOST_POINTS = 2


class DutyIndex(models.IntegerChoices):
    """Chỉ số đánh giá việc giải quyết thủ tục hành chính (TT 01/2018 Đ13)."""

    TOTAL_TIME = 1, "Tổng thời gian giải quyết"
    OWN_TIME = 2, "Thời gian thực hiện của cơ quan, đơn vị"
    CONTACTS = 3, "Số lần phải liên hệ để hoàn thiện hồ sơ"
    AGENCIES_CONTACTED = 4, "Số cơ quan, đơn vị phải liên hệ để hoàn thiện hồ sơ"
    ORGANISATION = 5, "Tổ chức tiếp nhận, giải quyết tại Bộ phận Một cửa"
    PUBLICATION = 6, "Công khai thủ tục hành chính"
    ATTITUDE = 7, "Thái độ phục vụ"
    PETITIONS = 8, "Tiếp nhận, xử lý phản ánh, kiến nghị"
    ONLINE = 9, "Cung cấp dịch vụ công trực tuyến"


UNIT_INDICES = tuple(DutyIndex)
OFFICER_INDICES = (
    DutyIndex.TOTAL_TIME,
    DutyIndex.OWN_TIME,
    DutyIndex.CONTACTS,
    DutyIndex.AGENCIES_CONTACTED,
    DutyIndex.ATTITUDE,
)

# TT 01/2018 Đ15: five indices of an officer, at most 10; nine of a unit, at most 18.
OFFICER_BANDS = (
    Band(name="Hoàn thành 100% nhiệm vụ", minimum=Decimal(5)),
    Band(name="Hoàn thành từ 70% đến dưới 100% nhiệm vụ", minimum=Decimal("3.5")),
    Band(name="Hoàn thành dưới 70% nhiệm vụ", minimum=Decimal(0)),
)
UNIT_BANDS = (
    Band(name="Xuất sắc", minimum=Decimal(15)),
    Band(name="Tốt", minimum=Decimal(12)),
    Band(name="Khá", minimum=Decimal(9)),
    Band(name="Trung bình", minimum=Decimal(6)),
    Band(name="Yếu", minimum=Decimal(0)),
)


@dataclass(frozen=True, kw_only=True)
class DossierFacts:
    """What is known of one resolved dossier; None where there is no data.

    `own_time` is the part of the agency or officer who is judged. Contacts are those beyond
    handing in and taking the result. A complaint that was found false is no complaint.
    """

    total_time: Timeliness | None = None
    own_time: Timeliness | None = None
    contacts: int | None = None
    agencies_contacted: int | None = None
    is_complained_of: bool | None = None


@dataclass(frozen=True, kw_only=True)
class OnlineFacts:
    """Ratios of procedures offered online (level 3 and 4) and of dossiers filed so."""

    procedures: Ratio
    dossiers: Ratio
    late_dossiers: int


@dataclass(frozen=True, kw_only=True)
class UnitFacts:
    """What is known of a unit as a whole; None where there is no data.

    Organisation and publication are graded by people, 0 to 2. No petition to answer (0) earns
    full points.
    """

    organisation: int | None = None
    publication: int | None = None
    petitions: int | None = None
    petitions_on_time: int = 0
    online: OnlineFacts | None = None


@dataclass(frozen=True, kw_only=True)
class DutyScore:
    """Điểm và mức đánh giá; `band` is None when no index had data."""

    indices: Mapping[DutyIndex, Decimal]
    left_out: tuple[DutyIndex, ...]
    total: Decimal
    maximum: int
    band: Band | None


# One by one, or how many there are of each kind.
Dossiers = Iterable[DossierFacts] | Mapping[DossierFacts, int]


def score_officer(dossiers: Dossiers) -> DutyScore:
    """Indices 1, 2, 3, 4 and 7 over the dossiers that the officer resolved (Đ14, Đ15)."""
    return _summed(_averages(dossiers), OFFICER_INDICES, OFFICER_BANDS)


def score_unit(dossiers: Dossiers, *, unit: UnitFacts) -> DutyScore:
    """All nine indices over the dossiers that the unit resolved and the unit itself (Đ14, Đ15)."""
    whole = {
        DutyIndex.ORGANISATION: _graded(unit.organisation),
        DutyIndex.PUBLICATION: _graded(unit.publication),
        DutyIndex.PETITIONS: _petitions(unit),
        DutyIndex.ONLINE: _online(unit.online),
    }
    known = {index: Decimal(f"{points}.0") for index, points in whole.items() if points is not None}
    return _summed(_averages(dossiers) | known, UNIT_INDICES, UNIT_BANDS)


def _summed(
    averages: Mapping[DutyIndex, Decimal], wanted: tuple[DutyIndex, ...], bands: tuple[Band, ...]
) -> DutyScore:
    indices = {index: averages[index] for index in wanted if index in averages}
    total = sum(indices.values(), Decimal("0.0"))
    return DutyScore(
        indices=MappingProxyType(indices),
        left_out=tuple(index for index in wanted if index not in indices),
        total=total,
        maximum=MOST_POINTS * len(indices),
        band=next(band for band in bands if total >= band.minimum) if indices else None,
    )


def _averages(dossiers: Dossiers) -> dict[DutyIndex, Decimal]:
    """The average of each index over the dossiers that have data for it, to one decimal."""
    sums = dict.fromkeys(_OF_A_DOSSIER, 0)
    counts = dict.fromkeys(_OF_A_DOSSIER, 0)
    for dossier, number in Counter(dossiers).items():
        for index, points_of in _OF_A_DOSSIER.items():
            points = points_of(dossier)
            if points is not None:
                sums[index] += points * number
                counts[index] += number
    return {
        index: half_up(Fraction(sums[index], counts[index]), places=1)
        for index in _OF_A_DOSSIER
        if counts[index]
    }


# -- The points of one dossier -----------------------------------------------------

# Shorter than the law's time 2, equal 1, longer 0; a dossier without a limit, or one that is
# not resolved yet, says nothing.
_BY_TIME = {Timeliness.EARLY: 2, Timeliness.ON_TIME: 1, Timeliness.LATE: 0}


def _by_time(timeliness: Timeliness | None) -> int | None:
    return None if timeliness is None else _BY_TIME.get(timeliness)


def _by_number(number: int | None) -> int | None:
    """None needed 2, one 1, more 0."""
    if number is None:
        return None
    if number < 0:
        raise ImpossibleCount("Số lần liên hệ không thể âm: hãy kiểm tra lại số liệu.")
    return max(MOST_POINTS - number, 0)


def _attitude(dossier: DossierFacts) -> int | None:
    """A complaint 0; without one early 2, on time 1, and late 0 as in index 1."""
    if dossier.is_complained_of is None:
        return None
    return 0 if dossier.is_complained_of else _by_time(dossier.total_time)


_OF_A_DOSSIER: Mapping[DutyIndex, Callable[[DossierFacts], int | None]] = {
    DutyIndex.TOTAL_TIME: lambda dossier: _by_time(dossier.total_time),
    DutyIndex.OWN_TIME: lambda dossier: _by_time(dossier.own_time),
    DutyIndex.CONTACTS: lambda dossier: _by_number(dossier.contacts),
    # The notes on the circular give no scale for index 4; it is read like index 3.
    DutyIndex.AGENCIES_CONTACTED: lambda dossier: _by_number(dossier.agencies_contacted),
    DutyIndex.ATTITUDE: _attitude,
}


# -- The points of a unit ----------------------------------------------------------


def _graded(points: int | None) -> int | None:
    if points is not None and not 0 <= points <= MOST_POINTS:
        raise ImpossibleCount(f"Điểm chấm {points} không có: hãy chấm 0, 1 hoặc 2 điểm.")
    return points


def _petitions(unit: UnitFacts) -> int | None:
    """All on time or none at all 2, at least 90 % on time 1, else 0."""
    if unit.petitions is None:
        return None
    on_time = ratio(numerator=unit.petitions_on_time, denominator=unit.petitions)
    if on_time is None or on_time == 1:
        return 2
    return int(on_time >= Fraction(90, 100))


def _online(online: OnlineFacts | None) -> int | None:
    """20 % of procedures, 30 % of dossiers and none of them late 2; 15 % of dossiers 1; else 0.

    A unit with more than 30 % that misses another condition is not put below one with 15 %.
    """
    if online is None or online.procedures is None or online.dossiers is None:
        return None
    is_full = online.procedures >= Fraction(20, 100) and online.dossiers >= Fraction(30, 100)
    if is_full and online.late_dossiers == 0:
        return 2
    return int(online.dossiers >= Fraction(15, 100))
