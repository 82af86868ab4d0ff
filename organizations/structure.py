"""The acts that build the tree of agencies and post people to it."""

from dataclasses import dataclass

from django.db import transaction

from organizations.folding import sort_key
from organizations.models import Agency, Membership, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from workdays.models import WorkSchedule

# A long name needs three signs a letter; its beginning is enough to sort by.
SORT_KEY_LETTERS = 500


@dataclass(frozen=True, kw_only=True)
class AgencyFacts:
    """What an agency's head paper and code say of it."""

    code: str
    name: str
    short_name: str
    kind: AgencyKind
    place: str
    address: str = ""
    phone: str = ""


def create_agency(*, facts: AgencyFacts, parent: Agency | None, schedule: WorkSchedule) -> Agency:
    """Add an agency below its parent; the database derives its path."""
    agency = Agency(
        code=facts.code,
        name=facts.name,
        short_name=facts.short_name,
        sort_key=sort_key(facts.name)[:SORT_KEY_LETTERS],
        kind=facts.kind,
        place=facts.place,
        address=facts.address,
        phone=facts.phone,
        parent=parent,
        schedule=schedule,
    )
    agency.full_clean(exclude=["path"])
    agency.save()
    return agency


@transaction.atomic
def create_user(
    *, username: str, full_name: str, title: str, password: str | None, must_change_password: bool
) -> User:
    """Add a person who may sign in once they are posted; without a password they may not yet."""
    user = User(
        username=username.lower(),
        full_name=full_name,
        title=title,
        must_change_password=must_change_password,
    )
    user.set_password(password) if password else user.set_unusable_password()
    user.full_clean()
    user.save()
    return user


def post(
    *, user: User, agency: Agency, role: Role, counter: ServiceCounter | None = None
) -> Membership:
    """Give a person a role in an agency; counter staff also a counter."""
    membership = Membership(user=user, agency=agency, role=role, counter=counter)
    membership.full_clean()
    membership.save()
    return membership
