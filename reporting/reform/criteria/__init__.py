"""The sets of criteria as dated data: one file each, read once and refused when unsound."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from reporting.indicator_sets.shapes import Band
from reporting.indicator_sets.tables import Table
from reporting.refusals import BrokenIndicatorSet, UnknownIndicatorSet

SHIPPED = Path(__file__).parent
WHOLE = Decimal(100)
_NUMBER = int | Decimal


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """Tiêu chí: how many points it can give, and what an agency shows for it."""

    code: str
    name: str
    maximum: Decimal
    evidence: str


@dataclass(frozen=True, kw_only=True)
class Area:
    """Lĩnh vực."""

    code: str
    name: str
    criteria: tuple[Criterion, ...]

    @property
    def maximum(self) -> Decimal:
        """The points of all its criteria."""
        return sum((criterion.maximum for criterion in self.criteria), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class CriteriaSet:
    """Bộ tiêu chí; `unverified` says why its layout is not yet that of the province."""

    code: str
    name: str
    basis: str
    from_year: int
    unverified: str
    bands: tuple[Band, ...]
    areas: tuple[Area, ...]

    @property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its code, in order."""
        return {one.code: one for area in self.areas for one in area.criteria}

    def band_of(self, total: Decimal) -> Band:
        """The band of a total."""
        return next(band for band in self.bands if total >= band.minimum)


@cache
def codes() -> tuple[str, ...]:
    """The codes of all sets, sorted."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def load(code: str) -> CriteriaSet:
    """The set of this code."""
    if code not in codes():
        raise UnknownIndicatorSet(f"Không có bộ tiêu chí “{code}”.")
    return read(SHIPPED / f"{code}.toml")


def of_year(year: int) -> CriteriaSet:
    """The latest set that applies to the year. Raises UnknownIndicatorSet before the first."""
    known = [one for one in map(load, codes()) if one.from_year <= year]
    if not known:
        raise UnknownIndicatorSet(f"Chưa có bộ tiêu chí cải cách hành chính cho năm {year}.")
    return max(known, key=lambda one: one.from_year)


def read(path: Path) -> CriteriaSet:
    """The set that a file describes; BrokenIndicatorSet names what is wrong with it."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenIndicatorSet(f"{path.name}: không đọc được tệp ({error}).") from None
    table = Table(raw, path.name)
    found = CriteriaSet(
        code=table.take("code", str),
        name=table.take("name", str),
        basis=table.take("basis", str),
        from_year=table.take("from_year", int),
        unverified=table.take("unverified", str, ""),
        bands=tuple(_bands(table)),
        areas=tuple(_areas(table)),
    )
    table.finish()
    _check(found, path)
    return found


def _bands(table: Table) -> Iterator[Band]:
    for row in table.tables("bands"):
        yield Band(name=row.take("name", str), minimum=Decimal(row.take("minimum", _NUMBER)))
        row.finish()


def _areas(table: Table) -> Iterator[Area]:
    for row in table.tables("areas"):
        yield Area(
            code=row.take("code", str),
            name=row.take("name", str),
            criteria=tuple(_criteria(row)),
        )
        row.finish()


def _criteria(area: Table) -> Iterator[Criterion]:
    for row in area.tables("criteria"):
        yield Criterion(
            code=row.take("code", str),
            name=row.take("name", str),
            maximum=Decimal(row.take("maximum", _NUMBER)),
            evidence=row.take("evidence", str),
        )
        row.finish()


def _check(found: CriteriaSet, path: Path) -> None:
    twice = [code for code, times in Counter(_all_codes(found)).items() if times > 1]
    whole = sum((area.maximum for area in found.areas), Decimal(0))
    lowest = [band.minimum for band in found.bands]
    problems = {
        f"mã bộ tiêu chí phải là “{path.stem}” như tên tệp": found.code != path.stem,
        f"tiêu chí {', '.join(twice)} có hai lần": bool(twice),
        f"tổng điểm tối đa là {whole}, phải là {WHOLE}": whole != WHOLE,
        "các mức xếp loại phải từ cao xuống thấp, đến 0": lowest != sorted(lowest, reverse=True)
        or not lowest
        or lowest[-1] != 0,
    }
    for problem, is_there in problems.items():
        if is_there:
            raise BrokenIndicatorSet(f"{path.name}: {problem}; hãy sửa tệp bộ tiêu chí.")


def _all_codes(found: CriteriaSet) -> Iterator[str]:
    return (criterion.code for area in found.areas for criterion in area.criteria)
