"""What a clerk or a citizen enters for one dossier, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from dossiers.files import Upload
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from notifications.statuses import ChannelPreference
from organizations.models import Agency, ServiceCounter
from procedures.models import Channel, ProcedureVersion
from procedures.statuses import ChannelKind


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Chủ hồ sơ, and who came in their place."""

    kind: ApplicantKind
    name: str
    identity_number: str = ""
    tax_code: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    delegate_name: str = ""
    delegate_identity_number: str = ""
    delegate_phone: str = ""
    contact_preference: ChannelPreference = ChannelPreference.ANY
    is_identity_verified: bool = False
    uses_population_data: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One line of the checklist, with its scans."""

    name: str
    required_paper_id: int | None = None
    originals: int = 0
    copies: int = 0
    is_digitised: bool = False
    is_reused: bool = False
    is_from_store: bool = False
    scans: Sequence[Upload] = ()


@dataclass(frozen=True, kw_only=True)
class FeeFacts:
    """Phí, lệ phí; with a method it was paid on the spot."""

    amount: Decimal
    name: str = "Phí, lệ phí giải quyết hồ sơ"
    method: PaymentMethod | None = None


@dataclass(frozen=True, kw_only=True)
class Request:
    """Everything that a clerk or a citizen enters for one dossier."""

    version: ProcedureVersion
    agency: Agency
    counter: ServiceCounter
    channel: ChannelKind
    case: Channel | None
    applicant: Applicant
    summary: str
    sets: int = 1
    return_method: ReturnMethod = ReturnMethod.COUNTER
    return_address: str = ""
    papers: Sequence[Paper] = field(default_factory=tuple)
    fee: FeeFacts | None = None
    submission_key: UUID | None = None
