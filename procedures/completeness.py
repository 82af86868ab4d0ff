"""What a procedure must say to be complete, and what of it is missing (NĐ 63/2010 Đ8(2)).

`VersionQuerySet.with_missing` says the same in SQL; a property test proves the two equal.
"""

from procedures.parsing.facts import ChannelFacts, PaperFacts, ProcedureFacts
from procedures.parsing.wording import NOTHING
from procedures.statuses import Content

# What counts as blank here and in SQL alike.
BLANKS = " \t\r\n\f\v\xa0"


def missing(facts: ProcedureFacts) -> list[Content]:
    """The contents that nobody can read from these facts, in the order of the decree."""
    present = {
        Content.NAME: says(facts.name),
        Content.PROCESS: says(facts.process_text),
        Content.CHANNELS: bool(facts.channels),
        Content.PAPERS: any(map(_has_quantity, facts.papers)),
        Content.TIME_LIMIT: bool(facts.channels) and all(map(_has_limit, facts.channels)),
        Content.SUBJECTS: says(
            "".join(subject for subject in facts.subjects if subject != NOTHING)
        ),
        Content.AGENCY: says(facts.implementing_text),
    }
    return [content for content in Content if not present[content]]


def says(text: str) -> bool:
    """Is there anything but blanks and the national portal's word for nothing?"""
    return text.strip(BLANKS) not in {"", NOTHING}


def _has_quantity(paper: PaperFacts) -> bool:
    """A paper with a number of sheets: with none at all, how many to bring is unknown."""
    counted = (paper.originals or 0) + (paper.copies or 0) > 0
    return says(paper.name) and (counted or says(paper.quantity_text))


def _has_limit(channel: ChannelFacts) -> bool:
    """A number with its unit, or words; a bare number and one run into the fee say nothing."""
    if channel.time_limit is not None:
        return channel.time_unit is not None
    joined = bool(channel.fee_text) and channel.time_text == channel.fee_text
    return says(channel.time_text) and not joined
