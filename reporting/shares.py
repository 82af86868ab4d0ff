"""What a component of an agency came to: its counts, or the sentence that says why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from organizations.models import Agency
from reporting import scoring
from reporting.scoring import Ratio
from reporting.standing import Standing
from reporting.windows import Window

Numbers = TypeVar("Numbers")
NATIONAL_COUNT = (
    "Chưa có số hồ sơ trên Hệ thống báo cáo quốc gia và Cổng Dịch vụ công quốc gia để so sánh."
)
NOT_RECORDED = "Cổng chưa ghi nhận việc này nên chưa đo được."
OF_THE_PROVINCE = "Đo chung cho cả tỉnh; đơn vị lấy điểm của tỉnh."


@dataclass(frozen=True, kw_only=True)
class Count:
    """Tử số, mẫu số; None where nothing here can be counted, and `note` says why."""

    numerator: int | None
    denominator: int | None
    note: str = ""

    @property
    def ratio(self) -> Ratio:
        """The unrounded share; None when there is none, which scores as 0/0."""
        if self.numerator is None or self.denominator is None:
            return None
        return scoring.ratio(numerator=self.numerator, denominator=self.denominator)

    @property
    def rest(self) -> int | None:
        """What the numerator lacks of the denominator."""
        if self.numerator is None or self.denominator is None:
            return None
        return self.denominator - self.numerator


def unmeasured(note: str) -> Count:
    """Nothing of it can be counted."""
    return Count(numerator=None, denominator=None, note=note)


class OfEach(dict[int | None, Numbers]):
    """By the id of an agency, of the whole under None; `nothing` for those without a row.

    Asking adds nothing, so that what was equal stays equal.
    """

    def __init__(self, rows: Mapping[int | None, Numbers], *, nothing: Numbers) -> None:
        super().__init__(rows)
        self._nothing = nothing

    def __missing__(self, agency_id: int | None) -> Numbers:
        return self._nothing


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Số liệu of one agency: a count for each component code of the indicator set.

    `extended` is component 2.1 with the one new day of a dossier that was put off; the score
    takes the first promise.
    """

    counts: Mapping[str, Count]
    extended: Count


@dataclass(frozen=True, kw_only=True, eq=False)
class AllFigures:
    """Every agency's own figures and those of the whole: one object while the counts are equal."""

    root: Agency
    whole: Figures
    agencies: Mapping[Agency, Figures]


@dataclass(frozen=True, kw_only=True)
class ProvinceFigures:
    """The figures of a whole province as one moment knows them."""

    window: Window
    fresh_at: datetime
    stood: Standing
    figures: AllFigures

    @property
    def root(self) -> Agency:
        """The province itself."""
        return self.figures.root

    @property
    def whole(self) -> Figures:
        """Of the whole province."""
        return self.figures.whole

    @property
    def agencies(self) -> Mapping[Agency, Figures]:
        """Each agency's own."""
        return self.figures.agencies
