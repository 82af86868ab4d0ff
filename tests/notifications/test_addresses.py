"""Reading addresses, choosing among them, and masking them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.addresses import Addresses, Destination, choose, email_of, masked, mobile_of
from notifications.statuses import ChannelPreference as P
from notifications.statuses import MessageChannel as C

BOTH = Addresses(email="dao@example.vn", phone="0912345678")
MAIL, SMS = Destination(C.EMAIL, "dao@example.vn"), Destination(C.SMS, "84912345678")


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        "0912 345 678",
        "091.234.5678",
        "(+84) 912-345-678",
        "84912345678",
        "0084912345678",
    ],
)
def test_a_mobile_number_is_read_in_every_usual_form(text):
    assert mobile_of(text) == "84912345678"


@pytest.mark.parametrize(
    "text",
    ["", "0238 384 4567", "091234567", "09123456789", "0612345678", "abc", "0912345678; 0987654321",
     "٠٩١٢٣٤٥٦٧٨"],
)  # fmt: skip
def test_what_is_no_mobile_number_is_left_out(text):
    assert mobile_of(text) == ""


@pytest.mark.parametrize("text", ["", "dao", "dao@", "@example.vn", "a b@example.vn", "đào@example.vn",
                                  "dao@example.vn\nBcc: x@example.vn"])  # fmt: skip
def test_what_is_no_address_of_mail_is_left_out(text):
    assert email_of(text) == ""


@pytest.mark.parametrize(
    ("addresses", "preference", "chosen"),
    [
        (BOTH, P.ANY, [SMS]),
        (BOTH, P.SMS, [SMS]),
        (BOTH, P.EMAIL, [MAIL]),
        (BOTH, P.BOTH, [SMS, MAIL]),
        (BOTH, P.NONE, []),
        (Addresses(email="dao@example.vn", phone="0238 384 4567"), P.ANY, [MAIL]),
        # The way that the person prefers is closed: the law still asks that they be told.
        (Addresses(phone="0912345678"), P.EMAIL, [SMS]),
        (Addresses(email="dao@example.vn"), P.SMS, [MAIL]),
        (Addresses(email="dao@example.vn"), P.BOTH, [MAIL]),
        (Addresses(), P.BOTH, []),
        (Addresses(email="sai", phone="123"), P.ANY, []),
    ],
)
def test_a_person_is_reached_as_they_prefer_or_else_as_they_can_be(addresses, preference, chosen):
    assert choose(addresses, preference) == chosen


@given(
    st.builds(Addresses, email=st.sampled_from(["", "sai", "dao@example.vn"]),
              phone=st.sampled_from(["", "123", "0912345678"])),
    st.sampled_from(P),
    st.sets(st.sampled_from(C)),
)  # fmt: skip
def test_the_choice_is_offered_usable_and_never_empty_without_a_reason(
    addresses, preference, offered
):
    chosen = choose(addresses, preference, offered=offered)

    assert {each.channel for each in chosen} <= offered
    assert len({each.channel for each in chosen}) == len(chosen)
    reachable = {
        C.EMAIL: email_of(addresses.email), C.SMS: mobile_of(addresses.phone),
    }  # fmt: skip
    possible = any(reachable[channel] for channel in offered)
    assert bool(chosen) == (possible and preference != P.NONE)


def test_a_masked_address_tells_two_apart_and_no_more():
    assert masked(C.EMAIL, "dao.nguyen@example.vn") == "d***@example.vn"
    assert masked(C.SMS, "84912345678") == "0912***678"
