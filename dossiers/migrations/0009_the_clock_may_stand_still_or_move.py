"""The clock may stand still, be put off once, or end without a result."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_keys_without_look_ups_need_no_index"),
        ("organizations", "0004_agency_not_below_itself"),
        ("procedures", "0003_shares_make_a_hundred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supplement", "Chờ bổ sung hồ sơ"),
                            ("payment", "Chờ thực hiện nghĩa vụ tài chính"),
                        ],
                        max_length=12,
                        verbose_name="lý do",
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("restart", "Tính lại từ đầu"),
                            ("subtract", "Trừ thời gian chờ"),
                            ("shift", "Lùi ngày hẹn theo thời gian chờ"),
                        ],
                        max_length=8,
                        verbose_name="tác động đến ngày hẹn",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="từ lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="đến lúc")),
            ],
            options={
                "verbose_name": "tạm dừng",
            },
        ),
        migrations.CreateModel(
            name="Reschedule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="hẹn lại lúc")),
                ("previous_due_at", models.DateTimeField(verbose_name="ngày hẹn trước")),
                ("new_due_at", models.DateTimeField(verbose_name="ngày hẹn mới")),
                ("reason", models.TextField(verbose_name="lý do")),
                (
                    "fault",
                    models.CharField(
                        choices=[
                            ("agency", "Cơ quan giải quyết"),
                            ("other_agency", "Cơ quan phối hợp"),
                            ("applicant", "Người nộp hồ sơ"),
                            ("system", "Sự cố hệ thống, đường truyền"),
                        ],
                        max_length=14,
                        verbose_name="nguyên nhân thuộc về",
                    ),
                ),
            ],
            options={
                "verbose_name": "hẹn lại",
            },
        ),
        migrations.CreateModel(
            name="SupplementItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.TextField(verbose_name="giấy tờ, nội dung")),
                (
                    "originals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                ),
                (
                    "certified_copies",
                    models.PositiveSmallIntegerField(default=0, verbose_name="bản chứng thực"),
                ),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản chụp")),
            ],
            options={
                "verbose_name": "nội dung bổ sung",
            },
        ),
        migrations.CreateModel(
            name="SupplementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("received_at", models.DateTimeField(null=True, verbose_name="nhận đủ lúc")),
            ],
            options={
                "verbose_name": "yêu cầu bổ sung",
            },
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_status_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_accepted_has_moment",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_resolved_has_moment",
        ),
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_in_hand_was_transferred",
        ),
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_kind_is_known",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_to_act_in_agency",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_to_act_at_counter",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_unfinished_facts",
        ),
        migrations.AlterField(
            model_name="dossier",
            name="resolved_at",
            field=models.DateTimeField(null=True, verbose_name="kết thúc giải quyết lúc"),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="status",
            field=models.CharField(
                choices=[
                    ("submitted", "Mới đăng ký"),
                    ("accepted", "Đã tiếp nhận"),
                    ("not_accepted", "Không được tiếp nhận"),
                    ("processing", "Đang giải quyết"),
                    ("awaiting_approval", "Chờ phê duyệt"),
                    ("awaiting_supplement", "Chờ bổ sung hồ sơ"),
                    ("awaiting_payment", "Chờ thực hiện nghĩa vụ tài chính"),
                    ("resolved", "Đã có kết quả"),
                    ("returned", "Đã trả kết quả"),
                    ("declined", "Từ chối giải quyết"),
                    ("stopped", "Dừng giải quyết"),
                    ("withdrawn", "Người nộp rút hồ sơ"),
                ],
                max_length=20,
                verbose_name="trạng thái",
            ),
        ),
        migrations.AlterField(
            model_name="dossierevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Nộp trực tuyến"),
                    ("accepted", "Tiếp nhận"),
                    ("refused", "Từ chối tiếp nhận"),
                    ("transferred", "Chuyển cơ quan giải quyết"),
                    ("assigned", "Phân công"),
                    ("proposed", "Trình phê duyệt"),
                    ("sent_back", "Trả lại để xử lý tiếp"),
                    ("approved", "Phê duyệt kết quả"),
                    ("returned", "Trả kết quả"),
                    ("file_added", "Bổ sung tệp"),
                    ("due_moved", "Ngày hẹn đổi theo lịch làm việc"),
                    ("due_soon", "Sắp đến hạn"),
                    ("overdue", "Quá hạn"),
                    ("not_transferred", "Chưa chuyển đúng thời hạn"),
                    ("not_accepted_in_time", "Chưa tiếp nhận đúng thời hạn"),
                    ("supplement_asked", "Yêu cầu bổ sung hồ sơ"),
                    ("supplement_received", "Nhận hồ sơ bổ sung"),
                    ("paused", "Tạm dừng tính thời hạn"),
                    ("resumed", "Tính tiếp thời hạn"),
                    ("declined", "Từ chối giải quyết"),
                    ("stopped", "Dừng giải quyết"),
                    ("withdrawn", "Rút hồ sơ"),
                    ("rescheduled", "Hẹn lại ngày trả kết quả"),
                    ("warned", "Nhắc việc theo bậc thang"),
                    ("extension_asked", "Đề nghị gia hạn"),
                    ("extension_refused", "Không đồng ý gia hạn"),
                    ("apology_signed", "Ký phiếu xin lỗi"),
                    ("apology_withdrawn", "Thu hồi phiếu xin lỗi"),
                    ("messaged", "Thông báo cho người nộp"),
                    ("consulted", "Lấy ý kiến cơ quan khác"),
                    ("consultation_answered", "Cơ quan phối hợp trả lời"),
                    ("consultation_late", "Cơ quan phối hợp chậm trả lời"),
                    ("handed_over", "Bàn giao giấy tờ"),
                    ("handover_received", "Nhận bàn giao giấy tờ"),
                    ("fee_paid", "Thu phí, lệ phí"),
                    ("correction_proposed", "Đề nghị đính chính"),
                    ("corrected", "Đính chính"),
                    ("correction_refused", "Không chấp nhận đính chính"),
                ],
                max_length=24,
                verbose_name="sự kiện",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("act_by"), nulls_last=True),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "submitted",
                            "accepted",
                            "processing",
                            "awaiting_approval",
                            "awaiting_supplement",
                            "awaiting_payment",
                            "resolved",
                        ),
                    )
                ),
                name="dossier_to_act_in_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("counter"),
                models.OrderBy(models.F("act_by"), nulls_last=True),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "submitted",
                            "accepted",
                            "processing",
                            "awaiting_approval",
                            "awaiting_supplement",
                            "awaiting_payment",
                            "resolved",
                        ),
                    )
                ),
                name="dossier_to_act_at_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        (
                            "submitted",
                            "accepted",
                            "processing",
                            "awaiting_approval",
                            "awaiting_supplement",
                            "awaiting_payment",
                            "resolved",
                        ),
                    )
                ),
                fields=["agency", "counter"],
                include=("status", "assignee", "proposed_by", "due_at", "remind_at"),
                name="dossier_unfinished_facts",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "accepted",
                            "not_accepted",
                            "processing",
                            "awaiting_approval",
                            "awaiting_supplement",
                            "awaiting_payment",
                            "resolved",
                            "returned",
                            "declined",
                            "stopped",
                            "withdrawn",
                        ],
                    )
                ),
                name="dossier_status_is_known",
                violation_error_message="Trạng thái hồ sơ không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("submitted", "not_accepted", "withdrawn")),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="dossier_accepted_has_moment",
                violation_error_message="Hồ sơ đã tiếp nhận phải có thời điểm tiếp nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resolved_at__isnull", False),
                        (
                            "status__in",
                            ("resolved", "returned", "declined", "stopped", "withdrawn"),
                        ),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "status__in",
                                ("resolved", "returned", "declined", "stopped", "withdrawn"),
                            ),
                            _negated=True,
                        ),
                        ("resolved_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="dossier_resolved_has_moment",
                violation_error_message="Hồ sơ đã kết thúc giải quyết phải có thời điểm kết thúc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("submitted", "not_accepted", "withdrawn", "accepted")),
                    ("transferred_at__isnull", False),
                    _connector="OR",
                ),
                name="dossier_in_hand_was_transferred",
                violation_error_message="Hồ sơ đang giải quyết phải có thời điểm chuyển.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "accepted",
                            "refused",
                            "transferred",
                            "assigned",
                            "proposed",
                            "sent_back",
                            "approved",
                            "returned",
                            "file_added",
                            "due_moved",
                            "due_soon",
                            "overdue",
                            "not_transferred",
                            "not_accepted_in_time",
                            "supplement_asked",
                            "supplement_received",
                            "paused",
                            "resumed",
                            "declined",
                            "stopped",
                            "withdrawn",
                            "rescheduled",
                            "warned",
                            "extension_asked",
                            "extension_refused",
                            "apology_signed",
                            "apology_withdrawn",
                            "messaged",
                            "consulted",
                            "consultation_answered",
                            "consultation_late",
                            "handed_over",
                            "handover_received",
                            "fee_paid",
                            "correction_proposed",
                            "corrected",
                            "correction_refused",
                        ],
                    )
                ),
                name="event_kind_is_known",
                violation_error_message="Loại sự kiện không có trong danh mục.",
            ),
        ),
        migrations.AddField(
            model_name="pause",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pauses",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="reschedule",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reschedule",
            name="dossier",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reschedule",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplement_requests",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="pause",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplement_request",
                to="dossiers.pause",
            ),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="received_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="supplementitem",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="dossiers.supplementrequest",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("dossier",),
                name="pause_one_open_for_dossier",
                violation_error_message="Hồ sơ đang tạm dừng. Hãy kết thúc lần tạm dừng này trước.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("started_at")),
                    _connector="OR",
                ),
                name="pause_ends_after_it_starts",
                violation_error_message="Lần tạm dừng không thể kết thúc trước khi bắt đầu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effect__in", ["restart", "subtract", "shift"]),
                    ("kind__in", ["supplement", "payment"]),
                ),
                name="pause_kind_and_effect_are_known",
                violation_error_message="Lý do hoặc tác động của lần tạm dừng không hợp lệ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new_due_at__gt", models.F("previous_due_at")),
                    ("new_due_at__gt", models.F("at")),
                ),
                name="reschedule_moves_forward",
                violation_error_message="Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault__in", ["agency", "other_agency", "applicant", "system"]),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="reschedule_says_why",
                violation_error_message="Hãy ghi lý do hẹn lại và nguyên nhân thuộc về ai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                fields=("dossier", "number"),
                name="supplement_number_unique_in_dossier",
                violation_error_message="Lần yêu cầu bổ sung này đã có. Hãy tải lại trang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("received_at__isnull", True)),
                fields=("dossier",),
                name="supplement_one_open_for_dossier",
                violation_error_message="Hồ sơ đang chờ bổ sung: chưa thể yêu cầu thêm lần nữa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_at__isnull", True), ("received_by__isnull", True)),
                    models.Q(
                        ("received_at__gte", models.F("asked_at")), ("received_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="supplement_received_has_person_and_moment",
                violation_error_message="Hồ sơ bổ sung đã nhận phải có người và thời điểm nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("reason", ""), _negated=True)),
                name="supplement_has_number_and_reason",
                violation_error_message="Hãy ghi rõ lý do yêu cầu bổ sung.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementitem",
            constraint=models.UniqueConstraint(
                fields=("request", "position"),
                name="supplement_item_position_unique",
                violation_error_message="Hai nội dung bổ sung không thể cùng số thứ tự.",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="supplement_item_is_named",
                violation_error_message="Hãy ghi rõ giấy tờ hoặc nội dung cần bổ sung.",
            ),
        ),
    ]
