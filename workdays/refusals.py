"""The refusals of this app: each a sentence for people and a code for programs."""

from datetime import date

from django.core.exceptions import ValidationError


class CalendarGap(ValidationError):
    """A day was asked for whose holidays or working hours are not known."""

    def __init__(self, day: date | None = None) -> None:
        where = f"ngày {day:%d/%m/%Y}" if day else "ngày được hỏi"
        super().__init__(
            f"Lịch làm việc chưa có {where}: hãy nhập ngày nghỉ và giờ làm việc "
            "của năm đó rồi tính lại.",
            code="calendar_gap",
        )


class BrokenSchedule(ValidationError):
    """The rows of a calendar or of its working hours contradict each other or are missing."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="broken_schedule")


class ImpossibleLimit(ValidationError):
    """The time limit is not a number of days, hours or months that can be counted."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="impossible_limit")


class ImpossibleMoment(ValidationError):
    """A moment without a time zone cannot be placed on the calendar."""

    def __init__(self) -> None:
        super().__init__(
            "Thời điểm chưa có múi giờ: hãy ghi rõ múi giờ rồi tính lại.", code="impossible_moment"
        )


class ImpossiblePause(ValidationError):
    """The pause ends before it starts, starts before acceptance, or has not ended."""

    def __init__(self, message: str, *, code: str = "impossible_pause") -> None:
        super().__init__(message, code=code)
