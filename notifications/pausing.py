"""Leaves a channel alone for a minute when its other side does not answer.

Otherwise all that waits would use up its tries, and the workers their time, on a server that
is away. Kept in the cache: losing it costs a few tries.
"""

from datetime import datetime, timedelta

from django.core.cache import cache

from notifications.statuses import MessageChannel

# Not longer than the first pause of a message.
PAUSE = timedelta(minutes=1)
_KEYS = {channel.value: f"message-channel-away:{channel}" for channel in MessageChannel}


def pause(channel: str, *, at: datetime) -> None:
    """The channel's other side did not answer at this moment."""
    cache.set(_KEYS[channel], at + PAUSE, timeout=PAUSE.total_seconds() * 2)


def paused(*, at: datetime) -> list[str]:
    """The channels that are left alone at this moment."""
    until = cache.get_many(_KEYS.values())
    return [channel for channel, key in _KEYS.items() if key in until and at < until[key]]
