"""Papers on their way: ordinary batches between the centre and the Department of Justice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.lifecycle import Proposal, ResultFacts
from dossiers.models import Dossier
from liaison import confirming, handing
from liaison.confirming import Findings
from liaison.handing import Consignment
from liaison.models import HandoverBatch
from liaison.places import Place
from liaison.statuses import Carried, HandoverWay
from organizations.models import User
from tests.conftest import NOW, Desk


def transferred(desk: Desk, *, at: datetime = NOW, **overrides: Any) -> Dossier:
    """A dossier that the counter has sent on in the system; its papers still lie there."""
    code = desk.accept(at=at, **overrides).code
    return lifecycle.transfer(target=Target(code=code), actor=desk.clerk, at=at)


def resolved(desk: Desk, *, at: datetime = NOW, **overrides: Any) -> Dossier:
    """A dossier with a result."""
    target = Target(code=transferred(desk, at=at, **overrides).code)
    lifecycle.take(target=target, actor=desk.officer, at=at)
    proposal = Proposal(opinion="Đủ điều kiện.")
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=at)
    result = ResultFacts(
        number="1/KQ", issued_date=at.date(), signer_name="Hòa", signer_title="Giám đốc"
    )
    return lifecycle.approve(target=target, result=result, actor=desk.head, at=at)


def to_agency(desk: Desk, codes: Sequence[str], **overrides: Any) -> Consignment:
    """From the centre to the department, by hand."""
    known: dict[str, Any] = {
        "origin": Place(counter=desk.counter),
        "destination": Place(agency=desk.agency),
        "codes": codes,
        "carries": Carried.PAPERS,
        "way": HandoverWay.BY_HAND,
        "submission_key": uuid4(),
    }
    return Consignment(**{**known, **overrides})


def to_counter(desk: Desk, codes: Sequence[str], **overrides: Any) -> Consignment:
    """The result back from the department to the centre."""
    back = {
        "origin": Place(agency=desk.agency),
        "destination": Place(counter=desk.counter),
        "carries": Carried.RESULT,
    }
    return to_agency(desk, codes, **{**back, **overrides})


def given(
    desk: Desk, *dossiers: Dossier, actor: User | None = None, at: datetime = NOW, **overrides: Any
) -> HandoverBatch:
    """A batch to the department."""
    codes = [dossier.code for dossier in dossiers]
    return handing.hand_over(
        consignment=to_agency(desk, codes, **overrides), actor=actor or desk.clerk, at=at
    )


def received(batch: HandoverBatch, actor: User, *, at: datetime = NOW) -> HandoverBatch:
    """All of it came."""
    findings = Findings(rest_is_received=True)
    return confirming.confirm(pk=batch.pk, findings=findings, actor=actor, at=at)
