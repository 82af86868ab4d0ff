"""What the page of a letter shows: its picture or why there is none yet, and what may be done."""

from dataclasses import dataclass

from apologies import authorities, ordering
from apologies.models import ApologyLetter, LetterPrint
from apologies.statuses import LetterStatus, PrintKind
from organizations.models import User


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """A letter before one person's eyes."""

    # The drawing to show, once it stands.
    drawn: LetterPrint | None
    is_waiting: bool
    is_given_up: bool
    # Why this person may not act on it; empty when they may.
    objection: str

    @property
    def may_act(self) -> bool:
        """May the person change, sign or withdraw it?"""
        return not self.objection


def page_of(letter: ApologyLetter, *, viewer: User) -> LetterPage:
    """The letter as it stands; a draft that has no picture of its text yet is sent for one."""
    order = _newest(letter)
    is_drawn = order is not None and order.drawn_at is not None
    is_given_up = order is not None and ordering.is_given_up(order)
    is_draft = letter.status == LetterStatus.DRAFT
    is_ordered = order is not None and letter.status != LetterStatus.OBSOLETE
    is_waiting = not is_drawn and not is_given_up and (is_draft or is_ordered)
    if is_waiting and is_draft:
        ordering.ask_preview(letter)
    return LetterPage(
        drawn=order if is_drawn else None,
        is_waiting=is_waiting,
        is_given_up=is_given_up,
        objection=authorities.objection(viewer, letter),
    )


def drawn_print(letter: ApologyLetter) -> LetterPrint | None:
    """The file that shows the letter as it reads now."""
    order = _newest(letter)
    return order if order is not None and order.drawn_at is not None else None


def _newest(letter: ApologyLetter) -> LetterPrint | None:
    if letter.number is None:
        return letter.prints.filter(kind=PrintKind.PREVIEW, revision=letter.revision).first()
    return letter.prints.filter(kind=PrintKind.SEALED).first()
