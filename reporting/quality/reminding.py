"""Reminds agencies of a campaign that nears its end: one mail to each head, once.

Numbers and the campaign's name, never a dossier: mail passes through many hands.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from dossiers.deadlines import local_date
from notifications import outbox
from notifications.outbox import AddressRefused
from notifications.statuses import MessageChannel
from notifications.wording import Text
from organizations.models import User
from organizations.roles import Role
from reporting.models import Campaign
from reporting.quality import campaign_report

# So many days before its last day.
DAYS_BEFORE = 3


def remind(*, at: datetime) -> int:
    """Write the mails of every campaign that is near its end and was not reminded of."""
    near = local_date(at) + timedelta(days=DAYS_BEFORE)
    due = Campaign.objects.all().running().filter(reminded_at__isnull=True, deadline__lte=near)
    return sum(_remind_of(pk, at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _remind_of(pk: int, at: datetime) -> int:
    """One campaign in its own transaction; 0 when another worker has it."""
    waiting = Campaign.objects.select_for_update(skip_locked=True)
    campaign = waiting.filter(pk=pk, reminded_at__isnull=True, closed_at__isnull=True).first()
    if campaign is None:
        return 0
    counted = campaign_report.counted(campaign)
    for agency in campaign.agencies.in_order():
        still = counted.get(agency.pk, {}).get("open", 0)
        for head in _heads_of(agency.pk) if still else ():
            _write(campaign, head, still, at)
    campaign.reminded_at = at
    campaign.save(update_fields=["reminded_at"])
    return 1


def _heads_of(agency_id: int) -> list[User]:
    heads = User.objects.filter(
        memberships__agency=agency_id, memberships__role=Role.HEAD, is_active=True
    )
    return list(heads.exclude(email="").distinct().order_by("pk"))


def _write(campaign: Campaign, head: User, still: int, at: datetime) -> None:
    try:
        outbox.enqueue(
            key=f"campaign:{campaign.pk}:reminder:{head.pk}",
            channel=MessageChannel.EMAIL,
            recipient=head.email,
            text=_text(campaign, head, still),
            at=at,
            subject=f"Đợt làm sạch dữ liệu số {campaign.pk}",
            at_any_hour=True,
        )
    except AddressRefused:
        # A mistyped address of one must not keep the others waiting; the page shows it all.
        return


def _text(campaign: Campaign, head: User, still: int) -> Text:
    title = f"Sắp hết hạn đợt làm sạch dữ liệu “{campaign.name}”"
    link = f"{settings.PUBLIC_URL}{campaign.get_absolute_url()}"
    values = {"head": head, "campaign": campaign, "still": still, "link": link}
    body = render_to_string("reporting/message/campaign.txt", values)
    paragraphs = [" ".join(part.split()) for part in body.strip().split("\n\n")]
    facts = {"title": title, "paragraphs": paragraphs, "link": link}
    html = render_to_string("notifications/email/page.html", facts)
    return Text(title=title, body=body.strip() + "\n", html=html)
