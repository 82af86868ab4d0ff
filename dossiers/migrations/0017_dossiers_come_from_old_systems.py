"""A dossier may come from an old system, which claims what happened before."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0016_kinds_without_an_act_go"),
        ("organizations", "0006_journal_never_changes"),
        ("procedures", "0007_reason_for_partial_online_service"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dossier",
            name="dossier_in_hand_was_transferred",
        ),
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_kind_is_known",
        ),
        migrations.AddField(
            model_name="dossier",
            name="imported_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="nhập từ hệ thống cũ lúc"
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
                ],
                max_length=24,
                verbose_name="sự kiện",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("imported_at"),
                models.F("id"),
                condition=models.Q(("imported_at__isnull", False)),
                name="dossier_imported",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ("submitted", "not_accepted", "withdrawn", "accepted")),
                    ("transferred_at__isnull", False),
                    ("imported_at__isnull", False),
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
                        ],
                    )
                ),
                name="event_kind_is_known",
                violation_error_message="Loại sự kiện không có trong danh mục.",
            ),
        ),
    ]
