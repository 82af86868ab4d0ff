"""One filter class for the list of the page and of the API; it lives in the address."""

import django_filters

from notifications.models import Message
from notifications.querysets import MessageQuerySet
from notifications.statuses import MessageChannel, MessageState


class MessageFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Bộ lọc tin."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=MessageState.choices)
    channel = django_filters.ChoiceFilter(
        label="Kênh gửi", choices=MessageChannel.choices, empty_label="Mọi kênh"
    )
    subject = django_filters.CharFilter(label="Mã hồ sơ", method="filter_subject", max_length=80)

    class Meta:
        model = Message
        fields: list[str] = []

    def filter_subject(self, messages: MessageQuerySet, name: str, value: str) -> MessageQuerySet:
        """The whole code, in small letters too."""
        return messages.filter(subject=value.strip().upper())
