"""A citizen sends a petition: its code, its terms, and the secret by which they follow it."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from dossiers import calendars, files, identity
from dossiers.converters import codes_in
from dossiers.deadlines import local_date
from dossiers.files import CheckedFile, Upload
from dossiers.models import Dossier
from feedback import deadlines
from feedback.holding import PetitionRefused, record, required
from feedback.models import Petition, PetitionFile
from feedback.statuses import Category, PetitionEventKind
from organizations.models import Agency
from procedures.models import Procedure

# Without letters and figures that are read for one another.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SALT = "feedback.petition"
_SECRET_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class PetitionRequest:
    """What a citizen says, as plain values."""

    agency: Agency
    sender_name: str
    subject: str
    content: str
    category: Category
    submission_key: UUID
    phone: str = ""
    email: str = ""
    address: str = ""
    dossier_code: str = ""
    procedure: Procedure | None = None
    upload: Upload | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The petition and the secret that its sender is shown once."""

    petition: Petition
    secret: str


def send(*, request: PetitionRequest, at: datetime) -> Sent:
    """Keep the petition and promise its four terms; the same key again finds the same petition.

    Raises PetitionRefused or FileRefused with the sentence to show.
    """
    secret = secret_for(request.submission_key)
    good = files.checked(request.upload) if request.upload else None
    with transaction.atomic():
        _one_at_a_time(request.submission_key)
        kept = Petition.objects.filter(submission_key=request.submission_key).first()
        if kept is None:
            kept = _keep(request, secret, good, at)
    return Sent(petition=kept, secret=secret)


def secret_for(submission_key: UUID) -> str:
    """The follow-up code of the sender: 60 bits that only this portal can compute."""
    digest = salted_hmac(_SALT, str(submission_key), algorithm="sha256").digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:_SECRET_LENGTH])


def hash_of(secret: str) -> str:
    """What is kept of a secret; it is long and random, so that one round suffices."""
    plain = re.sub(r"[^A-Z0-9]", "", secret.upper())
    return hashlib.sha256(plain.encode()).hexdigest()


def fits(petition: Petition, secret: str) -> bool:
    """Is this the secret of the petition's sender?"""
    return constant_time_compare(petition.secret_hash, hash_of(secret))


def _one_at_a_time(key: UUID) -> None:
    """Two clicks at once wait for one another, so that the second finds the first's petition."""
    number = int.from_bytes(key.bytes[:8], signed=True)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _keep(
    request: PetitionRequest, secret: str, good: CheckedFile | None, at: datetime
) -> Petition:
    petition = _petition(request, at)
    petition.secret_hash = hash_of(secret)
    terms = deadlines.terms(start=at, calendar=calendars.steady_for(request.agency))
    petition.refuse_by, petition.ask_by = terms.refuse_by, terms.ask_by
    petition.answer_by, petition.answer_near_at = terms.answer_by, terms.answer_near_at
    record(petition, PetitionEventKind.SENT, None, at)
    if good:
        attach(petition=petition, good=good, at=at)
    return petition


def _petition(request: PetitionRequest, at: datetime) -> Petition:
    phone = _phone(request.phone)
    if not phone and not request.email:
        raise PetitionRefused(
            "Hãy ghi số điện thoại hoặc thư điện tử để nhận câu trả lời.", code="phone"
        )
    return Petition(
        code=_new_code(at),
        submission_key=request.submission_key,
        agency=request.agency,
        dossier=_own_dossier(request, phone),
        dossier_code=request.dossier_code.strip().upper(),
        procedure=request.procedure,
        sender_name=_text(request.sender_name, "Hãy ghi họ và tên người gửi.", "sender_name"),
        phone=phone,
        email=request.email,
        address=normalize("NFC", request.address.strip()),
        category=request.category,
        subject=_text(request.subject, "Hãy ghi tiêu đề của phản ánh.", "subject"),
        content=_text(request.content, "Hãy ghi nội dung phản ánh.", "content"),
        sent_at=at,
    )


def _text(text: str, sentence: str, name: str) -> str:
    return normalize("NFC", required(text, sentence, name))


def _phone(text: str) -> str:
    return identity.phone_number(text) if text.strip() else ""


def _own_dossier(request: PetitionRequest, phone: str) -> Dossier | None:
    """The dossier that the sender names, if they gave the telephone that it was filed with.

    Anybody could name any code, and a petition counts against its dossier (5.4): otherwise
    the clerk who classifies confirms the link.
    """
    codes = codes_in(request.dossier_code)
    if not codes or not phone:
        return None
    of_agency = Dossier.objects.filter(agency=request.agency)
    found: Dossier | None = of_agency.filter(code=codes[0]).first()
    if found is None or phone not in {found.phone, found.delegate_phone}:
        return None
    return found


def _new_code(at: datetime) -> str:
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
        code = f"PA-{local_date(at):%y%m%d}-{drawn}"
        if not Petition.objects.filter(code=code).exists():
            return code


def attach(*, petition: Petition, good: CheckedFile, at: datetime) -> PetitionFile:
    """Keep a checked file with its petition, under a name that nobody can guess."""
    kept = PetitionFile(
        petition=petition,
        name=good.name,
        content_type=good.content_type,
        size=good.size,
        sha256=good.sha256,
        added_at=at,
    )
    kept.file.save(f"{uuid4().hex}{files.EXTENSIONS[good.content_type]}", good.upload, save=False)
    kept.save(force_insert=True)
    return kept
