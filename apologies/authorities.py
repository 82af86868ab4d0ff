"""Who may sign a letter, and in whose stead (NĐ 30/2020 Đ13)."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from apologies.models import ApologyLetter, SigningAuthority
from apologies.statuses import Authority
from dossiers import access
from dossiers.deadlines import local_date
from organizations.models import Agency, User
from organizations.roles import Role

_DEPUTY = "phó "


@dataclass(frozen=True, kw_only=True)
class Signature:
    """What stands below a letter: in whose stead, the signer's title and name."""

    authority: Authority
    holder_title: str
    title: str
    name: str


def objection(user: User, letter: ApologyLetter) -> str:
    """Why this person may not sign or withdraw the letter; empty when they may."""
    if not heads(user, letter.agency_id):
        return f"Chỉ lãnh đạo của {letter.agency.name} mới ký hoặc thu hồi được phiếu này."
    if access.handles(user, letter.dossier):
        return "Người đang giải quyết hồ sơ không được tự ký phiếu xin lỗi của hồ sơ đó."
    return ""


def require(user: User, letter: ApologyLetter) -> None:
    """Raise PermissionDenied, with the sentence to show, unless this person may sign."""
    sentence = objection(user, letter)
    if sentence:
        raise PermissionDenied(sentence)


def heads(user: User, agency_id: int) -> bool:
    """Is the person posted as a head in this very agency? Those above it do not sign for it."""
    return any(
        posting.role == Role.HEAD and posting.agency_id == agency_id for posting in user.postings
    )


def signature_of(*, user: User, agency: Agency, at: datetime) -> Signature:
    """How this head signs; PermissionDenied when the delegation in writing has run out."""
    granted = SigningAuthority.objects.filter(agency=agency, user=user).first()
    if granted is None:
        return _by_title(user)
    if granted.valid_from is not None and local_date(at) < granted.valid_from:
        return _by_title(user)
    if granted.valid_until is not None and granted.valid_until < local_date(at):
        raise PermissionDenied(
            f"Ủy quyền ký theo {granted.document or 'văn bản ủy quyền'} đã hết hạn ngày "
            f"{granted.valid_until:%d/%m/%Y}. Hãy chuyển lãnh đạo khác ký."
        )
    return Signature(
        authority=Authority(granted.authority),
        holder_title=granted.holder_title,
        title=granted.signer_title,
        name=user.full_name,
    )


def _by_title(user: User) -> Signature:
    """A "Phó Giám đốc" signs for the "Giám đốc"; anybody else as the head."""
    title = user.title or "Thủ trưởng cơ quan"
    if not title.lower().startswith(_DEPUTY):
        return Signature(authority=Authority.HEAD, holder_title="", title=title, name=str(user))
    holder = title[len(_DEPUTY) :].strip()
    return Signature(
        authority=Authority.DEPUTY,
        holder_title=holder[:1].upper() + holder[1:],
        title=title,
        name=user.full_name,
    )
