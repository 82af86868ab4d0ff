"""What an indicator set consists of, once its file has been read and found sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from reporting.refusals import UnknownComponent, UnknownIndicatorSet


class Scoring(models.TextChoices):
    """Cách tính điểm của một chỉ số thành phần."""

    LINEAR = "linear", "Điểm tối đa nhân với tỷ lệ đạt được"
    THRESHOLD = "threshold", "Đạt ngưỡng thì được điểm tối đa, dưới ngưỡng tính theo tỷ lệ"
    SHOWN_ONLY = "shown_only", "Chỉ hiển thị, không tính điểm"


class WhenNothing(models.TextChoices):
    """Điểm khi không phát sinh (0/0, hoặc không có số liệu)."""

    FULL = "full", "Được điểm tối đa"
    ZERO = "zero", "Không có điểm"


class Level(models.TextChoices):
    """Cấp mà chỉ số thành phần được đo."""

    MINISTRY = "ministry", "Bộ, cơ quan ngang bộ"
    PROVINCE = "province", "Ủy ban nhân dân tỉnh"
    DEPARTMENT = "department", "Sở, cơ quan ngang sở"
    COMMUNE = "commune", "Ủy ban nhân dân xã, phường"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """Ngưỡng: the share, above 0 and at most 1, that earns the maximum from this day on."""

    valid_from: date
    share: Decimal


@dataclass(frozen=True, kw_only=True)
class Component:
    """Chỉ số thành phần; `portal_code` is the National Portal's own name for it, if known.

    `levels` is where it is measured; with `is_inherited`, a unit below them takes the points of
    its parent. `numerator` and `denominator` say in Vietnamese what is counted.
    """

    code: str
    portal_code: str
    name: str
    maximum: Decimal
    scoring: Scoring
    thresholds: tuple[Threshold, ...]
    when_nothing: WhenNothing
    is_inherited: bool
    levels: frozenset[Level]
    numerator: str
    denominator: str
    note: str

    @property
    def is_scored(self) -> bool:
        """Whether it earns points, or is only shown."""
        return self.scoring != Scoring.SHOWN_ONLY

    def full_share_on(self, day: date) -> Decimal:
        """The share that earns the maximum on this day; 1 where the points are linear."""
        if self.scoring != Scoring.THRESHOLD:
            return Decimal(1)
        return next(
            threshold.share
            for threshold in reversed(self.thresholds)
            if threshold.valid_from <= day
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """Nhóm chỉ tiêu, as the National Portal displays it."""

    code: str
    name: str
    maximum: Decimal
    legal_group: int
    components: tuple[Component, ...]


@dataclass(frozen=True, kw_only=True)
class LegalGroup:
    """Nhóm chỉ tiêu as the decision numbers it; one of them is displayed as two."""

    number: int
    name: str
    maximum: Decimal


@dataclass(frozen=True, kw_only=True)
class Band:
    """Mức xếp loại: from this total on, up to the next better band."""

    name: str
    minimum: Decimal


@dataclass(frozen=True, kw_only=True)
class IndicatorSet:
    """Bộ chỉ số; bands from the best to the lowest, `in_force_until` the last day, if known."""

    code: str
    name: str
    basis: str
    variant_of: str
    in_force_from: date
    in_force_until: date | None
    groups: tuple[Group, ...]
    legal_groups: tuple[LegalGroup, ...]
    bands: tuple[Band, ...]

    @property
    def components(self) -> Iterator[Component]:
        """Every component in the order of the groups, the shown ones among them."""
        return (component for group in self.groups for component in group.components)

    def is_in_force_on(self, day: date) -> bool:
        """Whether the set governs this day."""
        return self.in_force_from <= day <= (self.in_force_until or date.max)

    def require_begun(self, day: date) -> None:
        """Refuses a day before the set came into force: it has no thresholds for it."""
        if day < self.in_force_from:
            raise UnknownIndicatorSet(
                f"Bộ chỉ số {self.code} có hiệu lực từ ngày {self.in_force_from:%d/%m/%Y}, chưa áp "
                f"dụng cho ngày {day:%d/%m/%Y}: hãy chọn ngày khác hoặc bộ chỉ số khác."
            )

    def scored(self, code: str) -> Component:
        """The component of this code; one that is unknown or only shown is refused."""
        component = next((one for one in self.components if one.code == code), None)
        if component is None:
            known = ", ".join(one.code for one in self.components if one.is_scored)
            raise UnknownComponent(
                f"Bộ chỉ số {self.code} không có mã “{code}”: hãy dùng một trong các mã {known}."
            )
        if not component.is_scored:
            raise UnknownComponent(
                f"Chỉ số {code} ({component.name}) chỉ để hiển thị, không tính điểm: "
                "hãy bỏ chỉ số này khỏi số liệu."
            )
        return component

    def band(self, total: Decimal) -> Band:
        """The band that this total falls into."""
        return next(band for band in self.bands if total >= band.minimum)
