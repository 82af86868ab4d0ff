"""What the sender of a petition is told, and when: written into the outbox within the act itself.

Whoever left a telephone number or a mail address with a petition did so to get its answer.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from feedback.models import Petition, PetitionEvent
from feedback.statuses import PetitionEventKind
from notifications import outbox
from notifications.addresses import Addresses

Facts = Callable[[Petition, PetitionEvent], Mapping[str, Any]]


def follow_url() -> str:
    """The page that asks for both codes; the secret one never stands in a message."""
    return f"{settings.PUBLIC_URL}{reverse('feedback:follow')}"


def tell_of(event: PetitionEvent, *, at: datetime) -> None:
    """Write what this event has to tell the sender, if anything; needs a transaction."""
    kind = PetitionEventKind(event.kind)
    if kind not in _TOLD:
        return
    template, facts = _TOLD[kind]
    petition = event.petition
    known = {"name": petition.sender_name, "code": petition.code, "link": follow_url()}
    outbox.tell(
        key=f"petition-event:{event.pk}",
        subject=petition.code,
        template=template,
        values={**known, **facts(petition, event)},
        to=Addresses(email=petition.email, phone=petition.phone),
        at=at,
    )


def _terms(petition: Petition, event: PetitionEvent) -> Mapping[str, Any]:
    return {"agency": petition.agency.name, "answer_by": petition.answer_by}


def _wanted(petition: Petition, event: PetitionEvent) -> Mapping[str, Any]:
    return {"content": event.reason, "answer_by": petition.supplement_by}


def _why(petition: Petition, event: PetitionEvent) -> Mapping[str, Any]:
    return {"reason": event.reason}


def _answer(petition: Petition, event: PetitionEvent) -> Mapping[str, Any]:
    return {"agency": petition.agency.name, "content": petition.answer}


# An answer is the sender's once the head of the agency has let it out.
_TOLD: Mapping[PetitionEventKind, tuple[str, Facts]] = {
    PetitionEventKind.RECEIVED: ("petition_received", _terms),
    PetitionEventKind.ASKED: ("petition_asked", _wanted),
    PetitionEventKind.REFUSED: ("petition_refused", _why),
    PetitionEventKind.PUBLISHED: ("petition_answered", _answer),
}
