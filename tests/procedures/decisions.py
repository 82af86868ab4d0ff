"""A decision as an administrator would enter it, for the tests that need one."""

from datetime import date, datetime
from typing import Any

from organizations.models import User
from procedures import drafting, publishing
from procedures.models import DecisionItem, Procedure, VersionDraft
from procedures.publishing import Announcement
from procedures.statuses import PublisherLevel
from tests.conftest import NOW

TODAY = date(2026, 11, 13)


def announcement(**overrides: Any) -> Announcement:
    """Signed today, in force today, five working days before the text takes effect."""
    facts: dict[str, Any] = {
        "number": "1234/QĐ-UBND",
        "issued_by": "Ủy ban nhân dân tỉnh Nghệ An",
        "level": PublisherLevel.PROVINCE,
        "issued_date": TODAY,
        "effective_date": TODAY,
        "basis": "Nghị định 118/2025/NĐ-CP",
        "basis_effective_date": date(2026, 11, 20),
        "note": "Rút ngắn thời hạn.",
    }
    return Announcement(**{**facts, **overrides})


def drafted(procedure: Procedure, actor: User, **changed: Any) -> VersionDraft:
    """A draft of the next version with these facts changed."""
    draft = drafting.start(procedure=procedure, actor=actor, at=NOW)
    changed = changed or {"process_text": "Nộp hồ sơ, chờ kết quả."}
    return drafting.save(draft=draft, changed=changed, seen=draft.revision, actor=actor, at=NOW)


def publish_again(
    procedure: Procedure,
    actor: User,
    *,
    at: datetime = NOW,
    changed: dict[str, Any] | None = None,
    **overrides: Any,
) -> DecisionItem:
    """A new version of the procedure, published by a decision."""
    draft = drafted(procedure, actor, **(changed or {}))
    return publishing.publish(
        draft=draft,
        seen=draft.revision,
        announcement=announcement(**overrides),
        actor=actor,
        at=at,
    )
