"""The vocabulary of reading dossiers; the SQL twin of what `deadlines` says of one dossier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncDate

from dossiers.statuses import OPEN_STATUSES, PAUSED_STATUSES, CorrectionStatus
from organizations.folding import vn_key
from organizations.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dossiers.models import Dossier
    from organizations.compiling import Instant
    from organizations.models import User

# What a list shows of each dossier's neighbours, without the long texts of a version.
LIST_RELATIONS = ("agency", "version", "assignee")
_LIST_COLUMNS = (
    "agency__code",
    "agency__name",
    "agency__short_name",
    "agency__schedule",
    "version__procedure",
    "version__name",
    "assignee__full_name",
)
_VERSION_TEXTS = (
    "version__source",
    "version__process_text",
    "version__conditions_text",
    "version__deciding_text",
    "version__implementing_text",
    "version__coordinating_text",
    "version__delegated_text",
)
# Control signs, among them the one that the database cannot take.
_NOT_WRITTEN = re.compile(r"[\x00-\x1f\x7f]")
_CODE_HEAD = re.compile(r"[A-Za-z][0-9]{2}([.-].*)?")
_NUMBER = re.compile(r"[0-9]+|[A-Z][0-9]{7,8}")
_BRANCH_TAX_CODE = 13


@dataclass(frozen=True)
class Sight:
    """What a person may see: everything, or what these agencies resolve or these counters keep."""

    is_whole: bool
    agencies: frozenset[int]
    counters: frozenset[int]

    @classmethod
    def of(cls, user: User) -> Sight:
        """By the roles that the person holds."""
        return cls(
            is_whole=user.sees_everything,
            agencies=user.agency_ids_for(Role.OFFICER, Role.HEAD, Role.SUPERVISOR),
            counters=user.counter_ids,
        )

    def covers(self, dossier: Dossier) -> bool:
        """`visible_to` for one dossier that is at hand."""
        return (
            self.is_whole
            or dossier.agency_id in self.agencies
            or dossier.counter_id in self.counters
        )


def has_passed(at: Instant) -> Q:
    """The promised moment lies behind; of open dossiers that means overdue."""
    return Q(due_at__lt=at)


def is_near(at: Instant) -> Q:
    """Within the agency's days of warning, the promise not yet passed."""
    return Q(remind_at__lte=at, due_at__gte=at)


# The days on the wall calendar that "early" and "on time" compare.
_DAYS = {"resolved_day": TruncDate("resolved_at"), "due_day": TruncDate("due_at")}


class DossierQuerySet(models.QuerySet[Any]):
    """Hồ sơ."""

    def visible_to(self, user: User) -> DossierQuerySet:
        """The one door: what this person may see, on pages, in search, counts and API alike."""
        sight = Sight.of(user)
        if sight.is_whole:
            return self.all()
        if not sight.agencies and not sight.counters:
            return self.none()
        if not sight.counters:
            return self.filter(agency__in=sight.agencies)
        if not sight.agencies:
            return self.filter(counter__in=sight.counters)
        return self.filter(Q(agency__in=sight.agencies) | Q(counter__in=sight.counters))

    def open(self) -> DossierQuerySet:
        """The promise still runs."""
        return self.filter(status__in=OPEN_STATUSES)

    def overdue(self, *, at: datetime) -> DossierQuerySet:
        """Open after the promised moment."""
        return self.open().filter(has_passed(at))

    def due_soon(self, *, at: datetime) -> DossierQuerySet:
        """Open and within the agency's days of warning, not yet overdue."""
        return self.open().filter(is_near(at))

    def paused(self) -> DossierQuerySet:
        """The clock stands still: overdue nowhere, whatever day was promised."""
        return self.filter(status__in=PAUSED_STATUSES)

    def early(self) -> DossierQuerySet:
        """Resolved on a day before the promised one."""
        resolved: DossierQuerySet = self.filter(resolved_at__isnull=False).annotate(**_DAYS)
        return resolved.filter(resolved_day__lt=F("due_day"))

    def on_time(self) -> DossierQuerySet:
        """Resolved on the promised day, not after the promised moment."""
        in_time: DossierQuerySet = self.filter(resolved_at__lte=F("due_at")).annotate(**_DAYS)
        return in_time.filter(resolved_day=F("due_day"))

    def late(self) -> DossierQuerySet:
        """Resolved after the promised moment."""
        return self.filter(resolved_at__gt=F("due_at"))

    def received_here(self) -> DossierQuerySet:
        """Registered in this portal, not taken over from an old system: figures count these."""
        return self.filter(imported_at__isnull=True)

    def taken_over(self) -> DossierQuerySet:
        """Imported from an old system, which claims what happened before."""
        return self.filter(imported_at__isnull=False)

    def without_leftovers(self) -> DossierQuerySet:
        """Less those whose promise had run out in the old system already.

        What became of them is looked into first (reporting.quality): many were done long ago,
        so nobody is warned of them, no letter is drafted, and no calendar moves their day.
        """
        return self.exclude(due_at__lte=F("imported_at"))

    def for_list(self) -> DossierQuerySet:
        """With what a row shows, in one query, and nothing else of the neighbours."""
        own = (field.name for field in self.model._meta.concrete_fields)
        return self.select_related(*LIST_RELATIONS).only(*own, *_LIST_COLUMNS)

    def search(self, text: str) -> DossierQuerySet:
        """Code first, then identity number, tax code or phone, then words of a name.

        Marks, case and the way that letters were composed do not matter. Of a name the words are
        whole; where nobody of these bears them all, they are beginnings.
        """
        text = _NOT_WRITTEN.sub(" ", text).strip()
        if not text:
            return self.none()
        if looks_like_code(text):
            return self.filter(code__startswith=text.upper())
        if number := _number(text):
            return self.filter(_known_by(number))
        worded: DossierQuerySet = self.annotate(
            applicant_words=SearchVector("applicant_key", config="simple")
        )
        words = vn_key(text)
        # For beginnings the index reads all names that go on from them, most of the province's.
        whole = worded.filter(applicant_words=_all_words(words))
        return whole if whole.exists() else worded.filter(applicant_words=_all_begun(words))


def looks_like_code(text: str) -> bool:
    """`H41.15-261122-0001` or its beginning: a letter, two digits, then a dot or hyphen."""
    return _CODE_HEAD.fullmatch(text.strip()) is not None


def _number(text: str) -> str:
    """An identity number, passport, tax code or telephone number however it was grouped."""
    plain = re.sub(r"[\s.\-()]", "", text).upper()
    if plain.startswith("+84"):
        plain = "0" + plain[3:]
    return plain if _NUMBER.fullmatch(plain) else ""


def _known_by(number: str) -> Q:
    tax_code = number
    if len(number) == _BRANCH_TAX_CODE:
        tax_code = f"{number[:10]}-{number[10:]}"  # as `identity.tax_code` writes a branch's
    return Q(identity_number=number) | Q(phone=number) | Q(tax_code=tax_code)


def _all_words(words: str) -> SearchQuery:
    return _joined(_quoted(words))


def _all_begun(words: str) -> SearchQuery:
    return _joined(f"{word}:*" for word in _quoted(words))


def _joined(terms: Iterable[str]) -> SearchQuery:
    return SearchQuery(" & ".join(terms), config="simple", search_type="raw")


def _quoted(words: str) -> list[str]:
    """Each word, quoted so that its signs are text like those of the name."""
    written = [word for word in words.split() if any(sign.isalnum() for sign in word)]
    escaped = [word.replace("\\", "\\\\").replace("'", "''") for word in written]
    return [f"'{word}'" for word in escaped]


class PauseQuerySet(models.QuerySet[Any]):
    """Tạm dừng."""

    def running(self) -> PauseQuerySet:
        """Not ended yet: at most one of a dossier."""
        return self.filter(ended_at__isnull=True)


class RuleBookQuerySet(models.QuerySet[Any]):
    """Bộ quy tắc."""

    def in_order(self) -> RuleBookQuerySet:
        """The earliest in force first."""
        return self.order_by("in_force_from")


class EventQuerySet(models.QuerySet[Any]):
    """Sự kiện."""

    def in_order(self) -> EventQuerySet:
        """As it happened, dossier by dossier."""
        return self.order_by("dossier_id", "sequence")


class CorrectionQuerySet(models.QuerySet[Any]):
    """Đính chính."""

    def visible_to(self, user: User) -> CorrectionQuerySet:
        """Those of the dossiers that the person may see."""
        sight = Sight.of(user)
        if sight.is_whole:
            return self.all()
        theirs = Q(agency__in=sight.agencies) | Q(dossier__counter__in=sight.counters)
        return self.filter(theirs)

    def waiting(self) -> CorrectionQuerySet:
        """Proposed and not decided."""
        return self.filter(status=CorrectionStatus.PROPOSED)

    def accepted(self) -> CorrectionQuerySet:
        """The moments that they tell count beside the recorded ones."""
        return self.filter(status=CorrectionStatus.ACCEPTED)

    def for_list(self) -> CorrectionQuerySet:
        """With what a row shows, in one query, without the long texts of a version."""
        return self.select_related(
            "dossier__agency", "dossier__version", "proposed_by", "decided_by", "evidence"
        ).defer(*(f"dossier__{name}" for name in _VERSION_TEXTS))
