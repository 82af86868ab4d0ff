"""What becomes of a question: answered, withdrawn, its lateness taken note of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from dossiers import files
from dossiers.files import Upload
from dossiers.holding import ActRefused, required_text
from dossiers.statuses import EventKind
from dossiers.telling import moment
from liaison import access, holding, turns
from liaison.asking import LONGEST_TEXT
from liaison.models import AnswerFile, Consultation, LateNotice
from liaison.statuses import OPEN_CONSULTATIONS, ConsultationStatus, Verdict
from liaison.terms import late_since
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the consulted agency says."""

    verdict: Verdict
    text: str
    upload: Upload | None = None


@transaction.atomic
def answer(*, pk: int, answer: Answer, actor: User, at: datetime) -> Consultation:
    """Answer for the agency (NĐ 61/2018 Đ19(5)); the next of a sequence is asked.

    Raises Consultation.DoesNotExist when the person may not see it, PermissionDenied when it is
    not their agency's, ActRefused without a text, when it was answered or withdrawn, or when
    the dossier has ended; FileRefused for a file that the portal does not keep.
    """
    consultation = holding.held(pk, actor)
    access.require(access.objection_to_answer(actor, consultation))
    holding.require_open(consultation)
    text = _text(answer.text, "Hãy ghi nội dung trả lời.", "answer")
    if not consultation.late_noted and late_since(consultation, dossier_ended_at=None, at=at):
        holding.note_late(consultation, recorded_at=at)
    if answer.upload is not None:
        _keep(consultation, answer.upload)
    consultation.status = ConsultationStatus.ANSWERED
    consultation.verdict, consultation.answer = answer.verdict, text
    consultation.answered_by, consultation.answered_at = actor, at
    consultation.save(update_fields=["status", "verdict", "answer", "answered_by", "answered_at"])
    matter = f"{consultation.agency.name}: {answer.verdict.label.lower()}"
    record = holding.record
    record(consultation, EventKind.CONSULTATION_ANSWERED, actor, at, matter=matter, reason=text)
    turns.ask_next(consultation.dossier, at=at)
    return consultation


@transaction.atomic
def withdraw(*, pk: int, reason: str, actor: User, at: datetime) -> Consultation:
    """Take a question back that needs no answer any more; the next of a sequence is asked.

    Raises as `answer` does; only whoever may ask may withdraw.
    """
    consultation = holding.held(pk, actor)
    access.require(access.objection_to_ask(actor, consultation.dossier))
    if consultation.status not in OPEN_CONSULTATIONS:
        holding.require_open(consultation)
    text = _text(reason, "Hãy ghi lý do rút yêu cầu để cơ quan phối hợp biết.", "reason")
    late = late_since(consultation, dossier_ended_at=consultation.dossier.resolved_at, at=at)
    if late and not consultation.late_noted:
        holding.note_late(consultation, recorded_at=at)
    consultation.status, consultation.closing_reason = ConsultationStatus.WITHDRAWN, text
    consultation.closed_by, consultation.closed_at = actor, at
    consultation.save(update_fields=["status", "closing_reason", "closed_by", "closed_at"])
    turns.ask_next(consultation.dossier, at=at)
    return consultation


@transaction.atomic
def read_notice(*, pk: int, actor: User, at: datetime) -> Consultation:
    """The counter takes note of a late answer, once; who and when is kept."""
    consultation = holding.held(pk, actor)
    access.require(access.objection_to_read_notice(actor, consultation))
    unread = LateNotice.objects.filter(consultation=consultation, read_at__isnull=True)
    unread.update(read_at=at, read_by=actor)
    return consultation


def said(consultation: Consultation) -> str:
    """What the person who answered reads: in time, or how it stands."""
    assert consultation.due_at is not None  # noqa: S101 (the database keeps it so)
    term = f"hạn {moment(consultation.due_at)}"
    late = consultation.answered_at and consultation.answered_at > consultation.due_at
    how = f"chậm so với {term}" if late else f"trong {term}"
    return f"Đã gửi trả lời về hồ sơ {consultation.dossier.code}, {how}."


def _text(given: str, message: str, code: str) -> str:
    text = required_text(given, message, code)
    if len(text) > LONGEST_TEXT:
        raise ActRefused(
            f"Nội dung dài {len(text)} ký tự; hãy viết gọn trong {LONGEST_TEXT} ký tự.", code=code
        )
    return text


def _keep(consultation: Consultation, upload: Upload) -> None:
    good = files.checked(upload)
    kept = AnswerFile(
        consultation=consultation,
        name=good.name,
        content_type=good.content_type,
        size=good.size,
        sha256=good.sha256,
    )
    stored_name = f"{uuid4().hex}{files.EXTENSIONS[good.content_type]}"
    kept.file.save(stored_name, good.upload, save=False)
    kept.save(force_insert=True)
