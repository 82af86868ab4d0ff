"""Arranges a version for reading: papers by case, channels by case, limits in one phrase."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from organizations.statuses import AgencyKind
from procedures.models import Channel, Procedure, ProcedureVersion, RequiredPaper
from workdays.units import TimeUnit

NO_LIMIT = "Chưa có thời hạn"


@dataclass(frozen=True)
class PaperGroup:
    """The papers of one case."""

    heading: str
    papers: list[RequiredPaper]


@dataclass(frozen=True)
class ChannelGroup:
    """Channels that share a case and a description, so that it is read once."""

    case_text: str
    description: str
    channels: list[Channel]


@dataclass(frozen=True)
class Handlers:
    """Who carries it out: departments by name, communes by their number."""

    names: list[str]
    communes: int


def page_of(procedure: Procedure) -> dict[str, object]:
    """Everything that the page of a procedure shows; the procedure has a version."""
    version = procedure.current_version
    if version is None:
        raise ValueError(f"{procedure.code} has no version to show")
    channels = channel_groups(version)
    return {
        "procedure": procedure,
        "version": version,
        "limit_phrase": limits_of(channels),
        "paper_groups": paper_groups(version),
        "channel_groups": channels,
        "legal_bases": version.legal_bases.order_by("position"),
        "results": version.results.order_by("position"),
        "handlers": handlers(procedure),
    }


def paper_groups(version: ProcedureVersion) -> list[PaperGroup]:
    """In the order of printing."""
    groups: dict[str, list[RequiredPaper]] = {}
    for paper in version.papers.order_by("position"):
        groups.setdefault(paper.group, []).append(paper)
    return [PaperGroup(heading, papers) for heading, papers in groups.items()]


def channel_groups(version: ProcedureVersion) -> list[ChannelGroup]:
    """In the order of printing."""
    groups: dict[tuple[str, str], list[Channel]] = {}
    for channel in version.channels.order_by("position"):
        groups.setdefault((channel.case_text, channel.description), []).append(channel)
    return [ChannelGroup(*key, channels) for key, channels in groups.items()]


def handlers(procedure: Procedure) -> Handlers:
    """The agencies that handle it today, in one query."""
    rows = list(
        procedure.assignments.filter(is_active=True, agency__is_active=True)
        .order_by("agency__sort_key", "agency_id")
        .values_list("agency__name", "agency__kind")
    )
    names = [name for name, kind in rows if kind != AgencyKind.COMMUNE]
    return Handlers(names, len(rows) - len(names))


def limits_of(groups: Iterable[ChannelGroup]) -> str:
    """The limits of all channels in one phrase."""
    channels = [channel for group in groups for channel in group.channels]
    return limits_phrase(
        [{"number": channel.time_limit, "unit": channel.time_unit} for channel in channels]
    )


def limits_phrase(limits: Sequence[Mapping[str, object]]) -> str:
    """ "7 ngày làm việc", "2 đến 4 ngày làm việc", or what differs joined by "hoặc"."""
    by_unit: dict[str, set[Decimal]] = {}
    for limit in limits:
        if limit["number"] is not None:
            by_unit.setdefault(str(limit["unit"]), set()).add(Decimal(str(limit["number"])))
    phrases = [_span(sorted(numbers), unit) for unit, numbers in by_unit.items()]
    return " hoặc ".join(phrases) or NO_LIMIT


def _span(numbers: Sequence[Decimal], unit: str) -> str:
    word = TimeUnit(unit).label if unit else "(chưa rõ đơn vị)"
    ends = dict.fromkeys((numbers[0], numbers[-1]))
    return f"{' đến '.join(_plain(number) for number in ends)} {word}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def with_phrases(procedures: Iterable[Procedure]) -> list[Procedure]:
    """The procedures with `limit_phrase`, from the `limits` that `with_limits` fetched."""
    listed = list(procedures)
    for procedure in listed:
        procedure.limit_phrase = limits_phrase(procedure.limits)
    return listed
