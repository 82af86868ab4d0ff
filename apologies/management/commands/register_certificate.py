"""Registers the certificate with which an agency signs, and proves its key on this machine."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from apologies import certificate_texts, certificates, key_files, proving
from apologies.certificates import CertificateFacts
from apologies.models import AgencyCertificate
from organizations import administration
from organizations.models import Agency


class Command(BaseCommand):
    """`register_certificate H41.15 --certificate sotuphap.crt --key-name stp-2026`."""

    help = (
        "Đăng ký chứng thư số của một cơ quan. Khóa phải có sẵn trong SIGNING_DIR (hoặc trên "
        "thiết bị PKCS#11), hay được chép vào bằng --key; lệnh ký thử rồi mới ghi."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agency, its files, and where the key is."""
        parser.add_argument("agency", help="mã định danh của cơ quan, ví dụ H41.15")
        parser.add_argument("--certificate", required=True, type=Path, help="tệp PEM hoặc DER")
        parser.add_argument("--issuers", type=Path, help="tệp chuỗi chứng thư của nơi cấp")
        parser.add_argument(
            "--key-name",
            required=True,
            help="tên tệp khóa không đuôi, hoặc nhãn khóa trên thiết bị",
        )
        parser.add_argument("--key", type=Path, help="tệp khóa PEM để chép vào SIGNING_DIR")
        parser.add_argument(
            "--name-checked",
            action="store_true",
            help="đã đối chiếu: tên trên chứng thư khác tên cơ quan nhưng đúng là của cơ quan",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all of it or nothing: a key that was copied in vain is taken away again."""
        agency = Agency.objects.filter(code=options["agency"]).first()
        if agency is None:
            raise CommandError(f"Không có cơ quan nào mang mã {options['agency']}.")
        copied = _copied(options["key"], options["key_name"])
        try:
            kept = _registered(agency, options, at=timezone.now())
        except BaseException:
            if copied is not None:
                copied.unlink(missing_ok=True)
            raise
        self.stdout.write(
            f"{agency.name} ký bằng chứng thư số “{kept.subject}”, "
            f"hiệu lực đến {timezone.localtime(kept.valid_until):%d/%m/%Y}."
        )


@transaction.atomic
def _registered(agency: Agency, options: dict[str, Any], *, at: datetime) -> AgencyCertificate:
    issuers = options["issuers"]
    try:
        facts = CertificateFacts(
            certificate=certificate_texts.as_pem(_content(options["certificate"])),
            issuers=certificate_texts.as_pem(_content(issuers)) if issuers else "",
            key_name=options["key_name"],
        )
        kept = certificates.enter(
            agency=agency, facts=facts, name_is_checked=options["name_checked"], at=at
        )
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from None
    sentence = f"Đăng ký chứng thư số “{kept.subject}” bằng lệnh register_certificate."
    administration.note(agency, sentence, None, at)
    failure = proving.prove(certificate_id=kept.pk, at=at)
    if failure:
        raise CommandError(failure)
    kept.refresh_from_db()
    return kept


def _copied(source: Path | None, name: str) -> Path | None:
    """The key in SIGNING_DIR, when one was given; never over another."""
    if source is None:
        return None
    if not key_files.is_name(name):
        raise CommandError("Tên khóa chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.")
    if key_files.path_of(name).exists():
        raise CommandError(f"SIGNING_DIR đã có khóa {name}. Hãy chọn tên khác.")
    return key_files.keep(name, _key_in(source))


def _key_in(source: Path) -> PrivateKeyTypes:
    passphrase = settings.SIGNING_PASSPHRASE.encode() or None
    content = _content(source)
    for tried in (passphrase, None):
        try:
            return serialization.load_pem_private_key(content, tried)
        except (ValueError, TypeError):
            continue
    raise CommandError(f"{source} không phải khóa PEM, hoặc SIGNING_PASSPHRASE không đúng.")


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Không đọc được tệp {path}: {error.strerror}.") from error
