"""Who comes, with what, and how it was paid: the facts of a dossier beside its history."""

from datetime import timedelta
from random import Random
from typing import NamedTuple

from dossiers.statuses import PaymentMethod, ReturnMethod
from procedures.statuses import ChannelKind
from tthc_portal.demonstration.histories import VILLAGES
from tthc_portal.demonstration.life import Life
from tthc_portal.demonstration.people import believable_name

# How often each way of paying is chosen, online and at the counter.
_ONLINE = ((PaymentMethod.NATIONAL_PORTAL, 0.7), (PaymentMethod.LOCAL_GATEWAY, 0.3))
_AT_COUNTER = (
    (PaymentMethod.CASH, 0.45),
    (PaymentMethod.TRANSFER, 0.3),
    (PaymentMethod.NATIONAL_PORTAL, 0.2),
    (PaymentMethod.LOCAL_GATEWAY, 0.05),
)
_BY_WEB, _BY_POST, _AT_THE_DESK = (
    ReturnMethod.ONLINE.value,
    ReturnMethod.POST.value,
    ReturnMethod.COUNTER.value,
)
_BUSINESSES = ("Hợp tác xã", "Công ty TNHH", "Công ty cổ phần")
_TRADES = ("Xây dựng", "Thương mại", "Dịch vụ", "Nông sản", "Vận tải", "Giáo dục")
_ADDRESSES = tuple(f"{village}, tỉnh Nghệ An" for village in VILLAGES)
ORGANISATIONS, UNSYNCED, BY_PROXY = 0.12, 0.03, 0.04


class Applicant(NamedTuple):
    """Who comes; in the order of the dossier's columns."""

    kind: str
    name: str
    identity_number: str
    tax_code: str
    phone: str
    address: str
    is_identity_verified: bool
    uses_population_data: bool
    return_method: str
    delegate_name: str


COLUMNS = ("applicant_kind", "applicant_name", "identity_number", "tax_code", "phone", "address",
           "is_identity_verified", "uses_population_data", "return_method",
           "delegate_name")  # fmt: skip


def somebody(random: Random, *, is_online: bool) -> Applicant:
    """Draw an applicant."""
    draw = random.random
    return Applicant(
        *_who(random),
        # This prefix is in nobody's use.
        f"0900{int(draw() * 10**6):06d}",
        _ADDRESSES[int(draw() * len(_ADDRESSES))],
        draw() < (0.92 if is_online else 0.45),
        draw() < (0.8 if is_online else 0.4),
        _return_method(is_online=is_online, random=random),
        believable_name(random) if draw() < BY_PROXY else "",
    )


def introduce(life: Life) -> None:
    """Draw the applicant and what they bring; before the history, which names them."""
    random, is_online = life.random, life.case.kind == ChannelKind.ONLINE
    life.columns |= zip(COLUMNS, somebody(random, is_online=is_online), strict=True)
    life.papers = [_paper(is_online=is_online, random=random) for _ in life.case.papers]


def settle(life: Life) -> None:
    """What is known of the whole dossier afterwards: when the national portal heard of it."""
    if life.random.random() >= UNSYNCED:
        seconds = life.random.expovariate(1 / 240)
        life.columns["synced_at"] = life.begun_at + timedelta(seconds=int(seconds))


def charge(life: Life) -> None:
    """The fee, paid at reception; online dossiers are paid for online."""
    if not life.case.fee:
        return
    random = life.random
    is_online = life.case.kind == ChannelKind.ONLINE
    life.fee = {
        "amount": life.case.fee,
        "method": way_of_paying(random, is_online=is_online),
        "paid_at": life.begun_at,
    }


def _who(random: Random) -> tuple[str, str, str, str]:
    """Kind, name, number of identity, tax code."""
    draw = random.random
    if draw() < ORGANISATIONS:
        name = f"{random.choice(_BUSINESSES)} {random.choice(_TRADES)} {believable_name(random)}"
        return "organisation", name, "", f"2900{int(draw() * 10**6):06d}"
    # 040: Nghệ An. The last six digits are chance.
    number = f"040{int(draw() * 4)}{50 + int(draw() * 49)}{int(draw() * 10**6):06d}"
    return "person", believable_name(random), number, ""


def _return_method(*, is_online: bool, random: Random) -> str:
    if is_online and random.random() < 0.6:
        return _BY_WEB
    return _BY_POST if random.random() < 0.15 else _AT_THE_DESK


def _paper(*, is_online: bool, random: Random) -> tuple[bool, bool, bool]:
    """Digitised, used again, taken from the citizen's store."""
    draw = random.random()
    return is_online or draw < 0.72, draw < 0.18, draw < 0.07


def way_of_paying(random: Random, *, is_online: bool) -> str:
    """How a fee is paid."""
    methods, weights = zip(*(_ONLINE if is_online else _AT_COUNTER), strict=True)
    found: PaymentMethod = random.choices(methods, weights)[0]
    return found.value
