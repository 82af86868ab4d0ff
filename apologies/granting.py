"""The acts of administrators on signing authorities: in whose stead a head signs, and how long."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from apologies import authorities
from apologies.models import SigningAuthority
from apologies.statuses import ABBREVIATION, Authority
from dossiers.holding import ActRefused
from organizations import administration
from organizations.models import Agency, User
from organizations.roles import Role


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What a paper says of a person's signature (NĐ 30/2020 Đ13)."""

    authority: Authority
    signer_title: str
    holder_title: str = ""
    document: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def grant(
    *, agency: Agency, user: User, facts: Grant, actor: User, at: datetime
) -> SigningAuthority:
    """Write how this head signs, in place of what was written before.

    Raises PermissionDenied or AdministrationRefusal for agencies that the actor does not
    administer, ActRefused when the person is no head there, ValidationError for a grant that
    lacks its holder, its paper or its end.
    """
    administration.require_reach(actor, agency)
    if not authorities.heads(user, agency.pk):
        raise ActRefused(
            f"{user} không giữ vai trò lãnh đạo tại {agency.name}. Hãy thêm vai trò trước.",
            code="user",
        )
    kept = (
        SigningAuthority.objects.select_for_update().filter(agency=agency, user=user).first()
    ) or SigningAuthority(agency=agency, user=user)
    for name, value in vars(facts).items():
        setattr(kept, name, value)
    kept.full_clean()
    kept.save()
    administration.note(agency, f"Thẩm quyền ký của {user}: {told(kept)}.", actor, at)
    return kept


@transaction.atomic
def take_back(*, agency: Agency, pk: int, actor: User, at: datetime) -> None:
    """The person signs by their own title again; letters keep what they were signed with.

    Raises as `grant` does, and SigningAuthority.DoesNotExist.
    """
    administration.require_reach(actor, agency)
    kept = (
        SigningAuthority.objects.select_related("user")
        .select_for_update(of=("self",))
        .get(pk=pk, agency=agency)
    )
    administration.note(agency, f"Bỏ thẩm quyền ký của {kept.user}: {told(kept)}.", actor, at)
    kept.delete()


def told(kept: SigningAuthority) -> str:
    """`TUQ. Giám đốc, 12/UQ-STP, từ 01/11/2026, đến hết 31/12/2026`."""
    words = [f"{ABBREVIATION[Authority(kept.authority)]} {kept.holder_title}".strip()]
    words = [words[0] or kept.get_authority_display(), kept.signer_title]
    words += [kept.document] if kept.document else []
    words += [f"từ {kept.valid_from:%d/%m/%Y}"] if kept.valid_from else []
    words += [f"đến hết {kept.valid_until:%d/%m/%Y}"] if kept.valid_until else []
    return ", ".join(words)


def those_who_sign(agency: Agency) -> list[User]:
    """The heads posted in this very agency, by name."""
    heads = User.objects.filter(
        is_active=True, memberships__agency=agency, memberships__role=Role.HEAD
    )
    return list(heads.distinct().order_by("full_name", "pk"))
