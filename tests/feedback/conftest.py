"""Petitions and rated dossiers at each stage, and the people who act on them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from dossiers import lifecycle, limiting
from dossiers.holding import Target as DossierTarget
from dossiers.models import Dossier
from dossiers.statuses import ReturnMethod
from feedback import handling, sending
from feedback.handling import Classification, Publication
from feedback.holding import Target
from feedback.models import Petition
from feedback.sending import PetitionRequest, Sent
from feedback.statuses import Category
from organizations.models import Agency, User
from tests.conftest import NOW, Desk

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    """What one test used up must not be missing in the next."""
    limiting._limiter.cache_clear()
    limiting._limiter().storage.reset()
    yield
    limiting._limiter.cache_clear()


def asked(agency: Agency, **overrides: Any) -> PetitionRequest:
    """What an ordinary citizen says of an agency."""
    facts: dict[str, Any] = {
        "agency": agency,
        "sender_name": "Nguyễn Văn Sáu",
        "phone": "0988 777 666",
        "subject": "Hồ sơ chậm trả kết quả",
        "content": "Tôi đến ba lần vẫn chưa có kết quả.",
        "category": Category.DELAY,
        "submission_key": uuid4(),
    }
    return PetitionRequest(**{**facts, **overrides})


@dataclass
class Hands:
    """Takes a petition through its stages by the portal's own acts."""

    agency: Agency
    clerk: User
    officer: User
    head: User

    def send(self, *, at: datetime = NOW, **overrides: Any) -> Sent:
        return sending.send(request=asked(self.agency, **overrides), at=at)

    def sent(self, *, at: datetime = NOW, **overrides: Any) -> Petition:
        return self.send(at=at, **overrides).petition

    def received(self, *, at: datetime = NOW, **overrides: Any) -> Petition:
        return self.receive(self.sent(at=at, **overrides), at=at + HOUR)

    def receive(self, petition: Petition, *, at: datetime) -> Petition:
        classification = Classification(category=Category.DELAY, agency=self.agency)
        return handling.receive(
            target=Target(code=petition.code),
            classification=classification,
            actor=self.clerk,
            at=at,
        )

    def answer(self, petition: Petition, *, at: datetime) -> Petition:
        return handling.answer(
            target=Target(code=petition.code),
            text="Sở đã xin lỗi và trả kết quả ngày 16/11/2026.",
            actor=self.officer,
            at=at,
        )

    def publish(self, petition: Petition, *, at: datetime) -> Petition:
        return handling.publish(
            target=Target(code=petition.code),
            publication=Publication(subject=petition.subject, content=petition.content),
            actor=self.head,
            at=at,
        )

    def published(self, *, at: datetime = NOW, **overrides: Any) -> Petition:
        petition = self.received(at=at, **overrides)
        self.answer(petition, at=at + 2 * HOUR)
        return self.publish(petition, at=at + 3 * HOUR)

    def ask(self, petition: Petition, *, at: datetime) -> Petition:
        return handling.ask(
            target=Target(code=petition.code), wanted="Mã hồ sơ nào?", actor=self.clerk, at=at
        )


@pytest.fixture
def hands(justice: Agency, clerk: User, officer: User, head: User) -> Hands:
    return Hands(justice, clerk, officer, head)


@pytest.fixture
def return_dossier(desk: Desk) -> Callable[..., Dossier]:
    """A dossier whose result is in the citizen's hand."""

    def returned(at: datetime = NOW) -> Dossier:
        dossier = desk.accept(at=at)
        target = DossierTarget(code=dossier.code)
        lifecycle.transfer(target=target, actor=desk.clerk, at=at)
        lifecycle.take(target=target, actor=desk.officer, at=at)
        lifecycle.propose(
            target=target, proposal=lifecycle.Proposal(opinion="Đủ."), actor=desk.officer, at=at
        )
        lifecycle.approve(
            target=target,
            result=lifecycle.ResultFacts(
                number="1/KQ", issued_date=at.date(), signer_name="Hòa", signer_title="Giám đốc"
            ),
            actor=desk.head,
            at=at,
        )
        handover = lifecycle.Handover(recipient_name="Đào", method=ReturnMethod.COUNTER)
        return lifecycle.return_result(target=target, handover=handover, actor=desk.clerk, at=at)

    return returned
