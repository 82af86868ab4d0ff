"""Rules that law may change, as dated data: a dossier keeps the set in force at acceptance."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from procedures.statuses import ClockEffect


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """Bộ quy tắc: the values of one decree and its circular of forms."""

    code: str
    in_force_from: date
    # Received after this hour, papers go to the agency at the start of the next working day.
    transfer_cutoff: time
    # How long after that opening the transfer still counts as "at the start of the day".
    transfer_grace_working_hours: Decimal
    # An online dossier must be accepted or refused within this time.
    acceptance_working_hours: Decimal
    # How often a supplement may be asked for, and within how many working days of reception.
    supplements_allowed: int
    supplement_within_working_days: Decimal
    # A supplement that has not come after so many days: handling may be stopped.
    supplement_waits_days: int
    # What the clock does while the citizen brings a supplement, or pays what the law asks.
    supplement_effect: ClockEffect
    payment_effect: ClockEffect
    # At the latest this many days before the promise runs out the apology must be there.
    apology_days_before: int
    receipt_form: str
    supplement_form: str
    refusal_form: str
    apology_form: str
    # Thông báo dừng giải quyết has no form before TT 03/2025.
    stop_form: str
    control_sheet_form: str
    register_form: str
    forms_of: str


RULE_SETS = (
    RuleSet(
        code="nd61-2018",
        in_force_from=date(2018, 6, 21),
        transfer_cutoff=time(15, 0),  # NĐ 61/2018 Đ18
        transfer_grace_working_hours=Decimal(1),  # no text says; a setting
        acceptance_working_hours=Decimal(8),  # NĐ 45/2020, unverified
        supplements_allowed=1,  # NĐ 61/2018 Đ11(2)c
        supplement_within_working_days=Decimal(3),  # NĐ 61/2018 Đ19(4)
        supplement_waits_days=30,  # no text says; a setting
        supplement_effect=ClockEffect.RESTART,  # NĐ 61/2018 Đ19(4)
        payment_effect=ClockEffect.SUBTRACT,  # sector law, unverified
        apology_days_before=1,  # NĐ 61/2018 Đ19(9)
        receipt_form="Mẫu số 01",
        supplement_form="Mẫu số 02",
        refusal_form="Mẫu số 03",
        apology_form="Mẫu số 04",
        stop_form="",
        control_sheet_form="Mẫu số 05",
        register_form="Mẫu số 06",
        forms_of="Thông tư số 01/2018/TT-VPCP",
    ),
    RuleSet(
        code="nd118-2025",
        in_force_from=date(2025, 7, 1),
        # The text of NĐ 118/2025 was not read: the values of NĐ 61/2018 stand until it is.
        transfer_cutoff=time(15, 0),
        transfer_grace_working_hours=Decimal(1),
        acceptance_working_hours=Decimal(8),
        supplements_allowed=1,
        supplement_within_working_days=Decimal(3),
        supplement_waits_days=30,
        supplement_effect=ClockEffect.RESTART,
        payment_effect=ClockEffect.SUBTRACT,
        apology_days_before=1,
        receipt_form="Mẫu số 01",
        supplement_form="Mẫu số 02",
        refusal_form="Mẫu số 03",
        apology_form="Mẫu số 04",
        stop_form="Mẫu số 05",
        control_sheet_form="Mẫu số 06",
        register_form="Mẫu số 07",
        forms_of="Thông tư số 03/2025/TT-VPCP",
    ),
)
BY_CODE = {rules.code: rules for rules in RULE_SETS}


def in_force_on(day: date) -> RuleSet:
    """The rule set that governs a dossier accepted on this day; ValueError before mid 2018."""
    for rules in reversed(RULE_SETS):
        if rules.in_force_from <= day:
            return rules
    raise ValueError(f"Không có bộ quy tắc nào có hiệu lực vào ngày {day:%d/%m/%Y}.")
