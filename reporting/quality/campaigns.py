"""Campaigns: some kinds of finding, of some agencies, worked off until a day; then a report.

A campaign owns no finding: it counts those that stood open at some time while it ran. What it
came to is kept, when it is closed, exactly as it was then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from dossiers.deadlines import local_date
from dossiers.holding import required_text
from organizations.models import Agency, User
from organizations.roles import Role
from reporting.models import Campaign
from reporting.quality import campaign_report
from reporting.quality.handling import FindingRefused
from reporting.querysets import CampaignQuerySet
from reporting.statuses import FindingKind


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a campaign is to clean up, where, and until which day."""

    name: str
    kinds: Sequence[FindingKind]
    agencies: Sequence[Agency]
    deadline: date
    submission_key: UUID


def may_lead(user: User) -> bool:
    """Those who watch over the whole province."""
    return user.has_role(Role.SUPERVISOR) and user.sees_everything


@transaction.atomic
def start(*, plan: Plan, actor: User, at: datetime) -> Campaign:
    """Begin a campaign; a second click finds the first one's.

    Raises PermissionDenied for whoever does not watch over the province, FindingRefused for a
    deadline that has passed, a plan without a name, kinds or agencies.
    """
    _require_lead(actor)
    known: Campaign | None = Campaign.objects.filter(submission_key=plan.submission_key).first()
    if known is not None:
        return known
    name = required_text(plan.name, "Hãy đặt tên cho đợt làm sạch.", "name")
    if plan.deadline < local_date(at):
        raise FindingRefused("Hạn hoàn thành phải từ hôm nay trở đi.", code="deadline")
    if not plan.kinds or not plan.agencies:
        raise FindingRefused(
            "Hãy chọn ít nhất một loại dấu hiệu và một cơ quan.",
            code="agencies" if plan.kinds else "kinds",
        )
    campaign: Campaign = Campaign.objects.create(
        name=name,
        kinds=[kind.value for kind in plan.kinds],
        deadline=plan.deadline,
        started_by=actor,
        started_at=at,
        submission_key=plan.submission_key,
    )
    campaign.agencies.set(plan.agencies)
    return campaign


@transaction.atomic
def close(*, pk: int, actor: User, at: datetime) -> Campaign:
    """End the campaign and keep its report as it is now; nothing changes it afterwards."""
    _require_lead(actor)
    campaign: Campaign = Campaign.objects.select_for_update().get(pk=pk)
    if campaign.closed_at is not None:
        raise FindingRefused("Đợt này đã kết thúc. Hãy xem báo cáo.", code="wrong_state")
    campaign.report = campaign_report.made(campaign, at=at)
    campaign.closed_at, campaign.closed_by = at, actor
    campaign.save(update_fields=["report", "closed_at", "closed_by"])
    return campaign


def get_for(user: User, pk: int) -> Campaign:
    """The campaign if it concerns an agency of this person; Campaign.DoesNotExist otherwise."""
    found: Campaign = visible_to(user).select_related("started_by", "closed_by").get(pk=pk)
    return found


def visible_to(user: User) -> CampaignQuerySet:
    """All for those who watch over the province, otherwise those of the person's agencies."""
    found: CampaignQuerySet = Campaign.objects.all().visible_to(user)
    return found


def _require_lead(actor: User) -> None:
    if not may_lead(actor):
        raise PermissionDenied("Chỉ Văn phòng UBND tỉnh mới mở và kết thúc đợt làm sạch dữ liệu.")
