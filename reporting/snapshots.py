"""Freezes the figures of a closed period as somebody signs them, and compares them later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from dossiers.deadlines import local_date
from organizations.models import Agency, User
from organizations.roles import Role
from reporting import figures, scores
from reporting.models import PeriodSnapshot
from reporting.periods import ReportPeriod
from reporting.refusals import SnapshotRefused
from reporting.scoring import Score
from reporting.shares import Figures, ProvinceFigures


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One figure that is no longer what was frozen; `unit` is an agency's code, or the whole."""

    unit: str
    what: str
    frozen: Any
    now: Any


WHOLE = "toàn tỉnh"


@transaction.atomic
def freeze(
    *, period: ReportPeriod, actor: User, at: datetime, set_code: str = ""
) -> PeriodSnapshot:
    """Keep counts and points of all agencies for a period that is over, as of yesterday.

    Raises PermissionDenied for whoever does not watch over the province, SnapshotRefused
    while the period runs. Freezing again keeps both.
    """
    if not period.is_over(at=at):
        raise SnapshotRefused(
            f"{period.label} chưa kết thúc: hãy chốt số liệu sau ngày {period.last_day:%d/%m/%Y}."
        )
    # The end of a day can be asked again exactly; a moment within it cannot.
    as_of = local_date(at) - timedelta(days=1)
    province = figures.of_province(period=period, at=at, as_of=as_of)
    if province.root.pk not in actor.agency_ids_for(Role.SUPERVISOR):
        raise PermissionDenied("Chỉ Văn phòng UBND tỉnh mới chốt số liệu của kỳ.")
    content = _content(province, set_code) | {"as_of": as_of.isoformat()}
    code = content["indicator_set"]
    former = PeriodSnapshot.objects.filter(
        agency=province.root, period=period.code, indicator_set=code
    )
    return _kept(
        PeriodSnapshot(
            agency=province.root,
            period=period.code,
            indicator_set=code,
            number=former.count() + 1,
            content=content,
            hash=content_hash(content),
            frozen_by=actor,
            frozen_by_name=actor.full_name,
            frozen_at=at,
        )
    )


def is_whole(snapshot: PeriodSnapshot) -> bool:
    """Is the content still what was signed, to the letter?"""
    return snapshot.hash == content_hash(snapshot.content)


def differences(
    snapshot: PeriodSnapshot, *, at: datetime, as_then: bool = False
) -> list[Difference]:
    """What the same period comes to with all that is known now.

    With `as_then`, with what was known when it was frozen: anything found is a fact that was
    rewritten.
    """
    period = ReportPeriod.parse(snapshot.period)
    as_of = date.fromisoformat(snapshot.content["as_of"]) if as_then else None
    province = figures.of_province(period=period, at=at, as_of=as_of)
    now = _content(province, snapshot.indicator_set)
    units: dict[str, Any] = snapshot.content["units"]
    every = sorted({*units, *now["units"]})
    return [
        difference
        for unit in every
        for difference in _between(unit, units.get(unit, {}), now["units"].get(unit, {}))
    ]


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content in one canonical form."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _kept(snapshot: PeriodSnapshot) -> PeriodSnapshot:
    try:
        with transaction.atomic():
            snapshot.save(force_insert=True)
    except IntegrityError:
        raise SnapshotRefused(
            "Kỳ này vừa được người khác chốt. Hãy tải lại trang rồi xem số liệu đã chốt."
        ) from None
    return snapshot


def _between(unit: str, frozen: Mapping[str, Any], now: Mapping[str, Any]) -> list[Difference]:
    return [
        Difference(unit=unit, what=what, frozen=frozen.get(what), now=now.get(what))
        for what in sorted({*frozen, *now})
        if frozen.get(what) != now.get(what)
    ]


def _content(province: ProvinceFigures, set_code: str) -> dict[str, Any]:
    scored = scores.of_province(province, set_code=set_code)
    units = {WHOLE: _unit(province.whole, scored.whole)}
    for agency, score in scored.agencies.items():
        units[agency.code] = _unit(province.agencies[agency], score)
    return {
        "period": province.window.period.code,
        "indicator_set": scored.indicator_set.code,
        "units": units,
    }


def _unit(own: Figures, score: Score) -> dict[str, Any]:
    """Flat, so that two of them can be compared word by word."""
    counts = {
        f"{code} đếm": [count.numerator, count.denominator] for code, count in own.counts.items()
    }
    extended = [own.extended.numerator, own.extended.denominator]
    points = {f"{code} điểm": str(value) for code, value in score.components.items()}
    groups = {f"{code} nhóm": str(value) for code, value in score.groups.items()}
    whole = {"tổng điểm": str(score.total), "xếp loại": score.band.name}
    return {**counts, "2.1 đếm sau hẹn lại": extended, **points, **groups, **whole}


def latest(*, period: ReportPeriod, agency: Agency) -> PeriodSnapshot | None:
    """The last freezing of a period, by any indicator set."""
    rows = PeriodSnapshot.objects.filter(agency=agency, period=period.code)
    return rows.order_by("-frozen_at", "-id").first()
