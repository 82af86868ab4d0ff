"""What happens to a dossier beside the straight way: halts, stops, withdrawals, apologies."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from dossiers.deadlines import HERE, NewDay, local_date
from dossiers.rules import RuleSet
from dossiers.statuses import OPEN_STATUSES, EventKind, Fault, PauseKind
from organizations.models import User
from procedures.statuses import ClockEffect
from tthc_portal.demonstration.cases import Case
from tthc_portal.demonstration.fates import PAYS, STOPPED, SUPPLEMENTED
from tthc_portal.demonstration.life import Life

_PUT_OFF = 0.75  # of the late dossiers' new days, those that are kept
# Of a procedure whose papers the catalogue does not name.
_MISSING = (
    "Tờ khai theo mẫu, ghi đủ các mục bắt buộc",
    "Văn bản ủy quyền của người nộp thay",
)
WHY_MORE = "Hồ sơ thiếu giấy tờ theo quy định nên chưa đủ căn cứ giải quyết."
DUTY = "Thông báo nộp nghĩa vụ tài chính đã gửi người nộp."
PROOF = "Người nộp đã xuất trình chứng từ nộp tiền."
_NOT_BROUGHT = "Quá thời hạn mà người nộp không bổ sung hồ sơ."
_NO_BASIS = "Vụ việc đang được Tòa án thụ lý nên dừng giải quyết."
_WISH = "Đơn xin rút hồ sơ của người nộp."
# Nobody waits longer for a supplement than this.
_PATIENCE = timedelta(days=90)
_REASONS = (
    ("Hồ sơ phức tạp, cần xác minh thực địa thêm.", Fault.AGENCY),
    ("Số lượng hồ sơ trong kỳ tăng cao so với nhân lực của cơ quan.", Fault.AGENCY),
    ("Chờ ý kiến của cơ quan phối hợp.", Fault.OTHER_AGENCY),
    ("Hệ thống phần mềm chuyên ngành gián đoạn.", Fault.SYSTEM),
)


def withdraw(life: Life) -> None:
    """The applicant takes the dossier back; the counter records it."""
    clerk = life.random.choice(life.desk.clerks)
    if life.is_paused:
        life.end_halt()
    life.record(EventKind.WITHDRAWN, clerk, reason=_WISH, data={"reference": _WISH})


def on_the_way(life: Life) -> bool:
    """A supplement, a payment or a stop on the officer's desk; True when it ended the dossier."""
    draw = life.fate.detour
    if draw < SUPPLEMENTED:
        return _supplement(life)
    if draw < SUPPLEMENTED + PAYS:
        _pay(life)
    elif draw < SUPPLEMENTED + PAYS + STOPPED:
        life.wait(life.random.uniform(2, 10))
        life.record(EventKind.STOPPED, life.random.choice(life.desk.heads), reason=_NO_BASIS)
        return True
    return False


def _supplement(life: Life) -> bool:
    """Asked for at once, within the first days (NĐ 61/2018 Đ19(4)); some never come back."""
    random = life.random
    life.wait(random.uniform(0.5, 5))
    asked = asked_for([paper.name for paper in life.case.papers], random)
    effect = effect_on(local_date(life.now), life.case, life.rules)
    life.request = {"asked_at": life.now, "asked_by_id": life.officer_id, "reason": WHY_MORE}
    life.items = asked
    life.pause_kind = PauseKind.SUPPLEMENT
    data = asking(asked, effect)
    life.record(EventKind.SUPPLEMENT_ASKED, life.officer, reason=WHY_MORE, data=data)
    life.halt(effect)
    if life.fate.stays_away:
        _give_up(life)
        return True
    life.wait(random.lognormvariate(2.9, 0.8))
    clerk = random.choice(life.desk.clerks)
    moved = life.end_halt()
    life.request |= {"received_at": life.now, "received_by_id": clerk.pk}
    data = {"matter": "; ".join(asked), "number": 1, **moved}
    life.record(EventKind.SUPPLEMENT_RECEIVED, clerk, data=data)
    return False


def asked_for(known: Sequence[str], random: Random) -> list[str]:
    """One or two of the papers."""
    names = list(known) or list(_MISSING)
    return random.sample(names, min(len(names), random.choice((1, 1, 2))))


def effect_on(day: date, case: Case, book: RuleSet) -> ClockEffect:
    """The version's own rule of this day, or that of the rule set."""
    for rule in case.clock_rules:
        if rule.in_force_from <= day:
            return ClockEffect(rule.effect)
    return book.supplement_effect


def asking(items: Sequence[str], effect: ClockEffect) -> dict[str, object]:
    """What the event says of a supplement that is asked for."""
    return {
        "matter": "; ".join(items),
        "number": 1,
        "effect": effect.value,
        "basis": "",
        "items": [
            {"name": name, "originals": 0, "certified_copies": 0, "copies": 1} for name in items
        ],
    }


def _give_up(life: Life) -> None:
    """Nothing was brought: the applicant withdraws, or the head stops in the end."""
    if life.random.random() < 0.3:
        life.wait(life.random.uniform(8, 80))
        withdraw(life)
        return
    life.go_to(life.desk.calendar.next_opening(life.now + _PATIENCE))
    moved = life.end_halt()
    head = life.random.choice(life.desk.heads)
    life.record(EventKind.STOPPED, head, reason=_NOT_BROUGHT, data=moved)


def _pay(life: Life) -> None:
    """The clock stands still while the applicant does a financial duty."""
    life.wait(life.random.uniform(1, 6))
    effect = life.rules.payment_effect
    life.pause_kind = PauseKind.PAYMENT
    life.record(EventKind.PAUSED, life.officer, reason=DUTY, data={"effect": effect.value})
    life.halt(effect)
    life.wait(life.random.lognormvariate(3.2, 0.8))
    life.record(EventKind.RESUMED, life.officer, reason=PROOF, data=life.end_halt())


def apologise_if_late(life: Life, head: User, *, ahead: float) -> None:
    """The promise will not be kept: once, before or after it breaks, a letter sets a new day.

    `ahead` is the working time until the next act (NĐ 61/2018 Đ12(5), Đ19(9)).
    """
    due_at = life.due_at
    if due_at is None or life.new_day or life.status not in OPEN_STATUSES:
        return
    done_at = life.foresee(ahead)
    if done_at <= due_at or not life.fate.is_apologised_for:
        return
    signed_at = _moment_of_signing(life, due_at)
    if signed_at is None or signed_at >= done_at:
        return
    life.go_to(signed_at)
    new_due_at = _new_day(life, due_at, done_at)
    _sign(life, head, due_at, new_due_at)


def _moment_of_signing(life: Life, due_at: datetime) -> datetime | None:
    """Most letters go out on the day before or the last day; some only when it is late."""
    calendar, random = life.desk.calendar, life.random
    days = random.choice((-1, -1, 0, 0, 1, 3))
    day = calendar.add_working_days(local_date(due_at), days)
    moment = datetime.combine(day, time(8, 15), HERE) + timedelta(minutes=random.randrange(180))
    return max(moment, life.now + timedelta(minutes=5))


def _new_day(life: Life, due_at: datetime, done_at: datetime) -> datetime:
    calendar, random = life.desk.calendar, life.random
    latest = max(local_date(due_at), local_date(life.now))
    day = calendar.add_working_days(latest, random.randrange(1, 8))
    if random.random() < _PUT_OFF:
        day = max(day, calendar.add_working_days(local_date(done_at), random.randrange(0, 3)))
    return calendar.close_of(day)


def _sign(life: Life, head: User, due_at: datetime, new_due_at: datetime) -> None:
    reason, fault = life.random.choice(_REASONS)
    life.sweep(life.now)
    life.new_day = NewDay(life.now, new_due_at)
    life.reschedule = {
        "at": life.now,
        "previous_due_at": due_at,
        "new_due_at": new_due_at,
        "reason": reason,
        "fault": fault.value,
        "decided_by_id": head.pk,
    }
    data: dict[str, object] = {
        "previous_due_at": due_at.astimezone(HERE).isoformat(),
        "due_at": new_due_at.astimezone(HERE).isoformat(),
        "fault": fault.value,
    }
    life.record(EventKind.RESCHEDULED, head, reason=reason, data=data)
    if life.desk.certificate_id is not None:
        _put_in_writing(life, head, due_at)
    life.promise()
    life.plan_again()


def _put_in_writing(life: Life, head: User, due_at: datetime) -> None:
    assert life.reschedule is not None  # noqa: S101 (the day is set first)
    reason, fault = str(life.reschedule["reason"]), life.reschedule["fault"]
    new_day = local_date(life.new_day.due_at) if life.new_day else None
    told: dict[str, object] = {
        "number": "",
        "new_day": str(new_day),
        "fault": fault,
        "signer": f"{head.title} {head.full_name}",
    }
    life.record(EventKind.APOLOGY_SIGNED, head, reason=reason, data=told)
    life.letter = {
        "reason": reason,
        "fault": fault,
        "promised_at": due_at,
        "new_day": new_day,
        "signed_by": head,
        "signed_at": life.now,
        # The event's own data: the number comes when the batch is written.
        "told": life.events[-1].data,
    }
