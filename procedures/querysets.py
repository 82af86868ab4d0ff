"""The vocabulary of reading the catalogue: published, handled by, searched for."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject, Length
from django.db.models.lookups import In

from organizations.folding import vn_key
from procedures.completeness import BLANKS
from procedures.parsing.wording import NOTHING
from procedures.statuses import Content, FindingKind

if TYPE_CHECKING:
    # Named in strings, because a class's bases are read before the models exist.
    from procedures.models import (  # noqa: F401
        Channel,
        Procedure,
        ProcedureVersion,
        ReadingFinding,
    )

Row = TypeVar("Row", bound=models.Model)
# "1.012790", or a province's form of it: "1.012790.000.00.00.H41".
_WHOLE_CODE = re.compile(r"([0-9]\.[0-9]{6})(?:\.[0-9A-Z.]*)?", re.IGNORECASE)
_PART_OF_CODE = re.compile(r"[0-9][0-9.]*")
MAX_WORDS = 12


def _objects(model: str) -> models.Manager[models.Model]:
    """The rows of a model of this app, which cannot be imported here: it imports this module."""
    manager: models.Manager[models.Model] = apps.get_model("procedures", model)._default_manager
    return manager


def _items_dated(since: date, until: date) -> models.QuerySet[models.Model]:
    return _objects("DecisionItem").filter(
        procedure=OuterRef("pk"), decision__issued_date__gte=since, decision__issued_date__lt=until
    )


def _said(text: str | Func) -> Q:
    """The SQL of `completeness.says`."""
    read = F(text) if isinstance(text, str) else text
    trimmed = Func(read, Value(BLANKS), function="btrim", output_field=models.TextField())
    return ~Q(In(trimmed, ["", NOTHING]))


def _joined_subjects() -> Func:
    named = Func(F("subjects"), Value(NOTHING), function="array_remove")
    return Func(named, Value(""), function="array_to_string", output_field=models.TextField())


def _present() -> "dict[Content, Q | Exists]":
    """For each content, whether a version has it: line by line what `completeness` says."""
    channels = _objects("Channel").filter(version=OuterRef("pk"))
    papers = _objects("RequiredPaper").filter(version=OuterRef("pk"))
    counted = Q(originals__gt=0) | Q(copies__gt=0) | _said("quantity_text")
    joined = ~Q(fee_text="") & Q(time_text=F("fee_text"))
    limited = Q(time_limit__isnull=False) & ~Q(time_unit="")
    in_words = Q(time_limit__isnull=True) & _said("time_text") & ~joined
    return {
        Content.NAME: _said("name"),
        Content.PROCESS: _said("process_text"),
        Content.CHANNELS: Exists(channels),
        Content.PAPERS: Exists(papers.filter(_said("name"), counted)),
        Content.TIME_LIMIT: Q(Exists(channels), ~Exists(channels.exclude(limited | in_words))),
        Content.SUBJECTS: _said(_joined_subjects()),
        Content.AGENCY: _said("implementing_text"),
    }


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Thủ tục hành chính."""

    def published(self) -> Self:
        """Procedures in force: they have a version, and nobody retired them."""
        return self.filter(current_version__isnull=False, retired_at__isnull=True)

    def handled_by(self, agency_ids: Collection[int]) -> Self:
        """Procedures that one of these agencies handles today."""
        handled = _objects("ProcedureAssignment").filter(
            procedure=OuterRef("pk"), agency__in=agency_ids, is_active=True
        )
        return self.filter(Exists(handled))

    def of_field(self, field_id: int) -> Self:
        """Procedures of one field."""
        return self.filter(current_version__field=field_id)

    def at_level(self, level: str) -> Self:
        """Procedures carried out at this level, among others."""
        return self.filter(current_version__levels__contains=[level])

    def in_decisions_dated(self, since: date, until: date) -> Self:
        """Published, revised or retired by a decision signed from `since` to before `until`."""
        return self.filter(Exists(_items_dated(since, until)))

    def published_on_time(self, since: date, until: date) -> Self:
        """Of those, the ones that no decision of the period published late (indicator 1.1)."""
        late = _items_dated(since, until).filter(decision__issued_date__gt=F("publish_by"))
        return self.in_decisions_dated(since, until).exclude(Exists(late))

    def complete(self) -> Self:
        """In force, and saying all that NĐ 63/2010 Đ8(2) asks for (indicator 1.3)."""
        return self._in_force_with(complete=True)

    def incomplete(self) -> Self:
        """In force, and lacking something of it."""
        return self._in_force_with(complete=False)

    def _in_force_with(self, *, complete: bool) -> Self:
        version = _objects("ProcedureVersion").filter(pk=OuterRef("current_version"))
        whole = Exists(version.filter(*_present().values()))
        return self.published().filter(whole if complete else ~whole)

    def with_version(self) -> Self:
        """With the current version and its field; the stored source, which is large, stays away."""
        return self.select_related("current_version__field").defer("current_version__source")

    def with_whole_version(self) -> Self:
        """Those that have a version, retired ones too, with it, its field and its decision."""
        return (
            self.filter(current_version__isnull=False)
            .select_related("current_version__field", "current_version__decision")
            .defer("current_version__source")
        )

    def with_limits(self) -> Self:
        """With `limits`: the time limits of all channels, in the same query."""
        limits = (
            _objects("Channel")
            .filter(version=OuterRef("current_version"))
            .order_by("position")
            .values(limit=JSONObject(number="time_limit", unit="time_unit"))
        )
        return self.annotate(limits=ArraySubquery(limits))

    def by_code(self) -> Self:
        """In the order of codes."""
        return self.order_by("code")

    def search(self, text: str) -> Self:
        """Best first: the exact code, codes that begin so, then names, blind to marks.

        Every word must begin a word of the name; an exact name comes before a phrase,
        a phrase before scattered words, the same marks before other marks, short before long.
        """
        typed = unicodedata.normalize("NFC", text).replace("\0", "").strip()
        whole = _WHOLE_CODE.fullmatch(typed)
        if whole:
            return self.filter(code=whole[1]).by_code()
        if _PART_OF_CODE.fullmatch(typed):
            return self._search_code(typed)
        return self._search_name(typed)

    def _search_code(self, digits: str) -> Self:
        rank = Case(When(code__startswith=digits, then=0), default=1, output_field=IntegerField())
        return self.filter(code__contains=digits).annotate(rank=rank).order_by("rank", "code")

    def _search_name(self, typed: str) -> Self:
        key = vn_key(typed)
        words = re.findall(r"[a-z0-9]+", key)[:MAX_WORDS]
        if not words:
            return self.none() if key else self.by_code()
        name = "current_version__name_key"
        matching = self.filter(*(Q(**{f"{name}__regex": rf"\m{word}"}) for word in words))
        phrase = r"\s+".join(words)
        rank = Case(
            When(**{f"{name}__regex": rf"^(thu tuc )?{phrase}\M"}, then=Value(0)),
            When(**{f"{name}__regex": rf"\m{phrase}\M"}, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        marks = Case(
            When(current_version__name__icontains=typed, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        return matching.annotate(rank=rank, other_marks=marks).order_by(
            "other_marks", "rank", Length(name), "code"
        )


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Phiên bản thủ tục."""

    def complete(self) -> Self:
        """Those that say all of it: the twin of `completeness.missing` with nothing missing."""
        return self.filter(*_present().values())

    def with_missing(self) -> Self:
        """With `missing`: the values of `Content` that they lack, in the decree's order."""
        lacking = (
            Case(When(present, then=Value("")), default=Value(content.value))
            for content, present in _present().items()
        )
        listed = Func(*lacking, template="ARRAY[%(expressions)s]")
        return self.annotate(
            missing=Func(
                listed,
                Value(""),
                function="array_remove",
                output_field=ArrayField(models.TextField()),
            )
        )

    def current(self) -> Self:
        """The versions in force."""
        return self.filter(
            procedure__current_version=F("pk"), procedure__retired_at__isnull=True
        ).order_by("procedure__code")

    def lacking(self, content: Content | None = None) -> Self:
        """Of those `with_missing`, the ones that lack something, or this."""
        if content is None:
            return self.exclude(missing=[])
        return self.filter(Q(missing__contains=[content.value]))

    def count_by_content(self) -> list[tuple[Content, int]]:
        """Of those `with_missing`, how many lack each content; what nobody lacks is left out."""
        totals = self.aggregate(
            **{
                content.value: Count("pk", filter=Q(missing__contains=[content.value]))
                for content in Content
            }
        )
        return [(content, totals[content.value]) for content in Content if totals[content.value]]

    def for_list(self) -> Self:
        """With procedure and field, without the long texts."""
        return self.select_related("procedure", "field").defer(
            "source", "process_text", "conditions_text"
        )


class OfVersionQuerySet(models.QuerySet[Row]):
    """Rows that hang below a version."""

    def current(self) -> Self:
        """Of the versions in force."""
        return self.filter(
            version__procedure__current_version=F("version"), version__procedure__retired_at=None
        )

    def with_procedure(self) -> Self:
        """With the version and its procedure, in the order of codes."""
        return (
            self.select_related("version__procedure", "version__field")
            .defer("version__source", "version__process_text", "version__conditions_text")
            .order_by("version__procedure__code", "position")
        )


class ChannelQuerySet(OfVersionQuerySet["Channel"]):
    """Cách thức thực hiện."""

    def without_limit(self) -> Self:
        """Channels with which nobody can count a deadline yet."""
        return self.filter(time_unit="")


class FindingQuerySet(OfVersionQuerySet["ReadingFinding"]):
    """Điểm cần xem lại."""

    def count_by_kind(self) -> list[tuple[FindingKind, int]]:
        """How many of each kind, the most first."""
        counted = self.values_list("kind").annotate(total=Count("id")).order_by("-total", "kind")
        return [(FindingKind(kind), total) for kind, total in counted]
