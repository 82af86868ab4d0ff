"""What reading yields: plain values, and a finding for everything that could not be read."""

from dataclasses import dataclass, field
from decimal import Decimal

from procedures.statuses import ChannelKind, FindingKind, Part, ProcedureLevel
from workdays.units import TimeUnit

EXCERPT_LENGTH = 300


@dataclass(frozen=True)
class Finding:
    """One thing that was not read, or that somebody should look at."""

    part: Part
    kind: FindingKind
    excerpt: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "excerpt", self.excerpt[:EXCERPT_LENGTH])


@dataclass(frozen=True)
class ChannelFacts:
    """One block of "Cách thức thực hiện"."""

    kind: ChannelKind
    case_text: str = ""
    time_limit: Decimal | None = None
    time_unit: TimeUnit | None = None
    time_text: str = ""
    is_unit_confirmed: bool = False
    fee_amount: Decimal | None = None
    fee_text: str = ""
    description: str = ""


@dataclass(frozen=True)
class PaperFacts:
    """One line of "Thành phần hồ sơ"."""

    name: str
    group: str = ""
    template_name: str = ""
    originals: int | None = None
    copies: int | None = None
    quantity_text: str = ""


@dataclass(frozen=True)
class BasisFacts:
    """One line of "Căn cứ pháp lý"."""

    number: str
    name: str


@dataclass(frozen=True)
class ResultFacts:
    """One line of "Kết quả xử lý"."""

    code: str
    name: str


@dataclass(frozen=True)
class ProcedureFacts:
    """Everything that a version of a procedure says."""

    code: str
    name: str
    field_name: str
    levels: tuple[ProcedureLevel, ...] = ()
    kind: str = ""
    decision_number: str = ""
    subjects: tuple[str, ...] = ()
    deciding_text: str = ""
    implementing_text: str = ""
    coordinating_text: str = ""
    delegated_text: str = ""
    reception_address: str = ""
    process_text: str = ""
    conditions_text: str = ""
    result_text: str = ""
    source_code: str = ""
    source_url: str = ""
    channels: tuple[ChannelFacts, ...] = ()
    papers: tuple[PaperFacts, ...] = ()
    legal_bases: tuple[BasisFacts, ...] = ()
    results: tuple[ResultFacts, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
