"""Fees after acceptance: numbered without gaps, told before the result goes; ways of returning."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from dossiers import lifecycle, settling
from dossiers.holding import ActRefused, Target
from dossiers.lifecycle import Handover
from dossiers.models import Dossier, Fee, ReceiptCounter
from dossiers.requests import FeeFacts
from dossiers.statuses import EventKind, PaymentMethod, ReturnMethod
from tests.conftest import NOW
from tests.dossiers.moving import walked

LATER = NOW + timedelta(hours=9)
CASH = PaymentMethod.CASH


def settle(desk, dossier, *, at=LATER, actor=None) -> Dossier:
    return settling.settle(
        target=Target(code=dossier.code), method=CASH, actor=actor or desk.clerk, at=at
    )


def receipt(dossier) -> str:
    return Fee.objects.get(dossier=dossier).receipt


def test_what_is_owed_is_taken_in_with_a_number(desk, dossier):
    settle(desk, dossier)

    fee = Fee.objects.get(dossier=dossier)
    assert (fee.paid_at, fee.method, fee.receipt) == (LATER, "cash", "1/2026")
    assert fee.receipt_agency == desk.counter.agency
    event = dossier.events.latest("sequence")
    assert event.kind == EventKind.FEE_PAID
    assert event.data["matter"] == "200.000 đồng, tiền mặt, biên lai số 1/2026"
    assert settling.owed(dossier) == 0


def test_numbers_run_by_year_and_a_lost_act_leaves_no_gap(desk):
    first, second, third = desk.accept(), desk.accept(), desk.accept()
    settle(desk, first)
    with transaction.atomic():
        settle(desk, second)
        transaction.set_rollback(True)

    settle(desk, second)
    settle(desk, third, at=NOW.replace(year=2027))

    assert [receipt(one) for one in (first, second, third)] == ["1/2026", "2/2026", "1/2027"]
    assert ReceiptCounter.objects.count() == 2


def test_nothing_is_taken_in_twice(desk, dossier):
    settle(desk, dossier)

    with pytest.raises(ActRefused) as refusal:
        settle(desk, dossier)

    assert refusal.value.code == "nothing_owed"
    assert ReceiptCounter.objects.get().last == 1


def test_only_its_counter_takes_fees(desk, dossier):
    with pytest.raises(PermissionDenied):
        settle(desk, dossier, actor=desk.officer)


def test_the_page_says_what_is_owed_before_the_result_goes(desk, sign_in):
    dossier, browser = walked(desk, "approve"), sign_in(desk.clerk)
    with time_machine.travel(LATER, tick=False):
        before = browser.get(dossier.get_absolute_url()).content.decode()
        paid = browser.post(
            reverse("dossiers:settle_fees", args=[dossier.code]),
            {"version": dossier.event_count, "method": "cash"},
        )
        after = browser.get(dossier.get_absolute_url()).content.decode()

    assert "Còn 200.000 đồng phí, lệ phí chưa thu." in before
    assert paid.status_code == 302
    assert "biên lai số 1/2026" in after
    assert "chưa thu." not in after
    assert "Thu phí, lệ phí" not in after


def test_a_paid_dossier_is_not_asked_for_money(desk, sign_in):
    paid = FeeFacts(amount=Decimal(200_000), method=CASH)
    dossier = walked(desk, "approve", fee=paid)

    text = sign_in(desk.clerk).get(dossier.get_absolute_url()).content.decode()

    assert reverse("dossiers:settle_fees", args=[dossier.code]) not in text


def returned(desk, dossier, **facts) -> Dossier:
    handover = Handover(recipient_name="Nguyễn Thị Đào", **facts)
    return lifecycle.return_result(
        target=Target(code=dossier.code), handover=handover, actor=desk.clerk, at=LATER
    )


def test_by_post_the_parcel_has_its_number(desk):
    dossier = walked(desk, "approve")

    with pytest.raises(ActRefused) as refusal:
        returned(desk, dossier, method=ReturnMethod.POST)
    done = returned(desk, dossier, method=ReturnMethod.POST, tracking_number=" EB123456789VN ")

    assert refusal.value.code == "tracking_number"
    assert done.result.tracking_number == "EB123456789VN"


def test_what_has_no_file_is_not_returned_online(desk):
    dossier = walked(desk, "approve")

    with pytest.raises(ActRefused) as refusal:
        returned(desk, dossier, method=ReturnMethod.ONLINE)

    assert refusal.value.code == "method"


def test_results_that_wait_since_a_day_are_listed(desk, sign_in):
    dossier, browser = walked(desk, "approve"), sign_in(desk.clerk)
    listed = reverse("dossiers:worklist")

    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        long = browser.get(f"{listed}?tab=cho-tra&resolved_before=13/11/2026").content.decode()
        short = browser.get(f"{listed}?tab=cho-tra&resolved_before=12/11/2026").content.decode()

    assert dossier.code in long
    assert "Có kết quả đến 13/11/2026" in long
    assert dossier.code not in short
