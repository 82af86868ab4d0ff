"""Writes internal notes and tells who is named in them."""

import re
from datetime import datetime
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.db import transaction

from desk.models import Mention, Note
from dossiers import access
from dossiers.models import Dossier
from dossiers.querysets import Sight
from organizations.models import User

MOST_NAMED = 10
_NAMED = re.compile(r"(?<![\w.])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?)", re.IGNORECASE)


class NoteRefused(ValidationError):
    """The note cannot be kept; the sentence says what to do instead."""


@transaction.atomic
def write(*, code: str, text: str, actor: User, at: datetime) -> Note:
    """Keep a note; whoever is named by `@` finds it in their inbox.

    Raises Dossier.DoesNotExist when the person may not see the dossier, NoteRefused when somebody
    named is unknown or may not see it.
    """
    dossier = access.get_for(actor, code)
    clean = normalize("NFC", text.replace("\x00", "")).strip()
    if not clean:
        raise NoteRefused("Hãy viết nội dung ghi chú.", code="text")
    named = _named_in(clean, dossier)
    note: Note = Note.objects.create(dossier=dossier, author=actor, text=clean, written_at=at)
    others = [user for user in named if user.pk != actor.pk]
    Mention.objects.bulk_create(Mention(note=note, user=user) for user in others)
    return note


def read_all(*, dossier: Dossier, user: User, at: datetime) -> int:
    """The person has opened the dossier: what names them on it is read. How many."""
    unread = Mention.objects.unread().filter(user=user, note__dossier=dossier)
    return unread.update(read_at=at)


def _named_in(text: str, dossier: Dossier) -> list[User]:
    names = list(dict.fromkeys(name.lower() for name in _NAMED.findall(text)))
    if len(names) > MOST_NAMED:
        raise NoteRefused(f"Mỗi ghi chú nhắc tối đa {MOST_NAMED} người.", code="too_many")
    found = {user.username: user for user in User.objects.filter(username__in=names)}
    for name in names:
        user = found.get(name)
        if user is None or not user.is_active or not Sight.of(user).covers(dossier):
            raise NoteRefused(
                f"Không nhắc được @{name}: không có người này, hoặc họ không xem được hồ sơ này. "
                "Hãy kiểm tra tên đăng nhập.",
                code="named",
            )
    return [found[name] for name in names]
