"""A dossier that an officer works on, and agencies that can be asked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Dossier
from liaison import answering, asking
from liaison.answering import Answer
from liaison.asking import Asked, Question
from liaison.models import Consultation, ConsultationRound
from liaison.statuses import AskingOrder, Verdict
from liaison.terms import Term
from organizations.models import Agency, User
from tests.conftest import NOW, Desk
from workdays.units import TimeUnit

CONTENT = "Đề nghị cho biết công trình có trong quy hoạch không."


def taken(desk: Desk, *, at: datetime = NOW) -> Dossier:
    """A dossier that the officer works on."""
    code = desk.accept(at=at).code
    lifecycle.transfer(target=Target(code=code), actor=desk.clerk, at=at)
    return lifecycle.take(target=Target(code=code), actor=desk.officer, at=at)


def question(*agencies: Agency, **overrides: Any) -> Question:
    """An ordinary question: two working days for each."""
    days = overrides.pop("days", 2)
    facts: dict[str, Any] = {
        "content": CONTENT,
        "order": AskingOrder.PARALLEL,
        "agencies": [
            Asked(agency=agency, term=Term(length=days, unit=TimeUnit.WORKING_DAY))
            for agency in agencies
        ],
    }
    return Question(**{**facts, **overrides})


@dataclass
class Round:
    """Asks about one dossier, and answers."""

    desk: Desk
    dossier: Dossier

    def ask(self, *agencies: Agency, at: datetime = NOW, **overrides: Any) -> ConsultationRound:
        return asking.ask(
            target=Target(code=self.dossier.code),
            question=question(*agencies, **overrides),
            actor=self.desk.officer,
            at=at,
        )

    def one(self, agency: Agency, **overrides: Any) -> Consultation:
        return self.ask(agency, **overrides).consultations.get()


@pytest.fixture
def round_(desk: Desk) -> Round:
    return Round(desk, taken(desk))


@pytest.fixture
def answer() -> Callable[..., Consultation]:
    """An agency agrees."""

    def answered(consultation: Consultation, actor: User, at: datetime) -> Consultation:
        said = Answer(verdict=Verdict.AGREES, text="Sở đồng ý.")
        return answering.answer(pk=consultation.pk, answer=said, actor=actor, at=at)

    return answered
