"""Walks a dossier of the cast through its acts, so that a test can begin where it likes."""

from datetime import datetime, timedelta
from typing import Any

from dossiers import lifecycle, supplements
from dossiers.holding import Target
from dossiers.models import Dossier
from dossiers.supplements import Missing, Need
from tests.conftest import NOW, Desk

# The acts in their order; `walked(desk, "propose")` stops after the named one.
WAY = ("accept", "transfer", "take", "propose", "approve", "return")
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def walked(desk: Desk, last: str, *, at: datetime = NOW, **overrides: Any) -> Dossier:
    """A dossier after its acts up to this one, an hour apart, as the database has it."""
    dossier = desk.accept(at=at, **overrides)
    acts = {"transfer": _transfer, "take": _take, "propose": _propose}
    acts |= {"approve": _approve, "return": _return}
    for number, name in enumerate(WAY[1 : WAY.index(last) + 1], start=1):
        acts[name](desk, Target(code=dossier.code), at + timedelta(hours=number))
    return Dossier.objects.get(pk=dossier.pk)


MISSING = (
    Missing(name="Giấy khai sinh", certified_copies=1),
    Missing(name="Ghi rõ nơi thường trú trong tờ khai"),
)


def asked_to_supplement(desk: Desk, *, at: datetime = NOW, **overrides: Any) -> Dossier:
    """A dossier that waits for two things since five hours after its acceptance."""
    dossier = walked(desk, "take", at=at, **overrides)
    supplements.request_supplement(
        target=Target(code=dossier.code),
        need=Need(items=MISSING, reason="Hồ sơ chưa đủ giấy tờ theo quy định."),
        actor=desk.officer,
        at=at + timedelta(hours=5),
    )
    return Dossier.objects.get(pk=dossier.pk)


def supplemented(desk: Desk, dossier: Dossier, *, at: datetime, positions=(1, 2)) -> Dossier:
    """The counter takes in these items."""
    supplements.receive_supplement(
        target=Target(code=dossier.code),
        brought={position: [] for position in positions},
        actor=desk.clerk,
        at=at,
    )
    return Dossier.objects.get(pk=dossier.pk)


def _transfer(desk: Desk, target: Target, at: datetime) -> None:
    lifecycle.transfer(target=target, actor=desk.clerk, at=at)


def _take(desk: Desk, target: Target, at: datetime) -> None:
    lifecycle.take(target=target, actor=desk.officer, at=at)


def _propose(desk: Desk, target: Target, at: datetime) -> None:
    proposal = lifecycle.Proposal(opinion="Đủ điều kiện giải quyết.")
    lifecycle.propose(target=target, proposal=proposal, actor=desk.officer, at=at)


def _approve(desk: Desk, target: Target, at: datetime) -> None:
    result = lifecycle.ResultFacts(
        number="15/PLLTTP",
        issued_date=at.date(),
        signer_name="Nguyễn Thị Hòa",
        signer_title="Giám đốc Sở",
    )
    lifecycle.approve(target=target, result=result, actor=desk.head, at=at)


def _return(desk: Desk, target: Target, at: datetime) -> None:
    handover = lifecycle.Handover(recipient_name="Nguyễn Thị Đào")
    lifecycle.return_result(target=target, handover=handover, actor=desk.clerk, at=at)
