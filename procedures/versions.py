"""Writes the facts of a procedure as a version with its rows, and reads them back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Max

from organizations.folding import sort_key
from organizations.models import User
from procedures.models import (
    Channel,
    Decision,
    Field,
    LegalBasis,
    Procedure,
    ProcedureResult,
    ProcedureVersion,
    ReadingFinding,
    RequiredPaper,
)
from procedures.parsing.facts import (
    BasisFacts,
    ChannelFacts,
    Finding,
    PaperFacts,
    ProcedureFacts,
    ResultFacts,
)
from procedures.statuses import ChannelKind, FindingKind, Part, ProcedureLevel, SourceForm
from workdays.units import TimeUnit

NO_FIELD = "Chưa phân loại"
# Facts of the version's own row that carry over by name.
_PLAIN = (
    "name",
    "kind",
    "deciding_text",
    "implementing_text",
    "coordinating_text",
    "delegated_text",
    "reception_address",
    "process_text",
    "conditions_text",
    "result_text",
    "source_code",
    "source_url",
)
_TIME_FINDINGS = {
    FindingKind.UNIT_MISSING,
    FindingKind.UNIT_UNKNOWN,
    FindingKind.TIME_TEXT,
    FindingKind.MISSING,
}


def source_hash(source: Mapping[str, object]) -> str:
    """The same for the same row, whatever the order of its keys."""
    canonical = json.dumps(source, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def write(
    procedure: Procedure,
    facts: ProcedureFacts,
    *,
    source: Mapping[str, object],
    source_form: SourceForm,
    actor: User | None,
    at: datetime,
    note: str,
    decision: Decision | None = None,
) -> ProcedureVersion:
    """Inserts the next version of a procedure that the caller has locked.

    Without a decision of its own it cites the one whose number the facts give.
    """
    latest = procedure.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=latest + 1,
        field=_field(facts.field_name or NO_FIELD),
        decision=decision or _cited(procedure, facts.decision_number),
        levels=list(facts.levels),
        subjects=list(facts.subjects),
        source_form=source_form,
        source=dict(source),
        source_hash=source_hash(source),
        note=note,
        created_by=actor,
        created_at=at,
        **{name: getattr(facts, name) for name in _PLAIN},
    )
    _write_rows(version, facts)
    return version


def _write_rows(version: ProcedureVersion, facts: ProcedureFacts) -> None:
    rows: tuple[tuple[type[models.Model], tuple[object, ...]], ...] = (
        (Channel, facts.channels),
        (RequiredPaper, facts.papers),
        (LegalBasis, facts.legal_bases),
        (ProcedureResult, facts.results),
        (ReadingFinding, facts.findings),
    )
    for model, members in rows:
        if members:
            model._default_manager.bulk_create(
                model(version=version, position=position, **_values(member))
                for position, member in enumerate(members, start=1)
            )


def _values(member: object) -> dict[str, object]:
    values = {entry.name: getattr(member, entry.name) for entry in fields(member)}  # type: ignore[arg-type]
    if "time_unit" in values:
        values["time_unit"] = values["time_unit"] or ""
    return values


def _field(name: str) -> Field:
    return Field.objects.get_or_create(
        name=name[:300], defaults={"sort_key": sort_key(name)[:1000]}
    )[0]


def _cited(procedure: Procedure, number: str) -> Decision | None:
    """The decision that the former version cites by this number, or the catalogue's own row."""
    if not number:
        return None
    former = procedure.current_version
    if former is not None and former.decision is not None and former.decision.number == number:
        return former.decision
    return Decision.objects.get_or_create(number=number[:60], issued_by="")[0]


def read(version: ProcedureVersion) -> ProcedureFacts:
    """The facts of a version, as they were written."""
    return ProcedureFacts(
        code=version.procedure.code,
        field_name=version.field.name,
        decision_number=version.decision.number if version.decision else "",
        levels=tuple(ProcedureLevel(level) for level in version.levels),
        subjects=tuple(version.subjects),
        channels=read_channels(version),
        papers=tuple(
            PaperFacts(
                row.name, row.group, row.template_name, row.originals, row.copies, row.quantity_text
            )
            for row in version.papers.order_by("position")
        ),
        legal_bases=tuple(
            BasisFacts(row.number, row.name) for row in version.legal_bases.order_by("position")
        ),
        results=tuple(
            ResultFacts(row.code, row.name) for row in version.results.order_by("position")
        ),
        findings=tuple(
            Finding(Part(row.part), FindingKind(row.kind), row.excerpt)
            for row in version.findings.order_by("position")
        ),
        **{name: getattr(version, name) for name in _PLAIN},
    )


def read_channels(version: ProcedureVersion) -> tuple[ChannelFacts, ...]:
    """The channels alone; they may have been fetched beforehand."""
    rows = sorted(version.channels.all(), key=lambda row: row.position)
    return tuple(_channel(row) for row in rows)


def _channel(row: Channel) -> ChannelFacts:
    return ChannelFacts(
        kind=ChannelKind(row.kind),
        case_text=row.case_text,
        time_limit=row.time_limit,
        time_unit=TimeUnit(row.time_unit) if row.time_unit else None,
        time_text=row.time_text,
        is_unit_confirmed=row.is_unit_confirmed,
        fee_amount=row.fee_amount,
        fee_text=row.fee_text,
        description=row.description,
    )


def with_confirmed_unit(
    version: ProcedureVersion,
    channel: Channel,
    *,
    number: Decimal,
    unit: TimeUnit,
    every_channel: bool,
) -> ProcedureFacts:
    """The facts of the version with the limit of this channel (or of all alike) settled."""
    facts = read(version)

    def settled(position: int, member: ChannelFacts) -> ChannelFacts:
        alike = every_channel and not member.time_unit and member.time_text == channel.time_text
        if position != channel.position and not alike:
            return member
        return replace(member, time_limit=number, time_unit=unit, is_unit_confirmed=True)

    channels = tuple(settled(at, member) for at, member in enumerate(facts.channels, start=1))
    return replace(facts, channels=channels, findings=_still_open(facts.findings, channels))


def _still_open(
    findings: tuple[Finding, ...], channels: tuple[ChannelFacts, ...]
) -> tuple[Finding, ...]:
    """Findings about time limits go when no channel is left without one."""
    if any(channel.time_unit is None for channel in channels):
        return findings
    return tuple(
        finding
        for finding in findings
        if not (finding.part == Part.CHANNEL and finding.kind in _TIME_FINDINGS)
    )


def keep_confirmed_units(facts: ProcedureFacts, previous: ProcedureVersion) -> ProcedureFacts:
    """Carries what an administrator confirmed over to a source that prints the same block."""
    confirmed = {
        _block(member): member for member in read_channels(previous) if member.is_unit_confirmed
    }
    channels = tuple(
        replace(
            member,
            time_limit=confirmed[_block(member)].time_limit,
            time_unit=confirmed[_block(member)].time_unit,
            is_unit_confirmed=True,
        )
        if not member.time_unit and _block(member) in confirmed
        else member
        for member in facts.channels
    )
    return replace(facts, channels=channels, findings=_still_open(facts.findings, channels))


def _block(channel: ChannelFacts) -> tuple[str, str, str]:
    return channel.kind, channel.time_text, channel.description
