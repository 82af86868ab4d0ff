"""Who asks for which figures: how every page of figures begins."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest
from django.utils import timezone

from organizations.models import Agency, User
from organizations.roles import Role
from reporting import asking
from reporting.asking import Asked
from reporting.indicator_sets.shapes import Component, Group
from reporting.periods import PeriodLength
from reporting.results import Result
from reporting.sight import READERS, Sight


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A person, what they may see, the question, and why it was not the one in the address."""

    user: User
    sight: Sight
    asked: Asked
    refusal: str

    @property
    def status(self) -> int:
        """400 when another question is answered than was asked."""
        return 400 if self.refusal else 200

    def context(self, agency: Agency | None) -> dict[str, Any]:
        """What the templates of all pages need."""
        named = f"&co-quan={agency.code}" if agency else ""
        return {
            "asked": self.asked,
            "agency": agency,
            "sight": self.sight,
            "has_own_work": self.user.has_role(Role.OFFICER),
            "refusal": self.refusal,
            "period_query": self.asked.query,
            "query": f"{self.asked.query}{named}",
            "choices": asking.choices(self.asked),
            "previous_period": self.asked.period.previous(),
            "next_period": _next(self.asked),
        }


def visit(request: HttpRequest, usual: PeriodLength = PeriodLength.MONTH) -> Visit:
    """Begin a page; those who have no figures are turned away. Unasked, the running period."""
    user, at = request.user, timezone.now()
    if not isinstance(user, User) or not user.has_role(*READERS):
        raise PermissionDenied("Vai trò của tài khoản này không xem chỉ số.")
    asked, refusal = asking.now(at, usual), ""
    try:
        asked = asking.read(request.GET.dict(), at=at, usual=usual)
    except ValidationError as refused:
        refusal = refused.messages[0]
    return Visit(user=user, sight=Sight.of(user), asked=asked, refusal=refusal)


def agency_or_404(visit: Visit, code: str) -> Agency:
    """An agency whose figures the person may see."""
    try:
        return visit.sight.agency(code)
    except Agency.DoesNotExist:
        raise Http404 from None


def subject_of(request: HttpRequest, visit: Visit) -> Agency | None:
    """The agency named in the address; without one the whole, or the person's own agency."""
    code = request.GET.get("co-quan", "")
    return agency_or_404(visit, code) if code else visit.sight.own()


def group_or_404(result: Result, code: str) -> Group:
    """A group of the indicator set that governs the period."""
    for group in result.scored.indicator_set.groups:
        if group.code == code:
            return group
    raise Http404


def component_or_404(result: Result, code: str) -> Component:
    """A scored component of the indicator set."""
    for component in result.scored.indicator_set.components:
        if component.code == code and component.is_scored:
            return component
    raise Http404


def _next(asked: Asked) -> Any:
    following = asked.period.next()
    return following if following.start <= asked.at else None
