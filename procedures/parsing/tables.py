"""Reads one row of the summary table (CSV), which knows the first block of each channel only."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from procedures.parsing.durations import Duration, read_duration
from procedures.parsing.facts import ChannelFacts, Finding, ProcedureFacts, ResultFacts
from procedures.parsing.fees import read_fee
from procedures.parsing.pages import read_levels
from procedures.parsing.wording import listed, one_line, said, tidy
from procedures.statuses import ChannelKind, FindingKind, Part
from workdays.units import TimeUnit

COLUMNS = ("code", "name", "decision", "level", "kind", "domain", "implementing")
_CUT = "…"
_UNITS = {
    "working_day": "Ngày làm việc",
    "calendar_day": "Ngày",
    "hour": "Giờ",
    "month": "Tháng",
    "": "",
}


def read_table_row(row: Mapping[str, str]) -> ProcedureFacts:
    """What the table says; texts that it cut short ("…") are kept and reported."""
    findings = [
        Finding(Part.HEAD, FindingKind.UNREAD, f"{key}: {value}")
        for key, value in row.items()
        if value.rstrip().endswith(_CUT)
    ]
    channels = []
    for kind in (ChannelKind.ONLINE, ChannelKind.DIRECT, ChannelKind.POSTAL):
        channels += _read_channel(kind, row, findings)
    levels, level_findings = read_levels(row.get("level", ""))
    result = one_line(said(row.get("result", "")))
    return ProcedureFacts(
        code=one_line(row.get("code", "")),
        name=one_line(row.get("name", "")),
        field_name=one_line(said(row.get("domain", ""))),
        levels=levels,
        kind=one_line(said(row.get("kind", "")))[:100],
        decision_number=one_line(said(row.get("decision", ""))),
        subjects=listed(row.get("subjects", "")),
        deciding_text=said(row.get("authority", "")),
        implementing_text=said(row.get("implementing", "")),
        source_code=one_line(row.get("ministry_folder", ""))[:80],
        channels=tuple(channels),
        results=(ResultFacts(one_line(row.get("result_code", ""))[:60], result),) if result else (),
        findings=(*level_findings, *findings),
    )


def _read_channel(
    kind: ChannelKind, row: Mapping[str, str], findings: list[Finding]
) -> list[ChannelFacts]:
    value, unit, fee_text = (
        (row.get(f"{kind}_{part}") or "").strip() for part in ("value", "unit", "fee")
    )
    if not (value or fee_text):
        return []
    duration = _duration(value, unit)
    fee = read_fee(fee_text)
    excerpt = f"{kind.label}: {duration.text} {fee_text}"
    findings += duration.findings(excerpt)
    unclear = fee.finding or (FindingKind.FEE_UNCLEAR if fee.rest.strip() else None)
    if unclear:
        findings.append(Finding(Part.CHANNEL, unclear, excerpt))
    amount: Decimal | None = None if unclear else fee.amount
    return [
        ChannelFacts(
            kind=kind,
            time_limit=duration.number,
            time_unit=duration.unit,
            time_text=duration.text,
            fee_amount=amount,
            fee_text=tidy(fee_text),
        )
    ]


def _duration(value: str, unit: str) -> Duration:
    if unit not in _UNITS:
        return Duration(f"{value} {unit}".strip(), finding=FindingKind.UNIT_UNKNOWN)
    return read_duration(f"{value} {_UNITS[unit]}")


def same_limits(page: Iterable[ChannelFacts], table: Iterable[ChannelFacts]) -> bool:
    """Does the page know every time limit that the table prints?"""
    known: set[tuple[ChannelKind, Decimal | None, TimeUnit | None]] = {
        (channel.kind, channel.time_limit, channel.time_unit) for channel in page
    }
    return all(
        (channel.kind, channel.time_limit, channel.time_unit) in known
        for channel in table
        if channel.time_limit is not None
    )
