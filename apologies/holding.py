"""Lock, then look: how every act takes hold of a letter and of its dossier."""

from dataclasses import dataclass
from unicodedata import normalize

from apologies import authorities
from apologies.models import ApologyLetter
from apologies.statuses import LetterStatus
from dossiers.holding import ActRefused
from dossiers.models import Dossier
from organizations.models import User

# A letter is one page of A5: more has to be said in the dossier.
LONGEST_REASON = 500


@dataclass(frozen=True, kw_only=True)
class LetterTarget:
    """The letter that an act is about, and the revision that the person was looking at."""

    pk: int
    expected_revision: int | None = None


def held(target: LetterTarget, actor: User, status: LetterStatus) -> ApologyLetter:
    """The letter and its dossier under lock, for a head who may sign it and saw it as it is.

    Needs an open transaction. Raises ApologyLetter.DoesNotExist when the person may not see it,
    PermissionDenied when it is not theirs to sign, ActRefused when it is not in this state or
    the page was stale.
    """
    dossier_id = ApologyLetter.objects.visible_to(actor).values_list("dossier", flat=True)
    # The dossier first: every other act begins with it.
    dossier = (
        Dossier.objects.select_related("agency", "counter", "version", "assignee")
        .select_for_update(of=("self",))
        .get(pk=dossier_id.get(pk=target.pk))
    )
    letter: ApologyLetter = (
        ApologyLetter.objects.select_related("agency")
        .select_for_update(of=("self",))
        .get(pk=target.pk)
    )
    letter.dossier = dossier
    authorities.require(actor, letter)
    _check_state(letter, status)
    if target.expected_revision not in {None, letter.revision}:
        raise ActRefused(
            "Phiếu vừa được sửa. Hãy xem lại nội dung mới rồi thực hiện lại.", code="stale"
        )
    return letter


def _check_state(letter: ApologyLetter, status: LetterStatus) -> None:
    if letter.status == status:
        return
    raise ActRefused(
        f"Phiếu đang ở trạng thái “{letter.get_status_display()}” nên không làm được việc này. "
        "Hãy tải lại trang.",
        code="wrong_state",
    )


def required(text: str, message: str, code: str) -> str:
    """The text in composed letters and on one line; ActRefused when there is none or too much."""
    clean = " ".join(normalize("NFC", text).split())
    if not clean:
        raise ActRefused(message, code=code)
    if len(clean) > LONGEST_REASON:
        raise ActRefused(
            f"Lý do dài {len(clean)} ký tự; phiếu là một trang A5 nên chỉ ghi tối đa "
            f"{LONGEST_REASON} ký tự. Hãy viết gọn lại.",
            code=code,
        )
    return clean
