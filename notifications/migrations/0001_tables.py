"""The outbox of messages and what became of each."""

import django.db.models.deletion
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_outbox_of_messages"),
    ]
    initial = True
    dependencies = []

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=200, verbose_name="khóa")),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=80, verbose_name="về việc"),
                        ),
                        (
                            "template",
                            models.CharField(blank=True, max_length=40, verbose_name="mẫu tin"),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "Thư điện tử"), ("sms", "Tin nhắn SMS")],
                                max_length=8,
                                verbose_name="kênh",
                            ),
                        ),
                        (
                            "recipient",
                            models.CharField(max_length=254, verbose_name="địa chỉ nhận"),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="tiêu đề"),
                        ),
                        ("body", models.TextField(verbose_name="nội dung")),
                        ("html", models.TextField(blank=True, verbose_name="nội dung dạng trang")),
                        (
                            "at_any_hour",
                            models.BooleanField(default=False, verbose_name="gửi cả ngoài giờ"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ gửi"),
                                    ("sending", "Đang gửi"),
                                    ("sent", "Đã gửi"),
                                    ("failed", "Không gửi được"),
                                    ("unclear", "Chưa rõ đã đến"),
                                ],
                                max_length=8,
                                verbose_name="trạng thái",
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveIntegerField(default=0, verbose_name="số lần gửi"),
                        ),
                        (
                            "failures",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="số lần hỏng liên tiếp"
                            ),
                        ),
                        (
                            "failure",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="lý do chưa gửi được"
                            ),
                        ),
                        (
                            "round",
                            models.PositiveSmallIntegerField(default=0, verbose_name="lượt gửi"),
                        ),
                        (
                            "may_have_arrived",
                            models.BooleanField(default=False, verbose_name="có thể đã đến"),
                        ),
                        (
                            "gateway_id",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="mã của nơi chuyển"
                            ),
                        ),
                        ("enqueued_at", models.DateTimeField(verbose_name="ghi lúc")),
                        ("send_after", models.DateTimeField(verbose_name="gửi từ lúc")),
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="lần gửi tới"),
                        ),
                        (
                            "leased_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="giữ đến"),
                        ),
                        (
                            "handed_over_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="giao lúc"),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="gửi xong lúc"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tin gửi",
                        "indexes": [
                            models.Index(
                                models.F("next_attempt_at"),
                                models.F("id"),
                                condition=models.Q(("state", "waiting")),
                                name="message_due",
                            ),
                            models.Index(
                                models.F("leased_until"),
                                models.F("id"),
                                condition=models.Q(("state", "sending")),
                                name="message_leased",
                            ),
                            models.Index(
                                models.F("id"),
                                models.F("state"),
                                condition=models.Q(("state", "sent"), _negated=True),
                                name="message_unsent",
                            ),
                            models.Index(
                                models.F("subject"),
                                models.F("id"),
                                condition=models.Q(("subject", ""), _negated=True),
                                name="message_about",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("key",),
                                name="message_key_unique",
                                violation_error_message="Tin này đã được ghi để gửi: không ghi lần thứ hai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["email", "sms"])),
                                name="message_channel_is_known",
                                violation_error_message="Kênh gửi không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["waiting", "sending", "sent", "failed", "unclear"],
                                    )
                                ),
                                name="message_state_is_known",
                                violation_error_message="Trạng thái tin không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("recipient", ""), _negated=True),
                                    models.Q(("body", ""), _negated=True),
                                ),
                                name="message_is_whole",
                                violation_error_message="Tin phải có khóa, địa chỉ nhận và nội dung.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("channel", "email"), ("title", ""), _negated=True
                                ),
                                name="message_email_has_title",
                                violation_error_message="Thư điện tử phải có tiêu đề.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("send_after__gte", models.F("enqueued_at"))),
                                name="message_sent_after_its_order",
                                violation_error_message="Tin không thể gửi trước khi được ghi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("next_attempt_at__isnull", False)),
                                        ("state", "waiting"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        models.Q(("next_attempt_at__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_waiting_has_moment",
                                violation_error_message="Tin chờ gửi phải có lần gửi tới; tin khác thì không.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("leased_until__isnull", False)),
                                        ("state", "sending"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "sending"), _negated=True),
                                        models.Q(("leased_until__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_sending_is_leased",
                                violation_error_message="Tin đang gửi phải có hạn giữ; tin khác thì không.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("sent_at__isnull", False)), ("state", "sent")
                                    ),
                                    models.Q(
                                        models.Q(("state", "sent"), _negated=True),
                                        models.Q(("sent_at__isnull", False), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_sent_has_moment",
                                violation_error_message="Tin đã gửi phải có lúc gửi xong; tin khác thì không.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("failure", ""),
                                    ("state__in", ("failed", "unclear")),
                                    _negated=True,
                                ),
                                name="message_undelivered_says_why",
                                violation_error_message="Tin không gửi được phải có lý do.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("may_have_arrived", True), ("state", "unclear")),
                                    models.Q(("may_have_arrived", False), ("state", "failed")),
                                    models.Q(("state__in", ("failed", "unclear")), _negated=True),
                                    _connector="OR",
                                ),
                                name="message_unclear_may_have_arrived",
                                violation_error_message="Tin có thể đã đến thì chưa rõ; tin chắc chắn chưa đến thì không gửi được.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("sent", "Đã gửi"),
                                    ("failed", "Lần gửi không thành"),
                                    ("refused", "Bị từ chối"),
                                    ("unclear", "Chưa rõ kết quả"),
                                    ("interrupted", "Gửi dở dang"),
                                    ("resent", "Cho gửi lại"),
                                ],
                                max_length=12,
                                verbose_name="diễn biến",
                            ),
                        ),
                        ("attempt", models.PositiveIntegerField(verbose_name="lần gửi thứ")),
                        (
                            "sentence",
                            models.CharField(blank=True, max_length=300, verbose_name="nội dung"),
                        ),
                        (
                            "gateway_id",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="mã của nơi chuyển"
                            ),
                        ),
                        (
                            "actor_username",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="tên đăng nhập"
                            ),
                        ),
                        (
                            "actor_name",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="người thực hiện"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="notifications.message",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "diễn biến gửi",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "sent",
                                            "failed",
                                            "refused",
                                            "unclear",
                                            "interrupted",
                                            "resent",
                                        ],
                                    )
                                ),
                                name="delivery_kind_is_known",
                                violation_error_message="Loại diễn biến không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "resent"),
                                        models.Q(("actor_username", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "resent"), _negated=True),
                                        ("actor_username", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_again_names_a_person",
                                violation_error_message="Chỉ lần cho gửi lại mới có người thực hiện.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
