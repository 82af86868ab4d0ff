"""What surrounds every page: navigation by role with live counts, the unit, the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from apologies import listing as apology_listing
from desk import listing
from desk.models import ListSettings
from dossiers import correction_showing, worklists
from feedback import worklists as petition_worklists
from liaison import handover_worklists
from liaison import worklists as liaison_worklists
from notifications import listing as outgoing
from organizations.compiling import row_for
from organizations.models import User
from organizations.roles import Role

Waiting = Callable[[User], Mapping[str, QuerySet[Any]]]

# What waits for a person, by the name of a section; all of it is counted in one statement.
WAITING: tuple[Waiting, ...] = (
    worklists.waiting,
    listing.waiting,
    apology_listing.waiting,
    petition_worklists.waiting,
    liaison_worklists.waiting,
    handover_worklists.waiting,
    correction_showing.waiting,
    outgoing.waiting,
)

NAMES_SUBSTITUTES = (Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR)
STAFF = frozenset({Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR})
EVERYBODY = frozenset(Role)


@dataclass(frozen=True)
class Section:
    """One entry of the navigation, for those who hold one of the roles."""

    name: str
    label: str
    route: str
    roles: frozenset[Role]
    key: str


SECTIONS = (
    Section("intake", "Tiếp nhận", "dossiers:intake", frozenset({Role.COUNTER}), "t"),
    Section("dossiers", "Hồ sơ", "dossiers:worklist", STAFF, "h"),
    Section("news", "Tin mới", "desk:news", STAFF, "b"),
    Section("liaison", "Liên thông", "liaison:worklist", STAFF, "l"),
    Section("handovers", "Bàn giao", "liaison:handovers", STAFF, "o"),
    Section("apologies", "Xin lỗi", "apologies:drafts", STAFF, "x"),
    Section("feedback", "Phản ánh", "feedback:worklist", STAFF, "p"),
    Section(
        "figures",
        "Chỉ số",
        "reporting:board",
        frozenset({Role.OFFICER, Role.HEAD, Role.SUPERVISOR}),
        "c",
    ),
    Section("quality", "Dữ liệu", "reporting:findings", STAFF, "s"),
    Section("catalogue", "Danh mục", "procedures:list", EVERYBODY, "d"),
    Section(
        "administration", "Quản trị", "dossiers:calendar", frozenset({Role.ADMINISTRATOR}), "q"
    ),
)
SEARCH = "dossiers:search"
# The pages of administrators: the first is where their section leads.
ADMINISTRATION = (
    ("Lịch làm việc", "dossiers:calendar"),
    ("Bộ quy tắc", "dossiers:rule_sets"),
    ("Quyết định công bố", "procedures:decisions"),
    ("Thủ tục còn thiếu nội dung", "procedures:incomplete"),
    ("Danh mục cần xem lại", "procedures:findings"),
    ("Tin gửi", "notifications:list"),
    ("Ký số", "apologies:signing"),
    ("Nhập hồ sơ cũ", "legacy:runs"),
    ("Cơ quan", "organizations:agencies"),
    ("Người dùng", "organizations:people"),
)


@dataclass(frozen=True)
class Entry:
    """A section as it stands on the page; icons carry the names of the sections."""

    section: Section
    url: str
    count: int | None
    is_current: bool

    @property
    def label(self) -> str:
        """The word in the navigation."""
        return self.section.label

    @property
    def icon(self) -> str:
        """The symbol in icons.svg."""
        return self.section.name

    @property
    def key(self) -> str:
        """The letter after `g`."""
        return self.section.key


@dataclass(frozen=True)
class Place:
    """A page of administrators, as the bar above their pages shows it."""

    label: str
    url: str
    is_current: bool


class Frame:
    """The frame of one page; nothing is asked of the database until a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def now(self) -> datetime:
        """The moment of the page, told by the server."""
        return timezone.now()  # noqa: TID251 (an interface: the clock is read here)

    @cached_property
    def user(self) -> User | None:
        """The person who signed in and may go on."""
        user = getattr(self.request, "user", None)
        if not isinstance(user, User) or user.must_change_password:
            return None
        return user

    @cached_property
    def navigation(self) -> list[Entry]:
        """The sections of this person's roles."""
        if self.user is None:
            return []
        shown = [(section, _address(section.route)) for section in sections_for(self.user)]
        if self.administration:
            current = _address(ADMINISTRATION[0][1])
        else:
            current = max((url for _, url in shown if self._is_under(url)), key=len, default="")
        return [
            Entry(section, url, self._counts.get(section.name), url == current)
            for section, url in shown
        ]

    @cached_property
    def administration(self) -> list[Place]:
        """The pages beside this one, when it is one of administrators."""
        if self.user is None or not self.user.has_role(Role.ADMINISTRATOR):
            return []
        known = [(label, _address(route)) for label, route in ADMINISTRATION]
        here = max((url for _, url in known if self._is_under(url)), key=len, default="")
        return [Place(label, url, url == here) for label, url in known] if here else []

    @cached_property
    def search_url(self) -> str:
        """Where the search field of the top bar leads; nowhere for those without dossiers."""
        if self.user is None or not self.user.has_role(*STAFF):
            return ""
        return _address(SEARCH)

    @cached_property
    def leave_url(self) -> str:
        """Where substitutes are named, for those who may name any."""
        if self.user is None or not self.user.has_role(*NAMES_SUBSTITUTES):
            return ""
        return _address("organizations:leave")

    @cached_property
    def list_settings(self) -> ListSettings | None:
        """The person's own filters and columns of the worklist."""
        return listing.settings_of(self.user) if self.user else None

    @cached_property
    def unit(self) -> str:
        """The counter, or else the agency, for which the person works."""
        posting = self.user.main_posting if self.user else None
        return str(posting.counter or posting.agency) if posting else ""

    @cached_property
    def role(self) -> str:
        """The words for the person's main role."""
        posting = self.user.main_posting if self.user else None
        return posting.get_role_display() if posting else ""

    @cached_property
    def _counts(self) -> dict[str, int]:
        return row_for(self.user, _waiting, at=self.now) if self.user else {}

    def _is_under(self, url: str) -> bool:
        return self.request.path.startswith(url)


@cache
def _address(route: str) -> str:
    return reverse(route)


def _waiting(user: User) -> QuerySet[Any]:
    """How many wait in each section, as columns of one row."""
    rows = {name: found for waiting in WAITING for name, found in waiting(user).items()}
    counts = {name: _count(found) for name, found in rows.items()}
    return User.objects.filter(pk=user.pk).values(**counts)


def _count(found: QuerySet[Any]) -> Coalesce:
    alone = found.order_by().annotate(all=Value(1)).values("all")
    # Of rows, not of a column: an index that does not hold the column may answer.
    return Coalesce(Subquery(alone.annotate(count=Count("*")).values("count")), 0)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": Frame(request)}


def sections_for(user: User) -> list[Section]:
    """What this person's roles open, in the order of the navigation."""
    return [section for section in SECTIONS if user.has_role(*section.roles)]
