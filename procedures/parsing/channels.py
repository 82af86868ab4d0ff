"""Reads "Cách thức thực hiện": blocks of channel, time limit, fee and description run together."""

import re

from procedures.parsing.durations import LIMIT_PATTERN, read_duration
from procedures.parsing.facts import ChannelFacts, Finding
from procedures.parsing.fees import AMOUNT_PATTERN, FEE_PATTERN, read_fee
from procedures.parsing.wording import NOTHING, said, tidy
from procedures.statuses import ChannelKind, FindingKind, Part

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_KINDS = {kind.label: kind for kind in ChannelKind}
_KIND = "|".join(_KINDS)
# Words in the place of a number ("Không quy định"): they begin right after the channel's name.
_WORDS = rf"Không(?:(?!{_KIND}|{FEE_PATTERN}).){{0,100}}?"
# A number that runs into an amount ("120,000 VNĐ") may be 1 and 20,000, or 12 and 0,000.
_BLOCK = re.compile(
    rf"(?P<kind>{_KIND})(?:"
    rf"(?P<joined>(?={AMOUNT_PATTERN}))"
    rf"|(?P<time>{LIMIT_PATTERN}|{NOTHING}|{_WORDS})(?P<fee>(?={FEE_PATTERN}))"
    rf")"
)
_FIRST = re.compile(rf"(?P<kind>{_KIND})(?P<time>.{{0,300}}?)(?={FEE_PATTERN})", re.DOTALL)
_CASE = re.compile(
    r"[-–+*•\s]*(?:\(?[0-9a-z]{1,2}[.)]\s*)?((?:Trường hợp|Đối với)\b[^:;.\n]{3,300})"
)

Read = tuple[list[ChannelFacts], list[Finding]]


def read_channels(text: str) -> Read:
    """All blocks in the order of printing; what stands before the first is a finding."""
    body = said(text).removeprefix(HEADER)
    if not body:
        return [], [Finding(Part.CHANNEL, FindingKind.MISSING)]
    starts = list(_BLOCK.finditer(body))
    channels, findings = _read_lead(body[: starts[0].start()] if starts else body)
    ends = [*(start.start() for start in starts[1:]), len(body)]
    for block, end in zip(starts, ends, strict=False):
        channel, new = _read_block(block, body[block.end() : end])
        channels.append(channel)
        findings += new
    return channels, findings


def _read_lead(lead: str) -> Read:
    """Text before the first regular block: at best a channel whose time limit is in words."""
    if not lead.strip():
        return [], []
    match = _FIRST.match(lead)
    if match is None:
        return [], [Finding(Part.CHANNEL, FindingKind.UNREAD, lead)]
    channel, findings = _read_block(match, lead[match.end() :])
    return [channel], findings


def _read_block(block: re.Match[str], after: str) -> tuple[ChannelFacts, list[Finding]]:
    kind = _KINDS[block["kind"]]
    if block.groupdict().get("joined") is not None:
        return _read_joined(kind, after)
    duration = read_duration(block["time"])
    fee = read_fee(after)
    excerpt = f"{block[0]}{after}"
    findings = duration.findings(excerpt)
    if fee.finding:
        findings.append(Finding(Part.CHANNEL, fee.finding, excerpt))
    channel = ChannelFacts(
        kind=kind,
        case_text=_case(fee.rest),
        time_limit=duration.number,
        time_unit=duration.unit,
        time_text=duration.text,
        fee_amount=fee.amount,
        fee_text=fee.text,
        description=tidy(fee.rest),
    )
    return channel, findings


def _read_joined(kind: ChannelKind, after: str) -> tuple[ChannelFacts, list[Finding]]:
    fee = read_fee(after)
    channel = ChannelFacts(
        kind=kind,
        case_text=_case(fee.rest),
        time_text=fee.text,
        fee_text=fee.text,
        description=tidy(fee.rest),
    )
    excerpt = f"{kind.label}{after}"
    return channel, [Finding(Part.CHANNEL, FindingKind.TIME_AND_FEE_JOINED, excerpt)]


def _case(description: str) -> str:
    """The heading of the case, when the description opens with one."""
    match = _CASE.match(description)
    return tidy(match[1]) if match else ""
