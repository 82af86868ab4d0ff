"""Lock, then look: how every act takes hold of a consultation and of its dossier."""

from collections.abc import Mapping
from datetime import datetime

from dossiers import ledger
from dossiers.holding import ActRefused
from dossiers.models import Dossier
from dossiers.statuses import ENDED_STATUSES, EventKind
from dossiers.telling import moment
from liaison.models import Consultation, LateNotice
from liaison.statuses import ConsultationStatus
from liaison.terms import Term, moments
from organizations.models import User
from workdays.loading import calendar_for
from workdays.units import TimeUnit


def held(pk: int, actor: User) -> Consultation:
    """The consultation and its dossier under lock, for a person who may see it.

    Needs an open transaction. Raises Consultation.DoesNotExist for anybody else.
    """
    visible = Consultation.objects.visible_to(actor).values_list("dossier", flat=True)
    # The dossier first: every other act begins with it.
    dossier = locked_dossier(visible.get(pk=pk))
    consultation: Consultation = (
        Consultation.objects.select_related("agency", "round")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    consultation.dossier = dossier
    return consultation


def locked_dossier(pk: int) -> Dossier:
    """The dossier under lock; whether the caller may is the caller's to ask."""
    found: Dossier = (
        Dossier.objects.select_related("agency", "counter")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    return found


def require_open(consultation: Consultation) -> None:
    """ActRefused when there is nothing to answer or to withdraw any more."""
    if consultation.dossier.status in ENDED_STATUSES:
        raise ActRefused(
            "Hồ sơ đã kết thúc nên không cần trả lời nữa. Hãy quay lại danh sách.",
            code="wrong_state",
        )
    if consultation.status != ConsultationStatus.ASKED:
        raise ActRefused(
            f"Yêu cầu lấy ý kiến đang ở trạng thái “{consultation.get_status_display()}” nên "
            "không làm được việc này. Hãy tải lại trang.",
            code="wrong_state",
        )


def ask_now(consultation: Consultation, *, actor: User | None, at: datetime) -> None:
    """Begin the agency's term; the caller holds the dossier and saves or creates the row."""
    agency = consultation.agency
    found = moments(
        Term(length=consultation.term, unit=TimeUnit(consultation.unit)),
        asked_at=at,
        calendar=calendar_for(agency.schedule_id),
        remind_days=agency.due_soon_days,
    )
    consultation.status, consultation.asked_at = ConsultationStatus.ASKED, at
    consultation.due_at, consultation.remind_at = found.due_at, found.remind_at
    consultation.save()
    matter = f"{agency.name}, trả lời trước {moment(found.due_at)}"
    record(consultation, EventKind.CONSULTED, actor, at, matter=matter)


def note_late(consultation: Consultation, *, recorded_at: datetime) -> None:
    """Record once, at the moment it happened, that the agency is late, and tell the counter.

    NĐ 61/2018 Đ19(5): the head of the one-stop-shop department hears of a late answer.
    """
    assert consultation.due_at is not None  # noqa: S101 (the database keeps it so)
    consultation.late_noted = True
    consultation.save(update_fields=["late_noted"])
    LateNotice.objects.create(
        consultation=consultation,
        counter=consultation.dossier.counter,
        sent_at=recorded_at,
    )
    matter = f"{consultation.agency.name}, hạn {moment(consultation.due_at)}"
    record(
        consultation,
        EventKind.CONSULTATION_LATE,
        None,
        consultation.due_at,
        matter=matter,
        recorded_at=recorded_at,
    )


def record(
    consultation: Consultation,
    kind: EventKind,
    actor: User | None,
    at: datetime,
    *,
    matter: str,
    reason: str = "",
    recorded_at: datetime | None = None,
) -> None:
    """Append the event to the ledger of the dossier, which the caller holds."""
    data: Mapping[str, object] = {"matter": matter, "consultation_id": consultation.pk}
    entry = ledger.Entry(
        kind=kind,
        at=at,
        recorded_at=recorded_at or at,
        actor=actor,
        reason=reason,
        data=data,
    )
    ledger.append(dossier=consultation.dossier, entry=entry)
    consultation.dossier.save(update_fields=[*ledger.HEAD_FIELDS])
