"""Channels, states of a message, kinds of what happens to it, and what a person may prefer."""

from django.db import models


class MessageChannel(models.TextChoices):
    """Kênh gửi."""

    EMAIL = "email", "Thư điện tử"
    SMS = "sms", "Tin nhắn SMS"


class MessageState(models.TextChoices):
    """Trạng thái tin."""

    WAITING = "waiting", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    # Handed over, and the answer was never heard: only a person may send it a second time.
    UNCLEAR = "unclear", "Chưa rõ đã đến"


# Nobody will try these again unless a person says so.
UNDELIVERED = (MessageState.FAILED, MessageState.UNCLEAR)


class DeliveryKind(models.TextChoices):
    """Diễn biến gửi."""

    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Lần gửi không thành"
    REFUSED = "refused", "Bị từ chối"
    UNCLEAR = "unclear", "Chưa rõ kết quả"
    INTERRUPTED = "interrupted", "Gửi dở dang"
    RESENT = "resent", "Cho gửi lại"


class ChannelPreference(models.TextChoices):
    """Cách nhận thông báo mà người nộp chọn."""

    ANY = "any", "Tin nhắn, không có số di động thì thư điện tử"
    SMS = "sms", "Tin nhắn SMS"
    EMAIL = "email", "Thư điện tử"
    BOTH = "both", "Cả tin nhắn và thư điện tử"
    NONE = "none", "Không nhận tin"
