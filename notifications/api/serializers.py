"""Shapes of messages: without words and with masked addresses, as on the pages."""

from typing import Any

from rest_framework import serializers

from notifications.statuses import DeliveryKind, MessageChannel, MessageState


class MessageRow(serializers.Serializer[Any]):
    """Một tin, không có nội dung và địa chỉ đầy đủ."""

    id = serializers.IntegerField(source="message.pk")
    subject = serializers.CharField(source="message.subject", help_text="Mã hồ sơ.")
    template = serializers.CharField(source="message.template")
    label = serializers.CharField()  # type: ignore[assignment]
    channel = serializers.ChoiceField(source="message.channel", choices=MessageChannel.choices)
    address = serializers.CharField(help_text="Địa chỉ nhận đã che bớt.")
    state = serializers.ChoiceField(source="message.state", choices=MessageState.choices)
    attempts = serializers.IntegerField(source="message.attempts")
    failure = serializers.CharField(source="message.failure")
    may_have_arrived = serializers.BooleanField(source="message.may_have_arrived")
    enqueued_at = serializers.DateTimeField(source="message.enqueued_at")
    next_attempt_at = serializers.DateTimeField(source="message.next_attempt_at", allow_null=True)
    sent_at = serializers.DateTimeField(source="message.sent_at", allow_null=True)


class DeliveryOutput(serializers.Serializer[Any]):
    """Một diễn biến gửi."""

    kind = serializers.ChoiceField(choices=DeliveryKind.choices)
    attempt = serializers.IntegerField()
    sentence = serializers.CharField()
    actor_name = serializers.CharField()
    at = serializers.DateTimeField()


class MessageOutput(MessageRow):
    """Một tin và các diễn biến gửi."""

    deliveries = DeliveryOutput(many=True, source="in_order")


class MessageList(serializers.Serializer[Any]):
    """Một trang tin, mới nhất trước."""

    next = serializers.CharField(allow_null=True, help_text="Giá trị after của trang sau.")
    results = MessageRow(many=True)


class MessageQuery(serializers.Serializer[Any]):
    """Điều kiện lọc."""

    state = serializers.ChoiceField(choices=MessageState.choices, required=False)
    channel = serializers.ChoiceField(choices=MessageChannel.choices, required=False)
    subject = serializers.CharField(max_length=80, required=False)
    after = serializers.IntegerField(min_value=1, required=False)
