"""Each rule that the database keeps of letters, asked of the database itself and in words."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from apologies.models import (
    AgencyCertificate,
    ApologyLetter,
    CentreNotice,
    LetterCounter,
    LetterPrint,
    SigningAuthority,
    SigningItem,
    SigningRun,
)
from dossiers.models import Dossier
from tests.conftest import NOW, Desk

SECOND = timedelta(seconds=1)


@dataclass
class Cast:
    """A dossier of the department, and rows around its letter."""

    desk: Desk
    dossier: Dossier
    certificate: AgencyCertificate

    def letter(self, **facts) -> ApologyLetter:
        known = {"dossier": self.dossier, "agency": self.dossier.agency, "rule_set": "nd118-2025",
                 "status": "draft", "fault": "agency", "promised_at": self.dossier.due_at,
                 "drafted_at": NOW}  # fmt: skip
        return ApologyLetter(**(known | facts))

    def signed(self, **facts) -> ApologyLetter:
        known = {"status": "signed", "reason": "A", "new_day": NOW.date(), "number": 1,
                 "year": 2026, "symbol": "PXL", "signed_by": self.desk.head, "signed_at": NOW,
                 "signer_name": "A", "signer_title": "B", "authority": "head",
                 "certificate": self.certificate, "verification_code": uuid4().hex[:20]}  # fmt: skip
        return self.letter(**(known | facts))

    def kept(self) -> ApologyLetter:
        return saved(self.letter())

    def drawing(self, **facts) -> LetterPrint:
        known = {"letter": facts.pop("letter", None) or self.kept(), "kind": "preview",
                 "revision": 0, "asked_at": NOW, "next_try_at": NOW}  # fmt: skip
        return LetterPrint(**(known | facts))

    def notice(self, **facts) -> CentreNotice:
        known = {"letter": facts.pop("letter", None) or self.kept(), "kind": "signed",
                 "counter": self.desk.counter, "sent_at": NOW}  # fmt: skip
        return CentreNotice(**(known | facts))

    def authority(self, **facts) -> SigningAuthority:
        known = {"agency": self.desk.agency, "user": self.desk.head, "authority": "deputy",
                 "signer_title": "Phó Giám đốc", "holder_title": "Giám đốc"}  # fmt: skip
        return SigningAuthority(**(known | facts))

    def run(self, **facts) -> SigningRun:
        known = {"submission_key": uuid4(), "asked_by": self.desk.head, "asked_at": NOW,
                 "fault": "agency"}  # fmt: skip
        return SigningRun(**(known | facts))

    def item(self, **facts) -> SigningItem:
        known = {"run": facts.pop("run", None) or saved(self.run()), "revision": 0,
                 "letter": facts.pop("letter", None) or self.kept(), "outcome": "waiting"}  # fmt: skip
        return SigningItem(**(known | facts))


def saved(row: models.Model) -> models.Model:
    row.save()
    return row


def make_row_certificate(desk: Desk, **facts) -> AgencyCertificate:
    known = {"agency": desk.agency, "subject": "Sở Tư pháp", "fingerprint": uuid4().hex,
             "certificate": "A", "key_name": "A", "valid_from": NOW,
             "valid_until": NOW + SECOND, "added_at": NOW, "is_active": True,
             "proven_at": NOW}  # fmt: skip
    return AgencyCertificate(**(known | facts))


@pytest.fixture
def cast(desk: Desk) -> Cast:
    return Cast(desk, desk.accept(), saved(make_row_certificate(desk)))


def second_letter(cast: Cast) -> ApologyLetter:
    cast.signed().save()
    return cast.letter()


def same_number(cast: Cast) -> ApologyLetter:
    cast.signed().save()
    return cast.signed(dossier=cast.desk.accept())


def second_print(cast: Cast) -> LetterPrint:
    first = saved(cast.drawing())
    return cast.drawing(letter=first.letter)


def second_sealed(cast: Cast) -> LetterPrint:
    first = saved(cast.drawing(kind="sealed"))
    return cast.drawing(letter=first.letter, kind="sealed", revision=1)


def second_notice(cast: Cast) -> CentreNotice:
    first = saved(cast.notice())
    return cast.notice(letter=first.letter)


def second_authority(cast: Cast) -> SigningAuthority:
    cast.authority().save()
    return cast.authority()


def second_counter(cast: Cast) -> LetterCounter:
    LetterCounter(agency=cast.desk.agency, year=2026, last=3).save()
    return LetterCounter(agency=cast.desk.agency, year=2026, last=4)


def second_item(cast: Cast) -> SigningItem:
    first = saved(cast.item())
    return cast.item(run=first.run, letter=first.letter)


CASES = {
    "letter_one_live_for_dossier": second_letter,
    "letter_number_unique_in_agency_and_year": same_number,
    "letter_fault_is_known": lambda cast: cast.letter(fault="weather"),
    "letter_signed_is_whole": lambda cast: cast.signed(number=None),
    "letter_withdrawn_says_why": lambda cast: cast.signed(
        status="withdrawn", withdrawn_at=NOW, withdrawn_by=cast.desk.head
    ),
    "letter_sent_after_signing_posted_after_sending": lambda cast: cast.signed(
        sent_at=NOW - SECOND
    ),
    "letter_print_once_for_revision": second_print,
    "letter_print_sealed_once": second_sealed,
    "letter_print_drawn_has_file": lambda cast: cast.drawing(drawn_at=NOW),
    "notice_once_for_letter": second_notice,
    "notice_read_has_person_and_moment": lambda cast: cast.notice(read_at=NOW),
    "certificate_one_active_for_agency": lambda cast: make_row_certificate(cast.desk),
    "certificate_ends_after_it_begins": lambda cast: make_row_certificate(
        cast.desk, is_active=False, valid_until=NOW
    ),
    "certificate_active_is_proven_and_not_revoked": lambda cast: make_row_certificate(
        cast.desk, agency=cast.desk.agency.parent, proven_at=None
    ),
    "certificate_revoked_says_why": lambda cast: make_row_certificate(
        cast.desk, is_active=False, revoked_at=NOW, revoked_by=cast.desk.head
    ),
    "authority_one_for_person_in_agency": second_authority,
    "authority_ends_after_it_begins": lambda cast: cast.authority(
        valid_from=NOW.date(), valid_until=(NOW - 86_400 * SECOND).date()
    ),
    "authority_names_its_holder": lambda cast: cast.authority(holder_title=""),
    "authority_delegated_in_writing_for_a_time": lambda cast: cast.authority(
        authority="delegated", document="12/UQ"
    ),
    "letter_counter_one_for_agency_and_year": second_counter,
    "run_fault_is_known": lambda cast: cast.run(fault="weather"),
    "run_item_once": second_item,
    "run_item_outcome_is_whole": lambda cast: cast.item(outcome="refused", done_at=NOW),
}
# The other side of the rules that have two.
MORE_CASES = [
    ("letter_signed_is_whole", {"status": "draft"}),
    ("letter_signed_is_whole", {"reason": ""}),
    ("letter_signed_is_whole", {"new_day": None}),
    ("letter_signed_is_whole", {"signer_title": ""}),
    ("letter_signed_is_whole", {"authority": "friend"}),
    ("letter_signed_is_whole", {"certificate": None}),
    ("letter_signed_is_whole", {"status": "posted"}),
    ("letter_withdrawn_says_why", {"withdrawal_reason": "Sai ngày hẹn"}),
    ("letter_withdrawn_says_why", {"status": "withdrawn", "withdrawal_reason": "Sai ngày hẹn"}),
    ("letter_sent_after_signing_posted_after_sending", {"posted_at": NOW}),
    (
        "letter_sent_after_signing_posted_after_sending",
        {"sent_at": NOW, "posted_at": NOW - SECOND},
    ),
]


def constraints() -> dict[str, models.BaseConstraint]:
    """By name, every constraint of the letters' models."""
    mine = {
        AgencyCertificate, ApologyLetter, CentreNotice, LetterCounter, LetterPrint,
        SigningAuthority, SigningItem, SigningRun,
    }  # fmt: skip
    return {
        constraint.name: constraint
        for model in apps.get_app_config("apologies").get_models()
        if model in mine
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert set(constraints()) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses_it(cast, name):
    row = CASES[name](cast)

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("name", "facts"), MORE_CASES)
def test_the_database_refuses_the_other_side_too(cast, name, facts):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        cast.signed(**facts).save()


@pytest.mark.parametrize("name", CASES)
def test_a_form_says_why_in_vietnamese(cast, name):
    row = CASES[name](cast)

    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()

    assert str(constraints()[name].violation_error_message) in refused.value.messages


def test_nothing_is_withdrawn_or_read_without_its_moment(cast):
    """A comparison with NULL is neither true nor false: a rule must ask for the moment itself."""
    withdrawn = cast.signed(
        status="withdrawn", withdrawn_by=cast.desk.head, withdrawal_reason="Sai"
    )
    read = cast.notice(read_by=cast.desk.clerk)

    with pytest.raises(IntegrityError, match="letter_withdrawn_says_why"), transaction.atomic():
        withdrawn.save()
    with pytest.raises(IntegrityError, match="notice_read_has_person"), transaction.atomic():
        read.save()


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "B"},
        {"new_day": NOW.date() + timedelta(days=30)},
        {"number": 7},
        {"signed_at": NOW - timedelta(days=30)},
        {"signer_name": "Người khác"},
        {"status": "draft"},
        {"sent_at": NOW + SECOND, "posted_at": NOW + SECOND},
        {"certificate": None},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_signed_letter_is_not_rewritten(cast, changes):
    letter = saved(cast.signed(sent_at=NOW, posted_at=NOW))

    with pytest.raises(IntegrityError, match="không sửa, không xóa"), transaction.atomic():
        ApologyLetter.objects.filter(pk=letter.pk).update(**changes)


def test_a_signed_letter_is_not_deleted_and_a_withdrawn_one_does_not_come_back(cast):
    letter = saved(cast.signed())
    mine = ApologyLetter.objects.filter(pk=letter.pk)
    with pytest.raises(IntegrityError, match="không sửa, không xóa"), transaction.atomic():
        mine.delete()
    mine.update(
        status="withdrawn", withdrawn_at=NOW, withdrawn_by=cast.desk.head, withdrawal_reason="Sai"
    )

    with pytest.raises(IntegrityError, match="không sửa, không xóa"), transaction.atomic():
        mine.update(status="signed", withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")


def test_a_draft_is_changed_and_thrown_away_freely(cast):
    draft = ApologyLetter.objects.filter(pk=cast.kept().pk)

    assert draft.update(reason="B", new_day=NOW.date()) == 1
    assert draft.delete()[0] == 1


def test_what_is_lawful_is_kept(cast):
    cast.signed(
        status="withdrawn", withdrawn_at=NOW, withdrawn_by=cast.desk.head, withdrawal_reason="Sai"
    ).save()
    cast.signed(number=2, sent_at=NOW, posted_at=NOW).save()
    cast.authority(authority="delegated", document="12/UQ", valid_until=NOW.date()).save()

    assert ApologyLetter.objects.decided().count() == 2
