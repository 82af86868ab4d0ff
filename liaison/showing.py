"""What the pages show of consultations: rows, one with its round, and the dossier's panel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers import telling
from dossiers.deadlines import local_date
from dossiers.hanging import Hanging
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from dossiers.timing import Deadline
from liaison import access, places, whereabouts
from liaison.models import Consultation
from liaison.places import Place
from liaison.querysets import ConsultationQuerySet
from liaison.statuses import OPEN_CONSULTATIONS, ConsultationStatus
from liaison.terms import late_since
from liaison.whereabouts import Whereabouts
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class Row:
    """One consultation, with its term as a badge."""

    consultation: Consultation
    deadline: Deadline


def row(consultation: Consultation, *, at: datetime) -> Row:
    """The consultation as a list shows it."""
    return Row(consultation=consultation, deadline=deadline(consultation, at=at))


def rows(consultations: Iterable[Consultation], *, at: datetime) -> list[Row]:
    """The rows of a page."""
    return [row(consultation, at=at) for consultation in consultations]


def deadline(consultation: Consultation, *, at: datetime) -> Deadline:
    """The term as a word and a colour: running, near, passed, kept, or none."""
    due_at = consultation.due_at
    if due_at is None:
        return Deadline(state="none", text=consultation.get_status_display(), meaning="")
    meaning = f"Trả lời trước {telling.moment(due_at)}"
    since = late_since(consultation, dossier_ended_at=consultation.dossier.resolved_at, at=at)
    state, text = _state(consultation, due_at, is_late=since is not None, at=at)
    return Deadline(state=state, text=text, meaning=meaning, at=due_at)


def _state(
    consultation: Consultation, due_at: datetime, *, is_late: bool, at: datetime
) -> tuple[str, str]:
    if consultation.answered_at:
        return ("overdue", "Trả lời chậm") if is_late else ("on_time", "Trả lời đúng hạn")
    if consultation.status != ConsultationStatus.ASKED:
        return "none", consultation.get_status_display()
    if is_late:
        return "overdue", "Quá hạn trả lời"
    if consultation.remind_at and consultation.remind_at <= at:
        today = local_date(due_at) == local_date(at)
        return "due_soon", "Đến hạn hôm nay" if today else "Sắp đến hạn"
    return "on_time", "Còn hạn"


def page(consultation: Consultation, *, viewer: User, at: datetime) -> dict[str, Any]:
    """Everything that the page of one consultation shows this person."""
    sees_dossier = access.sees_dossier(viewer, consultation.dossier)
    is_open = (
        consultation.status == ConsultationStatus.ASKED and consultation.dossier.resolved_at is None
    )
    notice = getattr(consultation, "late_notice", None)
    may_read = not access.objection_to_read_notice(viewer, consultation)
    asker_may = not access.objection_to_ask(viewer, consultation.dossier)
    return {
        "consultation": consultation,
        "dossier": consultation.dossier,
        "round": consultation.round,
        "deadline": deadline(consultation, at=at),
        "files": list(consultation.round.files.order_by("pk")),
        "answer_file": getattr(consultation, "answer_file", None),
        "sees_dossier": sees_dossier,
        "others": _others(consultation, at) if sees_dossier else [],
        "notice": notice if sees_dossier else None,
        "may_read_notice": bool(notice and notice.read_at is None and may_read),
        "may_answer": is_open and not access.objection_to_answer(viewer, consultation),
        "may_withdraw": asker_may and consultation.status in OPEN_CONSULTATIONS,
        "papers": _papers(consultation, viewer),
    }


@dataclass(frozen=True, kw_only=True)
class Papers:
    """Where the paper file lies, and the batch that this person may make of it now."""

    where: Whereabouts
    origin: Place | None = None
    destination: Place | None = None


def _papers(consultation: Consultation, viewer: User) -> Papers | None:
    """To the asked agency while it has to answer; back from it at any time."""
    dossier = consultation.dossier
    where = whereabouts.of_many([dossier])[dossier.pk]
    if not where.exists:
        return None
    asked, own = Place(agency=consultation.agency), Place(agency=dossier.agency)
    holder = where.holder
    if holder is None or where.is_on_the_way or not places.is_own(viewer, holder):
        return Papers(where=where)
    if holder == asked:
        return Papers(where=where, origin=asked, destination=own)
    if consultation.status == ConsultationStatus.ASKED:
        return Papers(where=where, origin=holder, destination=asked)
    return Papers(where=where)


def _others(consultation: Consultation, at: datetime) -> list[Row]:
    """The other agencies of the round; the asked agency sees its own question alone."""
    found = of_round(consultation.round.consultations.exclude(pk=consultation.pk))
    return rows(found, at=at)


def of_round(consultations: ConsultationQuerySet) -> list[Consultation]:
    """In the order in which they are asked."""
    return list(consultations.for_list().order_by("round", "position"))


_ASKED = Hanging(Consultation)


def panel(dossier: Dossier, viewer: User, at: datetime) -> Mapping[str, Any] | None:
    """The dossier's consultations, and whether this person may ask for more."""
    shown: list[Row] = []
    if _ASKED.of(dossier):
        shown = rows(of_round(Consultation.objects.filter(dossier=dossier)), at=at)
    may_ask = dossier.status == DossierStatus.PROCESSING and not access.objection_to_ask(
        viewer, dossier
    )
    if not shown and not may_ask:
        return None
    return {"rows": shown, "may_ask": may_ask}
