"""Corrections: the true moment of an act stands beside the recorded one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0018_rows_are_found_by_their_place"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("transferred", "Chuyển cơ quan giải quyết"),
                            ("ended", "Kết thúc giải quyết"),
                            ("returned", "Trả kết quả"),
                        ],
                        max_length=11,
                        verbose_name="mốc đính chính",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Chờ quyết định"),
                            ("accepted", "Đã chấp nhận"),
                            ("refused", "Không chấp nhận"),
                        ],
                        max_length=8,
                        verbose_name="trạng thái",
                    ),
                ),
                ("improves", models.BooleanField(verbose_name="làm đẹp số liệu đúng hạn")),
                ("former_at", models.DateTimeField(verbose_name="mốc đang tính")),
                ("true_at", models.DateTimeField(verbose_name="mốc thực tế")),
                ("reason", models.TextField(verbose_name="lý do")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=300, verbose_name="văn bản chứng minh"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="đề nghị lúc")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="quyết định lúc")),
                ("decision_note", models.TextField(blank=True, verbose_name="ý kiến quyết định")),
            ],
            options={
                "verbose_name": "đính chính",
            },
        ),
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_kind_is_known",
        ),
        migrations.AlterField(
            model_name="attachment",
            name="kind",
            field=models.CharField(
                choices=[
                    ("paper", "Giấy tờ nộp"),
                    ("draft", "Dự thảo kết quả"),
                    ("result", "Kết quả giải quyết"),
                    ("evidence", "Tài liệu chứng minh đính chính"),
                ],
                max_length=10,
                verbose_name="loại tệp",
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
                    ("supplement_partly", "Nhận một phần hồ sơ bổ sung"),
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
                    ("consulted", "Lấy ý kiến cơ quan khác"),
                    ("consultation_answered", "Cơ quan phối hợp trả lời"),
                    ("consultation_late", "Cơ quan phối hợp chậm trả lời"),
                    ("fee_paid", "Thu phí, lệ phí"),
                    ("imported", "Nhập từ hệ thống cũ"),
                    ("correction_proposed", "Đề nghị đính chính"),
                    ("correction_accepted", "Chấp nhận đính chính"),
                    ("correction_refused", "Không chấp nhận đính chính"),
                ],
                max_length=24,
                verbose_name="sự kiện",
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
                            "supplement_partly",
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
                            "consulted",
                            "consultation_answered",
                            "consultation_late",
                            "fee_paid",
                            "imported",
                            "correction_proposed",
                            "correction_accepted",
                            "correction_refused",
                        ],
                    )
                ),
                name="event_kind_is_known",
                violation_error_message="Loại sự kiện không có trong danh mục.",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.agency",
                verbose_name="cơ quan giải quyết",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="decided_for",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.agency",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="event",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossierevent",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="evidence",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.attachment",
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(
                models.F("agency"),
                models.F("id"),
                condition=models.Q(("status", "proposed")),
                name="correction_waits",
            ),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(
                models.F("dossier"),
                models.F("moment"),
                models.OrderBy(models.F("decided_at"), descending=True),
                condition=models.Q(("status", "accepted")),
                name="correction_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("moment__in", ["transferred", "ended", "returned"])),
                name="correction_moment_is_known",
                violation_error_message="Hãy chọn mốc cần đính chính trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "accepted", "refused"])),
                name="correction_status_is_known",
                violation_error_message="Trạng thái đính chính không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("true_at", models.F("former_at")), _negated=True),
                    ("true_at__lte", models.F("proposed_at")),
                ),
                name="correction_tells_another_past_moment",
                violation_error_message="Mốc thực tế phải khác mốc đang tính và không ở tương lai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        models.Q(("reference", ""), _negated=True),
                        ("evidence__isnull", False),
                        _connector="OR",
                    ),
                ),
                name="correction_has_reason_and_evidence",
                violation_error_message="Đính chính phải có lý do và tệp hoặc văn bản chứng minh.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="correction_decided_by_a_second_person",
                violation_error_message="Người quyết định phải khác người đề nghị đính chính.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "accepted"), ("improves", True), _negated=True),
                    models.Q(("decided_for", models.F("agency")), _negated=True),
                    _connector="OR",
                ),
                name="correction_that_improves_accepted_elsewhere",
                violation_error_message="Đính chính làm hồ sơ hết trễ phải do cơ quan khác chấp nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "proposed"),
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("decided_for__isnull", True),
                        ("decision_note", ""),
                    ),
                    models.Q(
                        models.Q(("status", "proposed"), _negated=True),
                        ("decided_at__gte", models.F("proposed_at")),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_for__isnull", False),
                        models.Q(
                            ("status", "accepted"),
                            models.Q(("decision_note", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="correction_decided_is_whole",
                violation_error_message="Quyết định đính chính phải có người, thời điểm; không chấp nhận phải có lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="correction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "proposed")),
                fields=("dossier", "moment"),
                name="correction_one_waits_for_moment",
                violation_error_message="Mốc này đang có đề nghị đính chính chờ quyết định.",
            ),
        ),
    ]
