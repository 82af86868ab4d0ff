"""The acts of administrators on agencies, counters and people; each leaves its trace.

An administrator administers their own agency and all below it.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from knox.models import AuthToken

from organizations import structure
from organizations.administering import require_administrator
from organizations.folding import sort_key
from organizations.models import (
    AdministrationEntry,
    Agency,
    Membership,
    ServiceCounter,
    User,
)
from organizations.roles import Role
from organizations.statuses import AdministrationSubject
from organizations.structure import SORT_KEY_LETTERS, AgencyFacts
from workdays.models import WorkSchedule

# Without letters that are taken for one another when a password is read aloud or copied.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


class AdministrationRefusal(ValidationError):
    """An act of administration that may not be done; the code says which rule refuses it."""


def administered_ids(actor: User) -> frozenset[int]:
    """The agencies that this person administers: their own and all below."""
    return frozenset(
        pk
        for posting in actor.postings
        if posting.role == Role.ADMINISTRATOR
        for pk in posting.reach
    )


# What lists of people tell of their roles, in the order in which these were given.
POSTINGS = Prefetch(
    "memberships", Membership.objects.select_related("agency", "counter").order_by("id")
)


def administered_people(actor: User) -> QuerySet[User]:
    """Those with a role where this person administers, and those without any."""
    orphans = User.objects.filter(memberships__isnull=True)
    within = User.objects.filter(memberships__agency__in=administered_ids(actor))
    return (within | orphans).distinct()


@transaction.atomic
def add_agency(
    *, facts: AgencyFacts, parent: Agency, schedule: WorkSchedule, actor: User, at: datetime
) -> Agency:
    """Adds an agency below one that the person administers."""
    require_reach(actor, parent)
    agency = structure.create_agency(facts=facts, parent=parent, schedule=schedule)
    note(agency, f"Thêm cơ quan {agency.name}, trực thuộc {parent.name}.", actor, at)
    return agency


@transaction.atomic
def change_agency(
    *, agency: Agency, changed: Mapping[str, object], actor: User, at: datetime
) -> Agency:
    """Changes what is written of an agency; its code and its place in the tree stay."""
    require_reach(actor, agency)
    agency = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    if changed.get("is_active") is False and agency.children.filter(is_active=True).exists():
        raise AdministrationRefusal(
            "Cơ quan này còn cơ quan trực thuộc đang hoạt động. Hãy ngừng các cơ quan đó trước.",
            code="has_children",
        )
    _write(agency, changed, actor, at)
    agency.sort_key = sort_key(agency.name)[:SORT_KEY_LETTERS]
    agency.save(update_fields=["sort_key"])
    return agency


@transaction.atomic
def add_counter(
    *, agency: Agency, facts: Mapping[str, object], actor: User, at: datetime
) -> ServiceCounter:
    """Adds a counter that this agency keeps."""
    require_reach(actor, agency)
    counter = ServiceCounter(agency=agency, **facts)
    counter.full_clean()
    counter.save()
    note(counter, f"Thêm {counter.name}.", actor, at)
    return counter


@transaction.atomic
def change_counter(
    *, counter: ServiceCounter, changed: Mapping[str, object], actor: User, at: datetime
) -> ServiceCounter:
    """Changes what is written of a counter, or closes it."""
    require_reach(actor, counter.agency)
    counter = ServiceCounter.objects.select_for_update(of=("self",)).get(pk=counter.pk)
    _write(counter, changed, actor, at)
    return counter


@transaction.atomic
def add_user(
    *, facts: Mapping[str, str], membership: Mapping[str, object], actor: User, at: datetime
) -> tuple[User, str]:
    """Adds a person with their first role; answers the password, which nobody can read again."""
    password = one_time_password()
    user = structure.create_user(
        username=facts["username"],
        full_name=facts["full_name"],
        title=facts["title"],
        password=password,
        must_change_password=True,
    )
    user.phone, user.email = facts["phone"], facts["email"]
    user.full_clean()
    user.save(update_fields=["phone", "email"])
    note(user, f"Thêm người dùng {user.full_name} ({user.username}).", actor, at)
    _post(user, membership, actor, at)
    return user, password


@transaction.atomic
def change_user(*, user: User, changed: Mapping[str, object], actor: User, at: datetime) -> User:
    """Changes what is written of a person, or bars them; barred, all their sessions end."""
    user = _held(user, actor)
    if user.pk == actor.pk and changed.get("is_active") is False:
        raise AdministrationRefusal(
            "Không tự khóa tài khoản của mình. Hãy nhờ một quản trị khác.", code="own_account"
        )
    _write(user, changed, actor, at)
    if not user.is_active:
        AuthToken.objects.filter(user=user).delete()
    return user


@transaction.atomic
def reset_password(*, user: User, actor: User, at: datetime) -> str:
    """A password for one use: shown once, to be changed at the next sign-in.

    Sessions and tokens that ran on the former password end.
    """
    user = _held(user, actor)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    AuthToken.objects.filter(user=user).delete()
    note(user, "Cấp lại mật khẩu dùng một lần.", actor, at)
    return password


@transaction.atomic
def post(*, user: User, membership: Mapping[str, object], actor: User, at: datetime) -> Membership:
    """Gives a person a role in an agency that the actor administers."""
    return _post(_held(user, actor), membership, actor, at)


@transaction.atomic
def unpost(*, membership: Membership, actor: User, at: datetime) -> None:
    """Takes a role from a person; what they did in it stays theirs."""
    user = _held(membership.user, actor)
    if user.pk == actor.pk and membership.role == Role.ADMINISTRATOR:
        raise AdministrationRefusal(
            "Không tự bỏ vai trò quản trị của mình. Hãy nhờ một quản trị khác.", code="own_account"
        )
    note(user, f"Bỏ vai trò {_told(membership)}.", actor, at)
    membership.delete()


def one_time_password() -> str:
    """Three groups of four that can be read aloud: about 59 bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def _post(user: User, membership: Mapping[str, object], actor: User, at: datetime) -> Membership:
    agency = membership["agency"]
    assert isinstance(agency, Agency)  # noqa: S101 (the forms give agencies)
    require_reach(actor, agency)
    row = Membership(user=user, **membership)
    if row.counter is not None and row.counter.agency_id != agency.pk:
        raise AdministrationRefusal(
            "Bộ phận một cửa phải thuộc cơ quan đã chọn. Hãy chọn lại.", code="counter_elsewhere"
        )
    row.full_clean()
    row.save()
    note(user, f"Thêm vai trò {_told(row)}.", actor, at)
    return row


def _told(membership: Membership) -> str:
    place = f", {membership.counter}" if membership.counter else ""
    return f"{membership.get_role_display()} tại {membership.agency}{place}"


def require_reach(actor: User, agency: Agency) -> None:
    """Raise PermissionDenied or AdministrationRefusal unless the person administers it."""
    require_administrator(actor)
    if agency.pk not in administered_ids(actor):
        raise AdministrationRefusal(
            f"{agency} không thuộc phạm vi quản trị của bạn.", code="out_of_reach"
        )


def _held(user: User, actor: User) -> User:
    """The person, locked, when all their roles lie where the actor administers."""
    require_administrator(actor)
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    agency_ids = set(user.memberships.values_list("agency", flat=True))
    if not agency_ids <= administered_ids(actor):
        raise AdministrationRefusal(
            "Người này giữ vai trò ở cơ quan ngoài phạm vi quản trị của bạn.", code="out_of_reach"
        )
    return user


def _write(
    row: Agency | ServiceCounter | User, changed: Mapping[str, object], actor: User, at: datetime
) -> None:
    """Writes what differs, and a sentence with before and after for each field."""
    differing = {name: value for name, value in changed.items() if getattr(row, name) != value}
    told = [
        f"{row._meta.get_field(name).verbose_name}: {_word(getattr(row, name))} → {_word(value)}"  # type: ignore[union-attr]
        for name, value in differing.items()
    ]
    if not differing:
        return
    for name, value in differing.items():
        setattr(row, name, value)
    row.full_clean(exclude=["path"] if isinstance(row, Agency) else None)
    row.save(update_fields=list(differing))
    note(row, f"Sửa {row}: {'; '.join(told)}.", actor, at)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"“{value}”" if value != "" else "trống"


def note(
    row: Agency | ServiceCounter | User, sentence: str, actor: User | None, at: datetime
) -> None:
    """Keep in the journal what was done; without an actor the system did it."""
    subjects = {
        Agency: AdministrationSubject.AGENCY,
        ServiceCounter: AdministrationSubject.COUNTER,
        User: AdministrationSubject.USER,
    }
    AdministrationEntry.objects.create(
        subject=subjects[type(row)],
        subject_id=row.pk,
        sentence=sentence,
        actor=actor,
        made_at=at,
    )
