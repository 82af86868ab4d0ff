"""Who comes, with what, and how it was paid: the facts of a dossier beside its history."""

from datetime import timedelta
from random import Random

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
_BUSINESSES = ("Hợp tác xã", "Công ty TNHH", "Công ty cổ phần")
_TRADES = ("Xây dựng", "Thương mại", "Dịch vụ", "Nông sản", "Vận tải", "Giáo dục")
ORGANISATIONS, UNSYNCED, BY_PROXY = 0.12, 0.03, 0.04


def introduce(life: Life) -> None:
    """Draw the applicant and what they bring; before the history, which names them."""
    random, is_online = life.random, life.case.kind == ChannelKind.ONLINE
    kind, name, identity, tax = _who(random)
    life.columns |= {
        "applicant_kind": kind,
        "applicant_name": name,
        "identity_number": identity,
        "tax_code": tax,
        # This prefix is in nobody's use.
        "phone": f"0900{random.randrange(10**6):06d}",
        "address": f"{random.choice(VILLAGES)}, tỉnh Nghệ An",
        "is_identity_verified": random.random() < (0.92 if is_online else 0.45),
        "uses_population_data": random.random() < (0.8 if is_online else 0.4),
        "return_method": _return_method(is_online=is_online, random=random),
        "delegate_name": believable_name(random) if random.random() < BY_PROXY else "",
    }
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
    method = _drawn(_ONLINE if is_online else _AT_COUNTER, random)
    life.fee = {
        "amount": life.case.fee,
        "method": method.value,
        "paid_at": life.begun_at,
    }


def _who(random: Random) -> tuple[str, str, str, str]:
    """Kind, name, number of identity, tax code."""
    if random.random() < ORGANISATIONS:
        name = f"{random.choice(_BUSINESSES)} {random.choice(_TRADES)} {believable_name(random)}"
        return "organisation", name, "", f"2900{random.randrange(10**6):06d}"
    # 040: Nghệ An. The last six digits are chance.
    number = f"040{random.choice('0123')}{random.randrange(50, 99)}{random.randrange(10**6):06d}"
    return "person", believable_name(random), number, ""


def _return_method(*, is_online: bool, random: Random) -> str:
    if is_online and random.random() < 0.6:
        return ReturnMethod.ONLINE.value
    return (ReturnMethod.POST if random.random() < 0.15 else ReturnMethod.COUNTER).value


def _paper(*, is_online: bool, random: Random) -> tuple[bool, bool, bool]:
    """Digitised, used again, taken from the citizen's store."""
    draw = random.random()
    return is_online or draw < 0.72, draw < 0.18, draw < 0.07


def _drawn(choices: tuple[tuple[PaymentMethod, float], ...], random: Random) -> PaymentMethod:
    methods, weights = zip(*choices, strict=True)
    found: PaymentMethod = random.choices(methods, weights)[0]
    return found
