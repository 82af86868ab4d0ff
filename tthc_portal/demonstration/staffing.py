"""Posts the staff whom a whole province needs: a counter and three desks for each agency.

Nobody can sign in as them: they have no password until an administrator gives them one.
"""

from collections.abc import Iterator
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from organizations.models import Agency, Membership, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from tthc_portal.demonstration.people import (
    COMMUNE_POSTS,
    DEPARTMENT_POSTS,
    Post,
    believable_name,
)


@transaction.atomic
def post_everywhere(*, seed: int) -> int:
    """Give each agency that handles procedures but has no officer its staff; how many people."""
    wanted = []
    for agency in _without_officers():
        random = Random(f"{seed}:{agency.code}")  # noqa: S311 (chance, not secrecy)
        counter = _counter(agency) if agency.kind == AgencyKind.COMMUNE else None
        wanted += [(agency, counter, post) for post in _posts(agency, random)]
    users = User.objects.bulk_create(_person(post) for _, _, post in wanted)
    Membership.objects.bulk_create(
        Membership(
            user=user,
            agency=agency,
            role=post.role,
            counter=counter if post.role == Role.COUNTER else None,
        )
        for user, (agency, counter, post) in zip(users, wanted, strict=True)
    )
    return len(users)


def _without_officers() -> list[Agency]:
    handling = Agency.objects.filter(
        procedure_assignments__is_active=True, parent__isnull=False, is_active=True
    )
    return list(handling.exclude(memberships__role=Role.OFFICER).distinct().order_by("id"))


def _posts(agency: Agency, random: Random) -> Iterator[Post]:
    posts = COMMUNE_POSTS if agency.kind == AgencyKind.COMMUNE else DEPARTMENT_POSTS
    for suffix, title, role in posts:
        yield Post(f"{agency.code.lower()}.{suffix}", believable_name(random), title, role)


def _person(post: Post) -> User:
    return User(
        username=post.username,
        full_name=post.full_name,
        title=post.title,
        password=make_password(None),
    )


def _counter(commune: Agency) -> ServiceCounter:
    place = commune.short_name.removeprefix("UBND ")
    counter, _ = ServiceCounter.objects.get_or_create(
        agency=commune,
        name=f"Trung tâm Phục vụ hành chính công {place}",
        defaults={"address": place[:1].upper() + place[1:], "phone": ""},
    )
    return counter
