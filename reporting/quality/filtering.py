"""Which findings a list is asked for: tab, kind, agency; it lives in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from organizations.models import Agency, User
from reporting.models import Finding
from reporting.quality.showing import OPEN_TAB, TABS
from reporting.querysets import QualityFindingQuerySet
from reporting.statuses import FindingKind


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A tab, and perhaps one kind and one agency; what names nothing is left out."""

    tab: str
    kind: FindingKind | None
    agency: Agency | None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        """The question in an address."""
        tab, kind = given.get("tab", ""), given.get("loai", "")
        code = given.get("co-quan", "")
        return cls(
            tab=tab if tab in TABS else OPEN_TAB,
            kind=FindingKind(kind) if kind in FindingKind.values else None,
            agency=_agency(code) if code else None,
        )

    def address(self, *, tab: str | None = None, kind: str | None = None) -> str:
        """The same list under another tab or kind."""
        parts = {
            "tab": self.tab if tab is None else tab,
            "loai": (self.kind.value if self.kind else "") if kind is None else kind,
            "co-quan": self.agency.code if self.agency else "",
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})

    def of_agency(self, user: User) -> QualityFindingQuerySet:
        """What this person may see, of the agency asked for, under the tab."""
        found: QualityFindingQuerySet = Finding.objects.all().visible_to(user)
        if self.agency is not None:
            found = found.filter(agency=self.agency)
        return found.filter(status__in=TABS[self.tab][1])

    def rows(self, user: User) -> QualityFindingQuerySet:
        """The rows of the list."""
        found = self.of_agency(user)
        return found if self.kind is None else found.filter(kind=self.kind)


def _agency(code: str) -> Agency | None:
    """A code with a sign that the database cannot take names no agency."""
    return None if "\x00" in code else Agency.objects.filter(code=code).first()
