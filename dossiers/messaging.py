"""What the person who filed is told, and when: written into the outbox within the act itself.

At the counter the paper in the hand is the notice; whoever is not there is written to
(NĐ 61/2018 Đ17(2), Đ19, Đ20). A mistyped address never makes an act fail.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dossiers.models import Dossier, DossierEvent, SupplementItem
from dossiers.statuses import EventKind, ReturnMethod
from notifications import outbox
from notifications.addresses import Addresses
from notifications.statuses import ChannelPreference
from procedures.statuses import ChannelKind

Facts = Callable[[Dossier, DossierEvent], Mapping[str, Any]]


def look_up_url(code: str) -> str:
    """The public page that QR codes and messages open."""
    return f"{settings.PUBLIC_URL}{reverse('dossiers:look_up_code', args=[code])}"


def tell_of(event: DossierEvent, *, at: datetime) -> None:
    """Write what this event has to tell the applicant, if anything; needs a transaction."""
    kind = EventKind(event.kind)
    dossier = event.dossier
    if kind not in _TOLD or (kind in _TOLD_AT_A_DISTANCE and _is_at_the_counter(dossier)):
        return
    template, facts = _TOLD[kind]
    write(dossier=dossier, key=f"event:{event.pk}", template=template,
          values=facts(dossier, event), at=at)  # fmt: skip


def write(
    *, dossier: Dossier, key: str, template: str, values: Mapping[str, Any], at: datetime
) -> None:
    """Tell the applicant of a dossier, by the ways that they chose, in the words of a template.

    `values` are what the template asks for beyond name, code and link.
    """
    known = {
        "name": dossier.applicant_name,
        "code": dossier.code,
        "link": look_up_url(dossier.code),
    }
    outbox.tell(
        key=key,
        subject=dossier.code,
        template=template,
        values={**known, **values},
        to=Addresses(email=dossier.email, phone=dossier.delegate_phone or dossier.phone),
        preference=ChannelPreference(dossier.contact_preference),
        at=at,
    )


def _is_at_the_counter(dossier: Dossier) -> bool:
    return dossier.channel == ChannelKind.DIRECT


def _of_acceptance(dossier: Dossier, event: DossierEvent) -> Mapping[str, Any]:
    return {
        "procedure": dossier.version.name,
        "agency": dossier.agency.name,
        "due_at": dossier.due_at,
    }


def _why(dossier: Dossier, event: DossierEvent) -> Mapping[str, Any]:
    return {"agency": dossier.agency.name, "reason": event.reason}


def _of_supplement(dossier: Dossier, event: DossierEvent) -> Mapping[str, Any]:
    items = SupplementItem.objects.filter(
        request__dossier=dossier, request__received_at__isnull=True
    )
    asked = [f"- {item.name}" for item in items.order_by("position")]
    return {"content": "\n\n".join([*asked, f"Lý do: {event.reason}"]), "answer_by": None}


def _new_day(dossier: Dossier, event: DossierEvent) -> Mapping[str, Any]:
    return {"due_at": dossier.due_at, "reason": "hồ sơ bổ sung đã nhận đủ."}


def _of_result(dossier: Dossier, event: DossierEvent) -> Mapping[str, Any]:
    if dossier.return_method == ReturnMethod.COUNTER:
        return {"place": dossier.counter.name}
    return {"place": dossier.get_return_method_display().lower()}


_TOLD: Mapping[EventKind, tuple[str, Facts]] = {
    EventKind.ACCEPTED: ("accepted", _of_acceptance),
    EventKind.REFUSED: ("refused", _why),
    EventKind.SUPPLEMENT_ASKED: ("supplement", _of_supplement),
    EventKind.SUPPLEMENT_RECEIVED: ("due_moved", _new_day),
    EventKind.APPROVED: ("ready", _of_result),
    EventKind.DECLINED: ("declined", _why),
    EventKind.STOPPED: ("stopped", _why),
}
_TOLD_AT_A_DISTANCE = frozenset({EventKind.ACCEPTED, EventKind.REFUSED})
