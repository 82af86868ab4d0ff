"""Keeps robots out of the public forms without a riddle: a trap, a stopwatch, a limit."""

from datetime import UTC, datetime, timedelta

from axes.helpers import get_client_ip_address
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from limits import RateLimitItem, RateLimitItemPerHour

from dossiers import limiting

# A ward's people may share one address of their mobile network.
SENT_FROM_ADDRESS = RateLimitItemPerHour(20)
VOTED_FROM_ADDRESS = RateLimitItemPerHour(60)
# Nobody reads and fills the form faster; nobody leaves it open longer without trouble.
FASTEST, SLOWEST = timedelta(seconds=4), timedelta(hours=24)
_SIGNER = signing.Signer(salt="feedback.opened")


class RobotSuspected(ValidationError):
    """The form was filled as only a program fills it; the sentence tells a person what to do."""


def stamp(*, at: datetime) -> str:
    """What the form carries unseen: when it was opened, signed."""
    return _SIGNER.sign(str(int(at.timestamp())))


def check_stamp(stamped: str, *, at: datetime) -> None:
    """Raise RobotSuspected for a form that came back too soon, too late, or not from here."""
    try:
        opened_at = datetime.fromtimestamp(int(_SIGNER.unsign(stamped)), UTC)
    except (signing.BadSignature, ValueError):
        raise RobotSuspected(
            "Biểu mẫu không đầy đủ. Hãy bấm gửi lại một lần nữa.", code="stamp"
        ) from None
    if at - opened_at < FASTEST:
        raise RobotSuspected(
            "Biểu mẫu được gửi quá nhanh. Hãy xem lại nội dung rồi bấm gửi lại sau vài giây.",
            code="too_fast",
        )
    if at - opened_at > SLOWEST:
        raise RobotSuspected(
            "Trang đã mở quá một ngày. Hãy xem lại nội dung rồi bấm gửi lại.", code="too_old"
        )


def address_of(request: HttpRequest) -> str:
    """From where the request came."""
    return str(get_client_ip_address(request))


def refused_for_haste(request: HttpRequest, item: RateLimitItem, what: str) -> HttpResponse | None:
    """Count one more from this address; the page to answer with when there were too many."""
    address = address_of(request)
    if limiting.may(item, what, address):
        return None
    return limiting.too_many(request, item, what, address, template="feedback/limited.html")
