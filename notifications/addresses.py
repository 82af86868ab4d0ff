"""Addresses of people: read, chosen by what the person prefers, and masked for lists."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from notifications.statuses import ChannelPreference, MessageChannel

# Mobile numbers of Viet Nam since 2018; land lines (02…) take no messages.
_MOBILE = re.compile(r"(?:\+?84|0084|0)([35789][0-9]{8})")
_SEPARATORS = re.compile(r"[\s.()-]")

_WANTED: dict[ChannelPreference, tuple[MessageChannel, ...]] = {
    ChannelPreference.SMS: (MessageChannel.SMS,),
    ChannelPreference.EMAIL: (MessageChannel.EMAIL,),
    ChannelPreference.BOTH: (MessageChannel.SMS, MessageChannel.EMAIL),
}
# The law asks that the person be told (NĐ 61/2018 Đ19(9)): another way is better than none.
_OTHERWISE = (MessageChannel.SMS, MessageChannel.EMAIL)


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """Where a person can be reached, as it was typed; either may be empty."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Destination:
    """One way to one person."""

    channel: MessageChannel
    address: str


def mobile_of(text: str) -> str:
    """A mobile number as gateways take it, 84912345678; empty for anything else."""
    found = _MOBILE.fullmatch(_SEPARATORS.sub("", text))
    return f"84{found[1]}" if found else ""


def email_of(text: str) -> str:
    """An address that a mail server can take; empty for anything else."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if address.isascii() and len(address) <= 254 else ""


def choose(
    addresses: Addresses,
    preference: ChannelPreference = ChannelPreference.ANY,
    *,
    offered: Collection[MessageChannel] = tuple(MessageChannel),
) -> list[Destination]:
    """The ways by which this person is told: those preferred, or else the first that works.

    Nothing at all for somebody who wants no messages or left no address that can be used.
    """
    if preference == ChannelPreference.NONE:
        return []
    read = {
        MessageChannel.SMS: mobile_of(addresses.phone),
        MessageChannel.EMAIL: email_of(addresses.email),
    }
    usable = {channel: address for channel, address in read.items() if address}
    wanted = [each for each in _WANTED.get(preference, ()) if each in usable and each in offered]
    fallback = [each for each in _OTHERWISE if each in usable and each in offered][:1]
    return [Destination(channel, usable[channel]) for channel in wanted or fallback]


def masked(channel: str, address: str) -> str:
    """`d***@example.vn` or `0912***678`: enough to tell two apart, not to write to them."""
    if channel == MessageChannel.EMAIL:
        name, _, host = address.rpartition("@")
        return f"{name[:1]}***@{host}"
    return f"0{address[2:5]}***{address[-3:]}"
