"""What a component of an agency came to: its counts, or the sentence that says why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from organizations.models import Agency
from reporting import scoring
from reporting.scoring import Ratio
from reporting.standing import Standing
from reporting.windows import Window

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


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Số liệu of one agency: a count for each component code of the indicator set.

    `extended` is component 2.1 with the one new day of a dossier that was put off; the score
    takes the first promise.
    """

    counts: Mapping[str, Count]
    extended: Count


@dataclass(frozen=True, kw_only=True)
class ProvinceFigures:
    """Every agency's own figures and those of the whole, as one moment knows them."""

    window: Window
    fresh_at: datetime
    stood: Standing
    root: Agency
    whole: Figures
    agencies: Mapping[Agency, Figures]
