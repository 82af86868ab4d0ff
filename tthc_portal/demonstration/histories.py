"""Dossiers of the demonstration, lived through by the portal's own acts at past moments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from dossiers import deadlines, intake, lifecycle
from dossiers.holding import Target
from dossiers.lifecycle import Handover, Proposal, ResultFacts
from dossiers.models import Dossier
from dossiers.requests import Applicant, FeeFacts, Paper, Request
from dossiers.statuses import ApplicantKind, PaymentMethod, ReturnMethod
from organizations.models import Agency, ServiceCounter, User
from organizations.roles import Role
from procedures.models import Channel, ProcedureAssignment
from procedures.statuses import ChannelKind
from tthc_portal.demonstration.people import believable_name
from workdays.calendar import Calendar
from workdays.loading import calendar_for
from workdays.units import TimeUnit

CHANNELS = (ChannelKind.DIRECT, ChannelKind.DIRECT, ChannelKind.ONLINE, ChannelKind.POSTAL)
# How far a dossier gets, as a share of those that had the time to.
STUCK = 0.12
# Working hours between two acts; the longest outlasts every dossier of the demonstration.
SHORTEST_WAIT, LONGEST_WAIT = Decimal("0.05"), Decimal(500)
MOST_PAPERS = 8
MOST_DAYS = 40
VILLAGES = ("Xóm Sen 2", "Xóm Mậu 1", "Khối 3", "Khối Vinh Tiến", "Bản Phồng", "Xóm Đông Hồ")


@dataclass(frozen=True, kw_only=True)
class Office:
    """An agency with the people who resolve and the counter that receives for it."""

    agency: Agency
    counter: ServiceCounter
    clerks: Sequence[User]
    officers: Sequence[User]
    heads: Sequence[User]
    channels: Sequence[Channel]


def offices() -> list[Office]:
    """The agencies that have officers, each with the counter above or beside it."""
    found = []
    for agency in Agency.objects.filter(memberships__role=Role.OFFICER).distinct().order_by("id"):
        counter = _counter_for(agency)
        found.append(
            Office(
                agency=agency,
                counter=counter,
                clerks=_holders(Role.COUNTER, counter.agency),
                officers=_holders(Role.OFFICER, agency),
                heads=_holders(Role.HEAD, agency),
                channels=_usable_channels(agency),
            )
        )
    return [office for office in found if office.channels]


def live(*, office: Office, accepted_at: datetime, until: datetime, random: Random) -> Dossier:
    """One dossier from its intake on, as far as the time until now lets it come."""
    request = _request(office, random)
    if request.channel == ChannelKind.ONLINE and random.random() < 0.3:
        return intake.submit(request=request, at=accepted_at)
    clerk = random.choice(office.clerks)
    if random.random() < 0.03:
        reason = "Thủ tục không thuộc thẩm quyền giải quyết của cơ quan đã chọn."
        return intake.refuse(request=request, reason=reason, actor=clerk, at=accepted_at)
    dossier = intake.accept(request=request, actor=clerk, at=accepted_at)
    for act, moment in zip(
        _acts(office, dossier, clerk, random), _moments(dossier, random), strict=False
    ):
        if moment >= until:
            break
        act(moment)
    return dossier


def arrivals(*, count: int, until: datetime, random: Random) -> Iterator[datetime]:
    """Moments of the opening hours of the last weeks, in order, denser of late."""
    calendar = calendar_for(Agency.objects.order_by("id").values_list("schedule", flat=True)[0])
    moments: set[datetime] = set()
    while len(moments) < count:
        days = min(random.expovariate(1 / 9), MOST_DAYS)
        moment = until - timedelta(days=days, minutes=random.randrange(600))
        opening = calendar.next_opening(moment)
        if opening == moment:
            moments.add(moment.replace(second=random.randrange(60), microsecond=0))
    return iter(sorted(moments))


def _acts(office: Office, dossier: Dossier, clerk: User, random: Random):  # type: ignore[no-untyped-def]
    target = Target(code=dossier.code)
    officer, head = random.choice(office.officers), random.choice(office.heads)
    yield lambda at: lifecycle.transfer(target=target, actor=clerk, at=at)
    yield lambda at: lifecycle.assign(target=target, officer=officer, actor=head, at=at)
    opinion = Proposal(opinion="Hồ sơ đầy đủ, hợp lệ; đề nghị phê duyệt kết quả.")
    yield lambda at: lifecycle.propose(target=target, proposal=opinion, actor=officer, at=at)
    yield lambda at: lifecycle.approve(
        target=target, result=_result(office, head, at, random), actor=head, at=at
    )
    handover = Handover(recipient_name=dossier.applicant_name, method=ReturnMethod.COUNTER)
    yield lambda at: lifecycle.return_result(target=target, handover=handover, actor=clerk, at=at)


def _moments(dossier: Dossier, random: Random) -> Iterator[datetime]:
    """When each act happens: most within the promise, some so slowly that it runs out."""
    calendar = calendar_for(dossier.agency.schedule_id)
    hours = _promised_hours(dossier, calendar)
    stuck_at = random.randrange(1, 4) if random.random() < STUCK else None
    moment = dossier.accepted_at or dossier.changed_at
    for number, share in enumerate((0.03, 0.1, 0.45, 0.2, 0.6)):
        slow = 30 if number == stuck_at else random.uniform(0.4, 1.1)
        wait = min(max(SHORTEST_WAIT, round(hours * Decimal(share * slow), 2)), LONGEST_WAIT)
        moment = calendar.add(start=moment, limit=wait, unit=TimeUnit.WORKING_HOUR)
        yield moment


def _promised_hours(dossier: Dossier, calendar: Calendar) -> Decimal:
    if dossier.due_at is None or dossier.accepted_at is None:
        return Decimal(40)
    promised = calendar.working_time(dossier.accepted_at, dossier.due_at)
    return max(Decimal(2), Decimal(promised.total_seconds()) / 3600)


def _result(office: Office, head: User, at: datetime, random: Random) -> ResultFacts:
    issued: date = deadlines.local_date(at)
    return ResultFacts(
        number=f"{random.randrange(100, 9999)}/KQ",
        issued_date=issued,
        signer_name=head.full_name,
        signer_title=head.title,
    )


def _request(office: Office, random: Random) -> Request:
    channel = random.choice(office.channels)
    version = channel.version
    papers = version.papers.order_by("position")[:MOST_PAPERS]
    fee = channel.fee_amount or Decimal(0)
    return Request(
        version=version,
        agency=office.agency,
        counter=office.counter,
        channel=ChannelKind(channel.kind),
        case=channel,
        applicant=_applicant(random),
        summary=version.name[:500],
        papers=[
            Paper(
                name=paper.name,
                required_paper_id=paper.pk,
                originals=paper.originals or 0,
                copies=paper.copies or 0,
                is_digitised=random.random() < 0.6,
                is_reused=random.random() < 0.2,
                is_from_store=random.random() < 0.1,
            )
            for paper in papers
        ],
        fee=FeeFacts(amount=fee.to_integral_value(), method=PaymentMethod.CASH) if fee else None,
    )


def _applicant(random: Random) -> Applicant:
    # 040: Nghệ An. The last six digits are chance, and the phones' prefix is not in use.
    number = f"040{random.choice('0123')}{random.randrange(50, 99)}{random.randrange(10**6):06d}"
    return Applicant(
        kind=ApplicantKind.PERSON,
        name=believable_name(random),
        identity_number=number,
        phone=f"0900{random.randrange(10**6):06d}",
        address=f"{random.choice(VILLAGES)}, tỉnh Nghệ An",
    )


def _counter_for(agency: Agency) -> ServiceCounter:
    own = ServiceCounter.objects.filter(agency=agency).first()
    return own or ServiceCounter.objects.get(agency=agency.parent)


def _holders(role: Role, agency: Agency) -> list[User]:
    return list(User.objects.filter(memberships__role=role, memberships__agency=agency))


def _usable_channels(agency: Agency) -> list[Channel]:
    """Channels of the agency's procedures whose time limit can be counted, 2 to 30 days."""
    versions = ProcedureAssignment.objects.filter(agency=agency, is_active=True).values(
        "procedure__current_version"
    )
    return list(
        Channel.objects.filter(
            version__in=versions,
            kind__in=set(CHANNELS),
            time_unit=TimeUnit.WORKING_DAY,
            time_limit__range=(1, 25),
        )
        .select_related("version__procedure")
        .order_by("id")
    )
