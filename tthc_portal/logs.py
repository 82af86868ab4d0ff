"""Logs to standard error: no personal data, so what went wrong is told without quoting it."""

import logging
from collections.abc import Mapping
from copy import copy
from traceback import extract_tb
from typing import Any

# A line for each task of each half second says nothing; what fails is logged higher.
_CHATTY = ("celery.app.trace", "celery.beat", "celery.worker.strategy")


class DiscreetFormatter(logging.Formatter):
    """Tells the kind of an error and where it arose, never its words.

    They may be a citizen's: PostgreSQL quotes the whole row that breaks a constraint.
    """

    def format(self, record: logging.LogRecord) -> str:
        """As usual; Celery puts the error's words into its message, too."""
        told = record.args
        if isinstance(told, Mapping) and "exc" in told:
            record = copy(record)
            failed = record.exc_info[1] if record.exc_info else None
            record.args = {**told, "exc": _kind(failed) if failed else ""}
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 (the library's name)
        """The lines of code that led there, the first cause first."""
        return "".join(_told(ei[1])).rstrip()


def configured(level: str) -> dict[str, Any]:
    """What Django hands to the logging module, and Celery's programs with it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "tthc_portal.logs.DiscreetFormatter",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "axes": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
            **{name: {"level": "WARNING"} for name in _CHATTY},
        },
    }


def _told(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    earlier = _told(before) if before else []
    return [*earlier, *extract_tb(error.__traceback__).format(), f"{_kind(error)}\n"]


def _kind(error: BaseException) -> str:
    """Of an error of the database also its code and the constraint."""
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    facts = (type(error).__name__, getattr(error, "pgcode", None), constraint)
    return " ".join(fact for fact in facts if fact)
