"""Reminds an agency of an answer that falls due: one mail to each head, once.

Codes and agencies, never the name of an applicant: mail passes through many hands.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from dossiers.statuses import ENDED_STATUSES
from liaison.models import Consultation
from notifications import outbox
from notifications.outbox import AddressRefused
from notifications.statuses import MessageChannel
from notifications.wording import Text
from organizations.models import User
from organizations.roles import Role


def remind(consultation: Consultation, *, at: datetime) -> None:
    """Write the mails and mark the question, which the caller holds; none when all has ended."""
    if consultation.dossier.status not in ENDED_STATUSES:
        for head in _heads_of(consultation):
            _write(consultation, head, at)
    consultation.is_reminded = True
    consultation.save(update_fields=["is_reminded"])


def _heads_of(consultation: Consultation) -> list[User]:
    heads = User.objects.filter(
        memberships__agency=consultation.agency, memberships__role=Role.HEAD, is_active=True
    )
    return list(heads.exclude(email="").distinct().order_by("pk"))


def _write(consultation: Consultation, head: User, at: datetime) -> None:
    try:
        outbox.enqueue(
            key=f"consultation:{consultation.pk}:reminder:{head.pk}",
            channel=MessageChannel.EMAIL,
            recipient=head.email,
            text=_text(consultation, head),
            at=at,
            # Not the dossier's code: its page tells of messages to the applicant.
            subject=f"Lấy ý kiến số {consultation.pk}",
            at_any_hour=True,
        )
    except AddressRefused:
        # A mistyped address of one must not keep the others waiting; the page shows it all.
        return


def _text(consultation: Consultation, head: User) -> Text:
    title = f"Sắp đến hạn trả lời lấy ý kiến về hồ sơ {consultation.dossier.code}"
    link = f"{settings.PUBLIC_URL}{consultation.get_absolute_url()}"
    values = {"head": head, "consultation": consultation, "link": link}
    body = render_to_string("liaison/message/reminder.txt", values)
    paragraphs = [" ".join(part.split()) for part in body.strip().split("\n\n")]
    facts = {"title": title, "paragraphs": paragraphs, "link": link}
    html = render_to_string("notifications/email/page.html", facts)
    return Text(title=title, body=body.strip() + "\n", html=html)
