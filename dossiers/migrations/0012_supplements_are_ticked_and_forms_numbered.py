"""Items of a supplement are ticked one by one; a form may be printed several times."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0011_applicants_choose_how_they_are_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dossierevent",
            name="event_kind_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="printedform",
            name="form_once_for_dossier",
        ),
        migrations.AddField(
            model_name="printedform",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="lần"),
        ),
        migrations.AddField(
            model_name="supplementitem",
            name="received_at",
            field=models.DateTimeField(null=True, verbose_name="nhận lúc"),
        ),
        migrations.AddField(
            model_name="supplementrequest",
            name="basis",
            field=models.CharField(blank=True, max_length=300, verbose_name="căn cứ yêu cầu muộn"),
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
        migrations.AlterField(
            model_name="printedform",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
                    ("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
                    ("supplement", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
                    ("stop_notice", "Thông báo dừng giải quyết hồ sơ"),
                ],
                max_length=12,
                verbose_name="mẫu",
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
        migrations.AddConstraint(
            model_name="printedform",
            constraint=models.UniqueConstraint(
                fields=("dossier", "kind", "number"),
                name="form_number_unique_in_dossier",
                violation_error_message="Lần in này của mẫu đã được lập. Hãy tải lại trang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedform",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="form_numbered_from_one",
                violation_error_message="Các lần in một mẫu được đánh số từ 1.",
            ),
        ),
    ]
