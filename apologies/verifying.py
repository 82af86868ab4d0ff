"""Answers anybody who holds a letter: is it ours, is it unchanged, does it still stand?

What matters is the whole file: its SHA-256 is that of the letter that was signed, and the
agency's signature in it holds. Nothing of the dossier is told (law: TT 01/2018 Đ16).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Protocol, cast

from apologies.models import AgencyCertificate, ApologyLetter, LetterPrint
from apologies.statuses import PrintKind


class Verdict(StrEnum):
    """What is said of a file."""

    VALID = "valid"
    # Signed by one of our agencies, or said to be this letter, and not what was signed.
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The verdict on a file, its hash, and the letter that it is."""

    verdict: Verdict
    sha256: str
    letter: ApologyLetter | None = None


class Signatures(Protocol):
    """What `signatures` can do; loaded with the first file, as it takes a second."""

    def holds(self, content: bytes, *, certificate: AgencyCertificate, at: datetime) -> bool:
        """Does the certificate's signature cover the whole file unchanged?"""

    def claimed_by(self, content: bytes) -> str:
        """The fingerprint of whoever signed; empty when nobody did."""


def by_code(code: str) -> ApologyLetter:
    """The decided letter with this code; ApologyLetter.DoesNotExist for any other."""
    found: ApologyLetter = (
        ApologyLetter.objects.decided()
        .select_related("agency", "certificate", "replaced_by", "replaces")
        .get(verification_code=code)
    )
    return found


def sealed_print(letter: ApologyLetter) -> LetterPrint | None:
    """The signed PDF, once it stands."""
    return letter.prints.filter(kind=PrintKind.SEALED, drawn_at__isnull=False).first()


def judge(content: bytes, *, expected: ApologyLetter | None = None) -> Answer:
    """Judge a file, on the page of a letter against that letter."""
    digest = sha256(content).hexdigest()
    found = (
        LetterPrint.objects.filter(sha256=digest, kind=PrintKind.SEALED, drawn_at__isnull=False)
        .select_related("letter__agency", "letter__certificate")
        .first()
    )
    if found is None:
        changed = expected is not None or _is_signed_by_us(content)
        verdict = Verdict.CHANGED if changed else Verdict.UNKNOWN
        return Answer(verdict=verdict, sha256=digest, letter=expected)
    letter = found.letter
    assert letter.certificate is not None  # noqa: S101 (what is sealed has both)
    assert found.drawn_at is not None  # noqa: S101
    is_sound = _signatures().holds(content, certificate=letter.certificate, at=found.drawn_at)
    same = expected is None or expected.pk == letter.pk
    return Answer(
        verdict=Verdict.VALID if is_sound and same else Verdict.CHANGED,
        sha256=digest,
        letter=letter if same else expected,
    )


def _is_signed_by_us(content: bytes) -> bool:
    fingerprint = _signatures().claimed_by(content)
    return bool(fingerprint) and AgencyCertificate.objects.filter(fingerprint=fingerprint).exists()


@cache
def _signatures() -> Signatures:
    return cast(Signatures, import_module("apologies.signatures"))
