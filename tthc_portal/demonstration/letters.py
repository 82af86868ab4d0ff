"""Letters of apology of the drawn province: signed, numbered, sent, and posted in public.

Their PDF is not drawn: a province has thousands, and drawing takes seconds for each.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection

from apologies.models import AgencyCertificate
from dossiers.deadlines import local_date
from organizations.models import Agency, User
from tthc_portal.demonstration.life import Life

SYMBOL = "PXL"
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789"
_LIFE = timedelta(days=3650)
_TAKE_NUMBERS = """
    INSERT INTO apologies_lettercounter (agency_id, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (agency_id, year) DO UPDATE SET last = apologies_lettercounter.last + excluded.last
    RETURNING last - %s
"""


def certify(agencies: Sequence[Agency], *, at: datetime) -> None:
    """A certificate for each agency that has none, with which nobody can ever sign.

    Its key is thrown away: the letters of the drawn history need to name one.
    """
    have = set(AgencyCertificate.objects.values_list("agency_id", flat=True))
    AgencyCertificate.objects.bulk_create(
        _certificate(agency, at) for agency in agencies if agency.pk not in have
    )


def _certificate(agency: Agency, at: datetime) -> AgencyCertificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Minh hoa {agency.code}")])
    issued = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _LIFE)
        .not_valid_after(at)
        .sign(key, hashes.SHA256())
    )
    return AgencyCertificate(
        agency=agency,
        subject=issued.subject.rfc4514_string(),
        fingerprint=issued.fingerprint(hashes.SHA256()).hex(),
        certificate=issued.public_bytes(serialization.Encoding.PEM).decode(),
        key_name=f"none-{agency.code}",
        valid_from=at - _LIFE,
        valid_until=at,
        is_active=False,
        added_at=at,
    )


def number(lives: Sequence[Life]) -> None:
    """The next numbers of each agency and year, in order of signing (NĐ 30/2020 Đ15).

    Needs an open transaction.
    """
    ordered = sorted((life for life in lives if life.letter), key=_signed_at)
    wanted = Counter(map(_register, ordered))
    last = {register: _taken(register, count) for register, count in sorted(wanted.items())}
    for life in ordered:
        assert life.letter is not None  # noqa: S101 (chosen above)
        register = _register(life)
        last[register] += 1
        life.letter |= {"number": last[register], "year": register[1]}
        life.letter["told"]["number"] = f"{last[register]:02d}/{SYMBOL}"


def _register(life: Life) -> tuple[int, int]:
    """The agency and the year in which letters are numbered from one on."""
    return life.desk.agency.pk, local_date(_signed_at(life)).year


def _taken(register: tuple[int, int], count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_NUMBERS, [*register, count, count])
        found: tuple[int] = cursor.fetchone()
    return found[0]


def _signed_at(life: Life) -> datetime:
    assert life.letter is not None  # noqa: S101 (asked of those that have one)
    at: datetime = life.letter["signed_at"]
    return at


def rows_of(life: Life, pk: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The letter, sent and posted within the hour, and the notice that the counter reads."""
    assert life.letter is not None  # noqa: S101 (asked of those that have one)
    letter, head = life.letter, life.letter["signed_by"]
    at = _signed_at(life)
    sent_at = _before(at + timedelta(seconds=20), life.until)
    code = hashlib.sha256(life.code.encode()).digest()
    row = letter | {
        "id": pk,
        "dossier_id": life.pk,
        "agency_id": life.desk.agency.pk,
        "rule_set": life.rules.code,
        "status": "signed",
        "drafted_at": at - timedelta(minutes=3),
        "symbol": SYMBOL,
        "signed_by_id": head.pk,
        "signer_name": head.full_name,
        "signer_title": head.title,
        "authority": "deputy" if _is_deputy(head) else "head",
        "holder_title": "Giám đốc" if _is_deputy(head) else "",
        "certificate_id": life.desk.certificate_id,
        "verification_code": "".join(_CODE_LETTERS[byte % 32] for byte in code[:16]),
        "sent_at": sent_at,
        "posted_at": _before(sent_at + timedelta(minutes=40), life.until),
    }
    read_at = at + timedelta(hours=2)
    is_read = read_at < life.until
    notice = {
        "letter_id": pk,
        "counter_id": life.desk.counter.pk,
        "kind": "signed",
        "sent_at": at,
        "read_at": read_at if is_read else None,
        "read_by_id": life.desk.clerks[0].pk if is_read else None,
    }
    return row, notice


def _before(moment: datetime, until: datetime) -> datetime:
    return min(moment, until.astimezone(UTC))


def _is_deputy(head: User) -> bool:
    return head.title.startswith("Phó")
