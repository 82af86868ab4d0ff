"""What every act on the calendar shares: its grounds, its refusals, and the proof that it holds.

An edit says what it changes in a sentence and names the earliest day that it touches, so
that whoever counts on the calendar can show what follows before it is made. The edits
themselves are in `workdays.days` and `workdays.schedules`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.core.exceptions import ValidationError
from django.db.models import Model

from workdays import loading
from workdays.models import WorkSchedule


class EditRefused(ValidationError):
    """The calendar cannot be changed in this way; the sentence says what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """The decision on which the calendar changes and, where it is needed, the reason."""

    decision: str
    reason: str = ""


class Edit(Protocol):
    """One change of the calendar."""

    @property
    def sentence(self) -> str:
        """What changes, as the history tells it."""

    @property
    def earliest_day(self) -> date | None:
        """The first day that the change touches; None when it touches no day at all."""

    def carry_out(self, grounds: Grounds) -> None:
        """Change the rows."""


def make(*, edit: Edit, grounds: Grounds, today: date) -> None:
    """Change the rows and prove that every schedule still counts; needs an open transaction.

    Raises EditRefused, BrokenSchedule or CalendarGap; the caller's transaction undoes the rest.
    """
    _check_grounds(edit, grounds, today)
    known = loading.known_years()
    edit.carry_out(grounds)
    _refuse_lost_years(known, loading.known_years())
    for schedule_id in WorkSchedule.objects.order_by("id").values_list("id", flat=True):
        loading.calendar_for(schedule_id)


def keep(row: Model) -> None:
    """Check the row's own constraints, then write it."""
    row.full_clean()
    row.save(force_insert=True)


def _check_grounds(edit: Edit, grounds: Grounds, today: date) -> None:
    if not grounds.decision.strip():
        raise EditRefused(
            "Hãy ghi số quyết định, công văn hoặc thông báo làm căn cứ sửa lịch.", code="decision"
        )
    if edit.earliest_day and edit.earliest_day < today and not grounds.reason.strip():
        raise EditRefused(
            f"Việc sửa này chạm đến ngày đã qua ({edit.earliest_day:%d/%m/%Y}). Hãy ghi lý do; "
            "hồ sơ đã có kết quả không bị tính lại.",
            code="past_day",
        )


def _refuse_lost_years(before: range, after: range) -> None:
    lost = sorted(set(before) - set(after))
    if lost:
        raise EditRefused(
            f"Sau khi sửa, năm {lost[0]} không còn đủ ngày nghỉ lễ, Tết để tính hạn. "
            "Hãy nhập ngày thay thế trước khi bỏ ngày này.",
            code="year_incomplete",
        )
