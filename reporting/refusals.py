"""The refusals of this app: each a sentence for people and a code for programs."""

from django.core.exceptions import ValidationError


class BrokenIndicatorSet(ValidationError):
    """The file of an indicator set contradicts itself or cannot be read."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="broken_indicator_set")


class UnknownIndicatorSet(ValidationError):
    """There is no indicator set of this code, or none in force on this day."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unknown_indicator_set")


class UnknownComponent(ValidationError):
    """The indicator set does not score this code."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unknown_component")


class ImpossibleCount(ValidationError):
    """A count or a share that no office can have."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="impossible_count")


class UnreadableCounts(ValidationError):
    """The table of counts as a whole, or one of its rows, cannot be used."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unreadable_counts")


class UnknownPeriod(ValidationError):
    """The code names no period, or the moment lies in none that the portal knows."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unknown_period")


class SnapshotRefused(ValidationError):
    """The figures of this period cannot be frozen now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="snapshot_refused")


class UnknownForm(ValidationError):
    """There is no statistical form of this code, or it is not made for this agency."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unknown_form")


class FormDoesNotAddUp(ValidationError):
    """The columns of a statistical form contradict each other."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="form_does_not_add_up")


class ReportRefused(ValidationError):
    """The report cannot be submitted now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="report_refused")


class UnknownView(ValidationError):
    """There is no view of this name to take out, or nothing of it by this code."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="unknown_view")


class PrintRefused(ValidationError):
    """The PDF cannot be ordered now."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="print_refused")


class GradeRefused(ValidationError):
    """The points cannot be given like this."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="grade_refused")


class SheetRefused(ValidationError):
    """The act on a self-assessment sheet cannot be done like this; the sentence says why."""

    def __init__(self, message: str, code: str = "sheet_refused") -> None:
        super().__init__(message, code=code)
