"""Fees that were not paid on acceptance: settled at the counter, each with a receipt's number."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from dossiers.access import Act
from dossiers.deadlines import local_date
from dossiers.holding import ActRefused, Target, locked, record
from dossiers.models import Dossier, Fee
from dossiers.statuses import EventKind, PaymentMethod
from organizations.models import User
from organizations.statements import Statement

# The row's lock holds until the commit: a number that was given and lost is given again.
_NEXT = Statement(
    "next_receipt_number",
    ["bigint", "int"],
    """
    INSERT INTO dossiers_receiptcounter AS counter (agency_id, year, last) VALUES ($1, $2, 1)
    ON CONFLICT (agency_id, year) DO UPDATE SET last = counter.last + 1 RETURNING last
    """,
)


@transaction.atomic
def settle(*, target: Target, method: PaymentMethod, actor: User, at: datetime) -> Dossier:
    """Take in all that is owed (NĐ 61/2018 Đ22); numbers run by agency and year without gaps."""
    dossier = locked(target, actor, Act.SETTLE_FEES)
    owed = list(dossier.fees.filter(paid_at__isnull=True).order_by("id"))
    if not owed:
        raise ActRefused("Hồ sơ không còn phí, lệ phí nào chưa thu.", code="nothing_owed")
    for fee in owed:
        _receive(fee, dossier, method, at)
    data = {
        "matter": "; ".join(_told(fee, method) for fee in owed),
        "method": method.value,
        "receipts": [fee.receipt for fee in owed],
        "amount": str(sum(fee.amount for fee in owed)),
    }
    record(dossier, EventKind.FEE_PAID, actor, at, data=data)
    return dossier


def owed(dossier: Dossier) -> Decimal:
    """What is not paid yet, in đồng."""
    unpaid = dossier.fees.filter(paid_at__isnull=True)
    return Decimal(unpaid.aggregate(sum=Sum("amount"))["sum"] or 0)


def in_words(amount: Decimal) -> str:
    """`200.000 đồng`."""
    return f"{amount:,.0f} đồng".replace(",", ".")


def _receive(fee: Fee, dossier: Dossier, method: PaymentMethod, at: datetime) -> None:
    fee.method, fee.paid_at = method, at
    fee.receipt_agency_id = dossier.counter.agency_id
    fee.receipt_year = local_date(at).year
    numbered = _NEXT.row(fee.receipt_agency_id, fee.receipt_year)
    assert numbered is not None  # noqa: S101 (the statement always answers)
    fee.receipt_number = numbered[0]
    fee.save(
        update_fields=["method", "paid_at", "receipt_agency", "receipt_year", "receipt_number"]
    )


def _told(fee: Fee, method: PaymentMethod) -> str:
    return f"{in_words(fee.amount)}, {method.label.lower()}, biên lai số {fee.receipt}"
