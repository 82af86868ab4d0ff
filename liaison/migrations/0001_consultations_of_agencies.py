"""Rounds of consultation, the agencies asked, their answers, and notices of late ones."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0015_fees_have_receipts_and_parcels_numbers"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsultationRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("parallel", "Hỏi các cơ quan cùng một lúc"),
                            (
                                "sequence",
                                "Hỏi lần lượt: cơ quan trước trả lời xong mới hỏi cơ quan sau",
                            ),
                        ],
                        max_length=8,
                        verbose_name="cách hỏi",
                    ),
                ),
                ("content", models.TextField(verbose_name="nội dung lấy ý kiến")),
                ("asked_at", models.DateTimeField(verbose_name="lúc")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_rounds",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "đợt lấy ý kiến",
            },
        ),
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ cơ quan trước trả lời"),
                            ("asked", "Chờ trả lời"),
                            ("answered", "Đã trả lời"),
                            ("withdrawn", "Đã rút yêu cầu"),
                            ("lapsed", "Hồ sơ đã kết thúc"),
                        ],
                        max_length=9,
                        verbose_name="trạng thái",
                    ),
                ),
                ("term", models.PositiveSmallIntegerField(verbose_name="thời hạn trả lời")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_day", "ngày làm việc"),
                            ("calendar_day", "ngày"),
                            ("working_hour", "giờ làm việc"),
                            ("month", "tháng"),
                        ],
                        max_length=12,
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agrees", "Đồng ý"),
                            ("disagrees", "Không đồng ý"),
                            ("comments", "Có ý kiến khác"),
                        ],
                        max_length=9,
                        verbose_name="ý kiến",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="nội dung trả lời")),
                ("closing_reason", models.TextField(blank=True, verbose_name="lý do rút")),
                ("asked_at", models.DateTimeField(null=True, verbose_name="hỏi lúc")),
                ("due_at", models.DateTimeField(null=True, verbose_name="trả lời trước")),
                ("remind_at", models.DateTimeField(editable=False, null=True)),
                ("answered_at", models.DateTimeField(null=True, verbose_name="trả lời lúc")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="rút lúc")),
                ("is_reminded", models.BooleanField(default=False, editable=False)),
                ("late_noted", models.BooleanField(default=False, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="organizations.agency",
                        verbose_name="cơ quan phối hợp",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="liaison.consultationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "lấy ý kiến",
            },
        ),
        migrations.CreateModel(
            name="LateNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                ("read_at", models.DateTimeField(null=True, verbose_name="đọc lúc")),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_notice",
                        to="liaison.consultation",
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.servicecounter",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo chậm trả lời",
            },
        ),
        migrations.CreateModel(
            name="SharedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.attachment",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shared",
                        to="liaison.consultationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "tệp gửi kèm",
            },
        ),
        migrations.AddField(
            model_name="consultationround",
            name="files",
            field=models.ManyToManyField(
                related_name="+", through="liaison.SharedFile", to="dossiers.attachment"
            ),
        ),
        migrations.CreateModel(
            name="AnswerFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="consultations/%Y/%m/%d", verbose_name="tệp")),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "consultation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer_file",
                        to="liaison.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản trả lời",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="answer_file_is_not_empty",
                        violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                models.F("agency"),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("status", "asked")),
                name="consultation_asked_of_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("late_noted", False), ("status", "asked")),
                name="consultation_to_note_as_late",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                models.F("remind_at"),
                condition=models.Q(("is_reminded", False), ("status", "asked")),
                name="consultation_to_remind_of",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                models.F("dossier"),
                condition=models.Q(("status__in", ("waiting", "asked"))),
                name="consultation_open_of_dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                fields=("round", "position"),
                name="consultation_position_unique_in_round",
                violation_error_message="Hai cơ quan trong một đợt không thể cùng thứ tự.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("waiting", "asked"))),
                fields=("dossier", "agency"),
                name="consultation_one_open_for_dossier_and_agency",
                violation_error_message="Cơ quan này đang được lấy ý kiến về hồ sơ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["waiting", "asked", "answered", "withdrawn", "lapsed"])
                ),
                name="consultation_status_is_known",
                violation_error_message="Trạng thái lấy ý kiến không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("term__range", (1, 80)), ("unit__in", ("working_day", "working_hour"))
                ),
                name="consultation_term_is_measured",
                violation_error_message="Thời hạn trả lời từ 1 đến 80 ngày hoặc giờ làm việc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("asked", "answered")), _negated=True),
                    models.Q(
                        ("asked_at__isnull", False),
                        ("due_at__gt", models.F("asked_at")),
                        ("due_at__isnull", False),
                        ("remind_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="consultation_asked_has_term",
                violation_error_message="Cơ quan được hỏi phải có hạn trả lời sau lúc hỏi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "waiting"), _negated=True),
                    models.Q(("asked_at__isnull", True), ("due_at__isnull", True)),
                    _connector="OR",
                ),
                name="consultation_waiting_has_no_term",
                violation_error_message="Cơ quan chưa đến lượt thì chưa có hạn trả lời.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(
                            ("answered_at__isnull", False),
                            ("answered_by__isnull", False),
                            ("status", "answered"),
                            ("verdict__in", ["agrees", "disagrees", "comments"]),
                        ),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "answered"), _negated=True),
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("verdict", ""),
                    ),
                    _connector="OR",
                ),
                name="consultation_answered_is_whole",
                violation_error_message="Trả lời phải có ý kiến, nội dung, người và thời điểm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("status__in", ("withdrawn", "lapsed"))),
                    models.Q(
                        models.Q(("status__in", ("withdrawn", "lapsed")), _negated=True),
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="consultation_closed_has_moment",
                violation_error_message="Yêu cầu đã rút phải có thời điểm rút.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(
                        ("closed_by__isnull", False),
                        models.Q(("closing_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="consultation_withdrawn_says_who_and_why",
                violation_error_message="Yêu cầu đã rút phải có người rút và lý do.",
            ),
        ),
        migrations.AddIndex(
            model_name="latenotice",
            index=models.Index(
                models.F("counter"),
                condition=models.Q(("read_at__isnull", True)),
                name="late_notice_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="latenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                    models.Q(("read_at__isnull", False), ("read_by__isnull", False)),
                    _connector="OR",
                ),
                name="late_notice_read_has_person",
                violation_error_message="Thông báo đã đọc phải có người đọc và thời điểm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedfile",
            constraint=models.UniqueConstraint(
                fields=("round", "attachment"),
                name="shared_file_once_in_round",
                violation_error_message="Tệp này đã được gửi kèm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultationround",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__in", ["parallel", "sequence"])),
                name="consultation_order_is_known",
                violation_error_message="Hãy chọn hỏi cùng một lúc hoặc lần lượt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultationround",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", ""), _negated=True),
                name="consultation_asks_something",
                violation_error_message="Hãy ghi nội dung cần lấy ý kiến.",
            ),
        ),
    ]
