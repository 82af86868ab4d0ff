"""Lấy ý kiến: an officer or head asks other agencies, at once or one by one.

NĐ 61/2018 Đ19(5)–(7): content and term for each; the dossier's own clock runs on, so the terms
have to end before its promise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from dossiers import ledger
from dossiers.holding import ActRefused, Target, required_text
from dossiers.models import Attachment, Dossier
from dossiers.statuses import DossierStatus, EventKind
from dossiers.telling import moment
from liaison import access, holding
from liaison.models import Consultation, ConsultationRound, SharedFile
from liaison.statuses import OPEN_CONSULTATIONS, AskingOrder, ConsultationStatus
from liaison.terms import Term
from organizations.models import Agency, User
from workdays.calendar import CalendarGap
from workdays.loading import calendar_for

# More than the law's own chains of agencies need.
MOST_AGENCIES = 5
LONGEST_TEXT = 4000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One agency of a round, and how long it has."""

    agency: Agency
    term: Term


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, of whom, in which order, with which files of the dossier."""

    content: str
    order: AskingOrder
    agencies: Sequence[Asked]
    file_ids: Sequence[int] = field(default_factory=tuple)


@transaction.atomic
def ask(*, target: Target, question: Question, actor: User, at: datetime) -> ConsultationRound:
    """Ask the agencies; in sequence only the first, the others when their turn comes.

    Raises Dossier.DoesNotExist when the person may not see the dossier, PermissionDenied when
    it is not theirs to ask, TransitionRefused when it is not being processed, ActRefused when
    the page was stale or the question will not do.
    """
    dossier = _held(target, actor)
    content = required_text(
        question.content, "Hãy ghi nội dung cần lấy ý kiến để cơ quan phối hợp trả lời.", "content"
    )
    if len(content) > LONGEST_TEXT:
        raise ActRefused(
            f"Nội dung dài {len(content)} ký tự; hãy viết gọn trong {LONGEST_TEXT} ký tự.",
            code="content",
        )
    _check_agencies(dossier, question.agencies)
    _check_terms(dossier, question, at)
    files = _files(dossier, question.file_ids)
    made = ConsultationRound.objects.create(
        dossier=dossier, order=question.order, content=content, asked_by=actor, asked_at=at
    )
    SharedFile.objects.bulk_create(SharedFile(round=made, attachment=file) for file in files)
    _put(made, question, actor, at)
    return made


def _held(target: Target, actor: User) -> Dossier:
    visible = Dossier.objects.visible_to(actor).values_list("pk", flat=True)
    dossier = holding.locked_dossier(visible.get(code=target.code))
    access.require(access.objection_to_ask(actor, dossier))
    if target.expected_version not in {None, dossier.event_count}:
        raise ActRefused(
            "Hồ sơ vừa được người khác cập nhật. Hãy xem lại tình trạng mới rồi thực hiện lại.",
            code="stale",
        )
    ledger.next_status(EventKind.CONSULTED, DossierStatus(dossier.status))
    return dossier


def _check_agencies(dossier: Dossier, asked: Sequence[Asked]) -> None:
    agencies = [each.agency for each in asked]
    if not agencies or len(agencies) > MOST_AGENCIES:
        raise ActRefused(
            f"Hãy chọn từ 1 đến {MOST_AGENCIES} cơ quan để lấy ý kiến.", code="agencies"
        )
    if len({agency.pk for agency in agencies}) < len(agencies):
        raise ActRefused("Mỗi cơ quan chỉ chọn một lần trong một đợt.", code="agencies")
    for agency in agencies:
        _check_agency(dossier, agency)


def _check_agency(dossier: Dossier, agency: Agency) -> None:
    if agency.pk == dossier.agency_id:
        raise ActRefused(
            f"{agency.name} đang giải quyết hồ sơ này. Hãy chọn cơ quan khác.", code="agencies"
        )
    if not agency.is_active:
        raise ActRefused(
            f"{agency.name} đã ngừng hoạt động. Hãy chọn cơ quan khác.", code="agencies"
        )
    open_ones = Consultation.objects.filter(
        dossier=dossier, agency=agency, status__in=OPEN_CONSULTATIONS
    )
    if open_ones.exists():
        raise ActRefused(
            f"{agency.name} đang được lấy ý kiến về hồ sơ này. Hãy chờ trả lời hoặc rút yêu cầu.",
            code="asked_before",
        )


def last_answer_due(question: Question, *, at: datetime) -> datetime:
    """When the last agency would have to answer, were every term used up."""
    latest = start = at
    for asked in question.agencies:
        calendar = calendar_for(asked.agency.schedule_id)
        end = calendar.add(start=start, limit=Decimal(asked.term.length), unit=asked.term.unit)
        latest = max(latest, end)
        if question.order == AskingOrder.SEQUENCE:
            start = end
    return latest


def _check_terms(dossier: Dossier, question: Question, at: datetime) -> None:
    """The terms lie within the dossier's promise; one that has passed binds nobody any more."""
    try:
        latest = last_answer_due(question, at=at)
    except CalendarGap:
        raise ActRefused(
            "Hạn trả lời vượt ngoài lịch làm việc đã nhập. Hãy đặt hạn ngắn hơn.", code="terms"
        ) from None
    if dossier.due_at and at < dossier.due_at < latest:
        raise ActRefused(
            f"Hạn trả lời đến {moment(latest)}, sau ngày hẹn trả kết quả "
            f"{moment(dossier.due_at)}. Hãy đặt hạn ngắn hơn.",
            code="terms",
        )


def _files(dossier: Dossier, ids: Sequence[int]) -> list[Attachment]:
    found = list(dossier.attachments.filter(pk__in=set(ids)).order_by("pk"))
    if len(found) < len(set(ids)):
        raise ActRefused("Tệp đã chọn không thuộc hồ sơ này. Hãy tải lại trang.", code="files")
    return found


def _put(made: ConsultationRound, question: Question, actor: User, at: datetime) -> None:
    for position, asked in enumerate(question.agencies, start=1):
        consultation = Consultation(
            round=made,
            dossier=made.dossier,
            agency=asked.agency,
            position=position,
            status=ConsultationStatus.WAITING,
            term=asked.term.length,
            unit=asked.term.unit,
        )
        consultation.save()
        if position == 1 or question.order == AskingOrder.PARALLEL:
            holding.ask_now(consultation, actor=actor, at=at)
