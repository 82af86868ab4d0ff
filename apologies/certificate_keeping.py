"""The acts of administrators on certificates: register, try the key again, revoke."""

from datetime import datetime

from django.db import transaction

from apologies import certificates, ordering
from apologies.certificates import CertificateFacts
from apologies.models import AgencyCertificate
from dossiers import telling
from dossiers.holding import ActRefused, required_text
from organizations import administration
from organizations.models import Agency, User


@transaction.atomic
def register(
    *,
    agency: Agency,
    facts: CertificateFacts,
    name_is_checked: bool,
    actor: User,
    at: datetime,
) -> AgencyCertificate:
    """Enter a certificate; a worker proves its key after the commit, and it signs from then on.

    Raises PermissionDenied or AdministrationRefusal for agencies that the person does not
    administer, CertificateRefused as `certificates.enter` does.
    """
    administration.require_reach(actor, agency)
    kept = certificates.enter(agency=agency, facts=facts, name_is_checked=name_is_checked, at=at)
    sentence = (
        f"Đăng ký chứng thư số “{kept.subject}”, hiệu lực đến {telling.day(kept.valid_until)}, "
        f"khóa “{kept.key_name}”; chờ thử khóa."
    )
    administration.note(agency, sentence, actor, at)
    ordering.wake_after_commit(ordering.PROVE, certificate_id=kept.pk)
    return kept


@transaction.atomic
def prove_again(*, agency: Agency, pk: int, actor: User, at: datetime) -> AgencyCertificate:
    """Have a worker try the key again.

    Raises as `register` does, AgencyCertificate.DoesNotExist, ActRefused when there is nothing
    to prove.
    """
    administration.require_reach(actor, agency)
    kept = _held(agency, pk)
    if kept.is_active:
        raise ActRefused("Chứng thư số này đang dùng, không cần thử khóa lại.", code="in_use")
    kept.proof_failure, kept.added_at = "", at
    kept.save(update_fields=["proof_failure", "added_at"])
    ordering.wake_after_commit(ordering.PROVE, certificate_id=kept.pk)
    return kept


@transaction.atomic
def revoke(*, agency: Agency, pk: int, reason: str, actor: User, at: datetime) -> AgencyCertificate:
    """Sign nothing more with it, for ever; the letters that it signed stay valid.

    Raises as `prove_again` does, and ActRefused without a reason.
    """
    administration.require_reach(actor, agency)
    kept = _held(agency, pk)
    kept.revocation_reason = required_text(
        reason, "Hãy ghi lý do thu hồi chứng thư số, ví dụ lộ khóa hoặc mất thiết bị.", "reason"
    )
    kept.revoked_by, kept.revoked_at, kept.is_active = actor, at, False
    kept.save(update_fields=["revocation_reason", "revoked_by", "revoked_at", "is_active"])
    sentence = f"Thu hồi chứng thư số “{kept.subject}”: {kept.revocation_reason}"
    administration.note(agency, sentence, actor, at)
    return kept


def _held(agency: Agency, pk: int) -> AgencyCertificate:
    kept = AgencyCertificate.objects.select_for_update().get(pk=pk, agency=agency)
    if kept.revoked_at is not None:
        raise ActRefused(
            f"Chứng thư số này đã bị thu hồi ngày {telling.day(kept.revoked_at)}.", code="revoked"
        )
    return kept
