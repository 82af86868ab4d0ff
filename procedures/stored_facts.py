"""The facts of a version as JSON and back: what a draft keeps while somebody is writing."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any, TypeVar

from procedures.parsing.facts import (
    BasisFacts,
    ChannelFacts,
    PaperFacts,
    ProcedureFacts,
    ResultFacts,
)
from procedures.statuses import ChannelKind, ProcedureLevel
from workdays.units import TimeUnit

Row = TypeVar("Row", BasisFacts, ChannelFacts, PaperFacts, ResultFacts)
# Findings tell of a source that was read, not of what a person writes.
_ROWS = {"channels", "papers", "legal_bases", "results", "findings"}


def to_json(facts: ProcedureFacts) -> dict[str, Any]:
    """Everything but the findings; decimals as text, so that none loses a digit."""
    stored = asdict(facts)
    stored.pop("findings")
    for channel in stored["channels"]:
        for name in ("time_limit", "fee_amount"):
            channel[name] = None if channel[name] is None else str(channel[name])
    return stored


def from_json(stored: Mapping[str, Any]) -> ProcedureFacts:
    """The facts that `to_json` wrote."""
    plain = {
        field.name: stored[field.name]
        for field in fields(ProcedureFacts)
        if field.name not in {*_ROWS, "levels", "subjects"}
    }
    return ProcedureFacts(
        **plain,
        levels=tuple(ProcedureLevel(level) for level in stored["levels"]),
        subjects=tuple(stored["subjects"]),
        channels=tuple(map(_channel, stored["channels"])),
        papers=_rows(PaperFacts, stored["papers"]),
        legal_bases=_rows(BasisFacts, stored["legal_bases"]),
        results=_rows(ResultFacts, stored["results"]),
    )


def _rows(kind: type[Row], stored: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(kind(**row) for row in stored)


def _channel(stored: Mapping[str, Any]) -> ChannelFacts:
    return ChannelFacts(
        **{
            **stored,
            "kind": ChannelKind(stored["kind"]),
            "time_unit": TimeUnit(stored["time_unit"]) if stored["time_unit"] else None,
            "time_limit": _decimal(stored["time_limit"]),
            "fee_amount": _decimal(stored["fee_amount"]),
        }
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
