"""What citizens say afterwards: ratings of a dossier, petitions about it and the answers."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from dossiers.deadlines import local_date
from dossiers.statuses import DossierStatus
from feedback import deadlines, sending
from feedback.holding import SENDER, next_status
from feedback.statuses import Category, PetitionEventKind, PetitionStatus
from organizations.models import User
from tthc_portal.demonstration.desks import Desk
from tthc_portal.demonstration.life import Life, NotYet
from workdays.units import TimeUnit

PETITIONS, PETITIONS_OF_LATE = 0.003, 0.05
_REMARKS = (
    "Cán bộ hướng dẫn rõ ràng, nhanh gọn.",
    "Mong được nhận kết quả trực tuyến để đỡ đi lại.",
    "Chờ lâu hơn ngày hẹn.",
    "Hài lòng với thái độ phục vụ.",
)
_COMPLAINTS = {
    Category.DELAY: (
        "Hồ sơ quá hẹn chưa có kết quả",
        "Tôi đã đến ngày hẹn mà chưa nhận được kết quả.",
    ),
    Category.PAPERS: (
        "Bị yêu cầu thêm giấy tờ",
        "Tôi được yêu cầu nộp giấy tờ không có trong danh mục.",
    ),
    Category.ATTITUDE: ("Thái độ tiếp dân", "Cán bộ hướng dẫn chưa tận tình, phải đi lại hai lần."),
    Category.SYSTEM: (
        "Cổng dịch vụ công báo lỗi",
        "Tôi nộp trực tuyến nhiều lần mà hệ thống báo lỗi.",
    ),
    Category.FEE: (
        "Thắc mắc mức lệ phí",
        "Đề nghị cho biết căn cứ thu lệ phí đối với hồ sơ của tôi.",
    ),
}
_ANSWER = (
    "Cơ quan đã kiểm tra nội dung phản ánh, chấn chỉnh bộ phận liên quan và thông tin đến ông/bà."
)
_REFUSAL = "Nội dung không thuộc phạm vi phản ánh về quy định, thủ tục hành chính."
_MORE = "Đề nghị ông/bà cho biết thời gian và tên bộ phận đã tiếp xúc."
_REWRITE = "Câu trả lời cần nêu rõ biện pháp khắc phục."


def react(life: Life) -> None:
    """Whether a rating is given after the result was returned, and whether somebody complains."""
    random, is_late = life.random, _was_late(life)
    if life.status == DossierStatus.RETURNED and random.random() <= life.desk.is_rated:
        life.rating = rating(
            life.desk, random, returned_at=life.now, until=life.until, is_late=is_late
        )
    if life.accepted_at is not None:
        life.complains = random.random() <= share_of_petitions(is_late=is_late)


def rating(
    desk: Desk, random: Random, *, returned_at: datetime, until: datetime, is_late: bool
) -> dict[str, object] | None:
    """One rating, unless it would be given later; who waited too long is less content."""
    at_counter = random.random() < 0.4
    minutes = random.randrange(1, 9) if at_counter else random.randrange(30, 6000)
    given_at = returned_at + timedelta(minutes=minutes)
    if given_at >= until:
        return None
    level = min(5, max(1, round(random.gauss(3.1 if is_late else 4.45, 0.75))))
    return {
        "satisfaction": level,
        "attitude": min(5, level + random.randrange(2)),
        "timing": max(1, level - random.randrange(2)),
        "remark": random.choice(_REMARKS) if random.random() < 0.08 else "",
        "source": "counter" if at_counter else "link",
        "started_by_id": desk.clerks[0].pk if at_counter else None,
        "given_at": given_at,
    }


def share_of_petitions(*, is_late: bool) -> float:
    """How often somebody complains."""
    return PETITIONS_OF_LATE if is_late else PETITIONS


def _was_late(life: Life) -> bool:
    first = life.first_due_at
    ended = life.columns.get("resolved_at")
    return first is not None and isinstance(ended, datetime) and ended > first


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """About which dossier somebody complains."""

    desk: Desk
    pk: int
    code: str
    # When its history was last at, and how far can be seen.
    since: datetime
    until: datetime
    is_late: bool
    name: object
    phone: object
    address: object
    # The dossier's own chance: a second run with the same seed must not say the same again.
    random: Random


def complaint_of(life: Life) -> Complaint:
    """Somebody complains about this dossier."""
    return Complaint(
        desk=life.desk,
        pk=life.pk,
        code=life.code,
        since=life.now,
        until=life.until,
        is_late=_was_late(life),
        name=life.columns["applicant_name"],
        phone=life.columns["phone"],
        address=life.columns["address"],
        random=Random(life.code),  # noqa: S311 (chance, not secrecy)
    )


@dataclass
class Told:
    """A petition with its events."""

    about: Complaint
    now: datetime
    columns: dict[str, object]
    events: list[dict[str, object]] = field(default_factory=list)
    votes: list[tuple[str, bool, datetime]] = field(default_factory=list)
    status: PetitionStatus | None = None

    def wait(self, hours: float) -> datetime:
        """Let working time pass; NotYet when that leads into the future."""
        limit = Decimal(max(5, int(hours * 60))) / 60
        calendar = self.about.desk.calendar
        moment = calendar.add(start=self.now, limit=limit, unit=TimeUnit.WORKING_HOUR)
        if moment >= self.about.until:
            raise NotYet
        self.now = moment
        return moment

    def record(self, kind: PetitionEventKind, actor: User | None, reason: str = "") -> None:
        """One event, by the table of transitions."""
        before = self.status
        self.status = next_status(kind, before)
        self.events.append(
            {
                "sequence": len(self.events) + 1,
                "kind": kind.value,
                "at": self.now,
                "actor_id": actor.pk if actor else None,
                "actor_name": actor.full_name if actor else SENDER,
                "from_status": before.value if before else "",
                "to_status": self.status.value,
                "reason": reason,
                "data": {},
            }
        )


def petition_about(about: Complaint) -> Told | None:
    """A complaint about this dossier, and how far the office has come with it."""
    random = about.random
    category = Category.DELAY if about.is_late else random.choice(list(_COMPLAINTS))
    sent_at = about.since + timedelta(hours=random.randrange(2, 60))
    if sent_at >= about.until:
        return None
    told = Told(about=about, now=sent_at, columns=_said(about, category, sent_at))
    told.record(PetitionEventKind.SENT, None)
    with suppress(NotYet):
        _deal_with(told)
    return told


def _said(about: Complaint, category: Category, sent_at: datetime) -> dict[str, object]:
    subject, content = _COMPLAINTS[category]
    own = about.random
    key = UUID(int=own.getrandbits(128), version=4)
    drawn = "".join(own.choice(sending.ALPHABET) for _ in range(6))
    terms = deadlines.terms(start=sent_at, calendar=about.desk.calendar)
    return {
        "code": f"PA-{local_date(sent_at):%y%m%d}-{drawn}",
        "submission_key": key,
        "secret_hash": sending.hash_of(sending.secret_for(key)),
        "sender_name": about.name,
        "phone": about.phone,
        "address": about.address,
        "category": category.value,
        "subject": subject,
        "content": content,
        "sent_at": sent_at,
        "refuse_by": terms.refuse_by,
        "ask_by": terms.ask_by,
        "answer_by": terms.answer_by,
        "answer_near_at": terms.answer_near_at,
        "likes": 0,
        "dislikes": 0,
    }


def _deal_with(told: Told) -> None:
    random = told.about.random
    desk = told.about.desk
    officer, head = random.choice(desk.officers), random.choice(desk.heads)
    draw = random.random()
    told.wait(random.uniform(1, 14))
    if draw < 0.08:
        told.columns["refused_at"] = told.now
        told.record(PetitionEventKind.REFUSED, officer, _REFUSAL)
        return
    if draw < 0.14:
        _ask(told, officer)
    told.columns["received_at"] = told.now
    told.record(PetitionEventKind.RECEIVED, officer)
    _answer(told, officer, random.uniform(8, 130))
    if draw > 0.96:
        told.wait(3)
        _send_back(told, head)
        _answer(told, officer, 6)
    told.wait(random.uniform(1, 20))
    told.columns |= {
        "public_subject": told.columns["subject"],
        "public_content": told.columns["content"],
        "published_at": told.now,
    }
    told.record(PetitionEventKind.PUBLISHED, head)
    _vote(told)


def _ask(told: Told, officer: User) -> None:
    calendar = told.about.desk.calendar
    told.columns |= {
        "asked_at": told.now,
        "refuse_by": None,
        "supplement_by": deadlines.after(told.now, deadlines.SUPPLEMENT, calendar),
    }
    told.record(PetitionEventKind.ASKED, officer, _MORE)
    told.wait(told.about.random.uniform(4, 60))
    terms = deadlines.terms(start=told.now, calendar=calendar)
    told.columns |= {
        "supplemented_at": told.now,
        "refuse_by": terms.refuse_by,
        "answer_by": terms.answer_by,
        "answer_near_at": terms.answer_near_at,
    }
    told.record(PetitionEventKind.SUPPLEMENTED, None)
    told.wait(2)


def _answer(told: Told, officer: User, hours: float) -> None:
    told.wait(hours)
    calendar = told.about.desk.calendar
    told.columns |= {
        "answer": _ANSWER,
        "answered_by_id": officer.pk,
        "answered_at": told.now,
        "publish_by": deadlines.after(told.now, deadlines.PUBLISH, calendar),
    }
    told.record(PetitionEventKind.ANSWERED, officer, _ANSWER)


def _send_back(told: Told, head: User) -> None:
    answered_at, by = told.columns["answered_at"], told.columns["answer_by"]
    if isinstance(answered_at, datetime) and isinstance(by, datetime) and answered_at > by:
        # A new round never hides what was late.
        told.columns["late_since"] = by
    told.columns |= {"answered_by_id": None, "answered_at": None, "publish_by": None}
    told.record(PetitionEventKind.SENT_BACK, head, _REWRITE)


def _vote(told: Told) -> None:
    """The public says whether the answer satisfies."""
    for _ in range(told.about.random.choice((0, 0, 1, 1, 2, 4))):
        at = told.now + timedelta(hours=told.about.random.randrange(1, 200))
        if at < told.about.until:
            likes = told.about.random.random() < 0.78
            told.votes.append((f"{told.about.random.getrandbits(256):064x}", likes, at))
            name = "likes" if likes else "dislikes"
            told.columns[name] = int(str(told.columns[name])) + 1
