"""Draws how a dossier fares: a walk through the table of transitions, as far as time lets it."""

from dossiers.deadlines import local_date
from dossiers.statuses import DossierStatus, EventKind, ReturnMethod
from organizations.models import User
from procedures.statuses import ChannelKind, StepRole
from tthc_portal.demonstration import detours, fates
from tthc_portal.demonstration.desks import season
from tthc_portal.demonstration.life import Life, NotYet

REFUSALS = (
    "Thủ tục không thuộc thẩm quyền giải quyết của cơ quan đã chọn.",
    "Thành phần hồ sơ chưa đủ theo quy định; đã hướng dẫn hoàn thiện rồi nộp lại.",
    "Thông tin kê khai không khớp với giấy tờ kèm theo.",
)
DECLINED_FOR = "Hồ sơ không đủ điều kiện theo quy định của pháp luật chuyên ngành."
OPINION = "Hồ sơ đầy đủ, hợp lệ; đề nghị phê duyệt kết quả."
SENT_BACK_FOR = "Đề nghị rà soát lại căn cứ pháp lý và thể thức dự thảo."

# Of the time that is taken: until transferred, assigned, proposed, approved.
TO_TRANSFER, TO_ASSIGN, TO_PROPOSE, TO_APPROVE = 0.03, 0.1, 0.62, 0.25


def tell(life: Life) -> None:
    """Live through it until now; what the sweeps have noted by then is noted too."""
    try:
        _begin(life)
        if life.status == DossierStatus.ACCEPTED:
            _handle(life)
    except NotYet:
        pass
    life.sweep(life.until)


def _begin(life: Life) -> None:
    if life.case.kind == ChannelKind.ONLINE:
        _register(life)
        return
    if life.fate.beginning < fates.REFUSED_AT_COUNTER:
        _refuse(life)
        return
    _accept(life)


def _register(life: Life) -> None:
    """What comes online waits for the counter's answer (NĐ 45/2020)."""
    life.submit()
    draw = life.fate.beginning
    if draw < fates.WITHDRAWN_EARLY:
        life.wait(life.random.uniform(0.2, 5))
        detours.withdraw(life)
        return
    life.wait(min(life.random.lognormvariate(0.3, 0.9), 60))
    if draw < fates.WITHDRAWN_EARLY + fates.REFUSED_ONLINE:
        _refuse(life)
    else:
        _accept(life)


def _refuse(life: Life) -> None:
    life.columns["refused_at"] = life.now
    clerk, reason = life.random.choice(life.desk.clerks), life.random.choice(REFUSALS)
    life.record(EventKind.REFUSED, clerk, reason=reason)


def _accept(life: Life) -> None:
    clerk = life.random.choice(life.desk.clerks)
    if life.status is not None:
        life.sweep(life.now)
    life.accept()
    limit = life.time_limit
    data = {
        "due_at": life.due_at.isoformat() if life.due_at else None,
        "time_limit": str(limit.normalize()) if limit else None,
        "time_unit": life.time_unit,
        "rule_set": life.rules.code,
    }
    life.record(EventKind.ACCEPTED, clerk, data=data)


def _handle(life: Life) -> None:
    """From the counter to the head's desk and back (NĐ 61/2018 Đ18 to Đ20)."""
    random = life.random
    pace = life.fate.pace(life.desk, life.case, season(local_date(life.now)))
    hours, leaves_at = life.promised_hours() * pace, life.fate.leaves_at
    _transfer(life, hours)
    if leaves_at < TO_ASSIGN:
        detours.withdraw(life)
        return
    if life.fate.is_forgotten:
        hours *= 6
    life.wait(hours * TO_ASSIGN * random.uniform(0.3, 1.5))
    _assign(life)
    if detours.on_the_way(life):
        return
    if leaves_at < 1:
        life.wait(hours * leaves_at * TO_PROPOSE)
        detours.withdraw(life)
        return
    _resolve(life, hours)


def _transfer(life: Life, hours: float) -> None:
    clerk = life.random.choice(life.desk.clerks)
    slow = life.random.random() < fates.LATE_TRANSFER
    life.wait(life.random.uniform(6, 20) if slow else min(hours * TO_TRANSFER, 1.2))
    life.columns["transferred_at"] = life.now
    life.record(EventKind.TRANSFERRED, clerk)
    life.stages.plan(life, life.desk.calendar)
    life.stages.finish(StepRole.COUNTER, clerk, life.now)


def _assign(life: Life) -> None:
    officer = life.random.choice(life.desk.officers)
    by = officer if life.random.random() < 0.3 else life.random.choice(life.desk.heads)
    _give(life, officer, by)
    others = [person for person in life.desk.officers if person != officer]
    if others and life.fate.is_assigned_again:
        life.wait(life.random.uniform(1, 6))
        _give(life, life.random.choice(others), life.random.choice(life.desk.heads))


def _give(life: Life, officer: User, by: User) -> None:
    previous = life.officer.full_name if life.officer else ""
    life.officer = officer
    data = {"officer_id": officer.pk, "officer": officer.full_name, "previous": previous}
    life.record(EventKind.ASSIGNED, by, data=data)
    life.stages.begin(StepRole.OFFICER, life.now)


def _resolve(life: Life, hours: float) -> None:
    random = life.random
    head = random.choice([person for person in life.desk.heads if person != life.officer])
    _propose(life, hours * TO_PROPOSE)
    if life.fate.is_sent_back:
        life.wait(random.uniform(0.5, 4))
        life.proposed = False
        life.record(EventKind.SENT_BACK, head, reason=SENT_BACK_FOR)
        life.stages.reopen(StepRole.OFFICER)
        _propose(life, random.uniform(2, 8))
    detours.apologise_if_late(life, head, ahead=hours * TO_APPROVE)
    life.wait(hours * TO_APPROVE * random.uniform(0.4, 1.6))
    life.approver = head
    if life.fate.is_declined:
        life.record(EventKind.DECLINED, head, reason=DECLINED_FOR)
        return
    _approve(life, head)
    _return(life)


def _propose(life: Life, hours: float) -> None:
    detours.apologise_if_late(life, life.random.choice(life.desk.heads), ahead=hours)
    life.wait(hours)
    life.proposed = True
    life.record(EventKind.PROPOSED, life.officer, reason=OPINION)
    if life.officer:
        life.stages.finish(StepRole.OFFICER, life.officer, life.now)
    life.stages.begin(StepRole.HEAD, life.now)


def _approve(life: Life, head: User) -> None:
    issued = local_date(life.now)
    number = f"{life.random.randrange(12, 9800)}/KQ-{life.desk.symbol}"
    life.result = {
        "number": number,
        "issued_date": issued,
        "signer_name": head.full_name,
        "signer_title": head.title,
    }
    data = {
        "number": number,
        "issued_date": issued.isoformat(),
        "signer": head.full_name,
        "file_sha256": "",
    }
    life.record(EventKind.APPROVED, head, data=data)
    life.stages.finish(StepRole.HEAD, head, life.now)
    life.stages.begin(StepRole.COUNTER, life.now)


def _return(life: Life) -> None:
    """Into the applicant's hand; handing over late is no lateness (law of the index, 2.1)."""
    random = life.random
    if random.random() < fates.NEVER_FETCHED:
        raise NotYet
    life.wait(random.expovariate(1 / 10))
    method = ReturnMethod(str(life.columns["return_method"]))
    name = str(life.columns["applicant_name"])
    clerk = random.choice(life.desk.clerks)
    life.columns["returned_at"] = life.now
    assert life.result is not None  # noqa: S101 (approved before)
    life.result |= {"recipient_name": name, "return_method": method.value}
    life.record(EventKind.RETURNED, clerk, data={"recipient": name, "method": method.value})
    life.stages.finish(StepRole.COUNTER, clerk, life.now)
