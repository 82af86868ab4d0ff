"""The outbox: messages to people, and what happened to each."""

from hashlib import sha256

from django.db import models
from django.db.models import F, Q

from notifications.querysets import MessageQuerySet
from notifications.statuses import (
    UNDELIVERED,
    DeliveryKind,
    MessageChannel,
    MessageState,
)

_S = MessageState


def _exactly_when(name: str, state: str, moment: str, message: str) -> models.CheckConstraint:
    """The moment is there in this state and in no other."""
    there = Q(**{f"{moment}__isnull": False})
    return models.CheckConstraint(
        condition=Q(there, state=state) | (~Q(state=state) & ~there),
        name=name,
        violation_error_message=message,
    )


class Message(models.Model):
    """Tin gửi: one message by one channel to one address; its key is never written twice."""

    key = models.CharField("khóa", max_length=200)
    subject = models.CharField("về việc", max_length=80, blank=True)
    template = models.CharField("mẫu tin", max_length=40, blank=True)
    channel = models.CharField("kênh", max_length=8, choices=MessageChannel)
    recipient = models.CharField("địa chỉ nhận", max_length=254)
    title = models.CharField("tiêu đề", max_length=200, blank=True)
    body = models.TextField("nội dung")
    html = models.TextField("nội dung dạng trang", blank=True)
    at_any_hour = models.BooleanField("gửi cả ngoài giờ", default=False)

    state = models.CharField("trạng thái", max_length=8, choices=MessageState)
    # Counts every try for ever: a worker that comes back too late is known by it.
    attempts = models.PositiveIntegerField("số lần gửi", default=0)
    # Since the order or the last person's "again": how long the next pause is.
    failures = models.PositiveSmallIntegerField("số lần hỏng liên tiếp", default=0)
    failure = models.CharField("lý do chưa gửi được", max_length=300, blank=True)
    # A person's "again" after a certain failure begins a round that a gateway takes as new.
    round = models.PositiveSmallIntegerField("lượt gửi", default=0)
    may_have_arrived = models.BooleanField("có thể đã đến", default=False)
    gateway_id = models.CharField("mã của nơi chuyển", max_length=200, blank=True)

    enqueued_at = models.DateTimeField("ghi lúc")
    send_after = models.DateTimeField("gửi từ lúc")
    next_attempt_at = models.DateTimeField("lần gửi tới", null=True, blank=True)
    leased_until = models.DateTimeField("giữ đến", null=True, blank=True)
    handed_over_at = models.DateTimeField("giao lúc", null=True, blank=True)
    sent_at = models.DateTimeField("gửi xong lúc", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "tin gửi"
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="message_key_unique",
                violation_error_message="Tin này đã được ghi để gửi: không ghi lần thứ hai.",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=MessageChannel.values),
                name="message_channel_is_known",
                violation_error_message="Kênh gửi không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values),
                name="message_state_is_known",
                violation_error_message="Trạng thái tin không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(recipient="") & ~Q(body=""),
                name="message_is_whole",
                violation_error_message="Tin phải có khóa, địa chỉ nhận và nội dung.",
            ),
            models.CheckConstraint(
                condition=~Q(channel=MessageChannel.EMAIL, title=""),
                name="message_email_has_title",
                violation_error_message="Thư điện tử phải có tiêu đề.",
            ),
            models.CheckConstraint(
                condition=Q(send_after__gte=F("enqueued_at")),
                name="message_sent_after_its_order",
                violation_error_message="Tin không thể gửi trước khi được ghi.",
            ),
            _exactly_when(
                "message_waiting_has_moment",
                _S.WAITING,
                "next_attempt_at",
                "Tin chờ gửi phải có lần gửi tới; tin khác thì không.",
            ),
            _exactly_when(
                "message_sending_is_leased",
                _S.SENDING,
                "leased_until",
                "Tin đang gửi phải có hạn giữ; tin khác thì không.",
            ),
            _exactly_when(
                "message_sent_has_moment",
                _S.SENT,
                "sent_at",
                "Tin đã gửi phải có lúc gửi xong; tin khác thì không.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=UNDELIVERED, failure=""),
                name="message_undelivered_says_why",
                violation_error_message="Tin không gửi được phải có lý do.",
            ),
            models.CheckConstraint(
                condition=Q(state=_S.UNCLEAR, may_have_arrived=True)
                | Q(state=_S.FAILED, may_have_arrived=False)
                | ~Q(state__in=UNDELIVERED),
                name="message_unclear_may_have_arrived",
                violation_error_message=(
                    "Tin có thể đã đến thì chưa rõ; tin chắc chắn chưa đến thì không gửi được."
                ),
            ),
        ]
        indexes = [
            # tasks.send_due_messages: what is due.
            models.Index(
                "next_attempt_at", "id", name="message_due", condition=Q(state=_S.WAITING)
            ),
            # tasks.send_due_messages: what a killed worker held.
            models.Index(
                "leased_until", "id", name="message_leased", condition=Q(state=_S.SENDING)
            ),
            # The page of undelivered messages, and its count in the navigation.
            models.Index("id", "state", name="message_unsent", condition=~Q(state=_S.SENT)),
            # The timeline of a dossier.
            models.Index("subject", "id", name="message_about", condition=~Q(subject="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} #{self.pk}"

    @property
    def wire_key(self) -> str:
        """What the mail server or gateway knows the message by; the same at each repetition."""
        return sha256(f"{self.key}\n{self.round}".encode()).hexdigest()[:32]

    @property
    def is_undelivered(self) -> bool:
        """Was it given up, so that a person may send it again?"""
        return self.state in UNDELIVERED


class Delivery(models.Model):
    """Diễn biến gửi: one line for each try and each person's "again"; written once.

    It names people by what they are called, because accounts belong to an app above this one,
    and holds neither addresses nor words of the message.
    """

    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    kind = models.CharField("diễn biến", max_length=12, choices=DeliveryKind)
    attempt = models.PositiveIntegerField("lần gửi thứ")
    sentence = models.CharField("nội dung", max_length=300, blank=True)
    gateway_id = models.CharField("mã của nơi chuyển", max_length=200, blank=True)
    actor_username = models.CharField("tên đăng nhập", max_length=60, blank=True)
    actor_name = models.CharField("người thực hiện", max_length=120, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "diễn biến gửi"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DeliveryKind.values),
                name="delivery_kind_is_known",
                violation_error_message="Loại diễn biến không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=(Q(kind=DeliveryKind.RESENT) & ~Q(actor_username=""))
                | (~Q(kind=DeliveryKind.RESENT) & Q(actor_username="")),
                name="delivery_again_names_a_person",
                violation_error_message="Chỉ lần cho gửi lại mới có người thực hiện.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.attempt})"
