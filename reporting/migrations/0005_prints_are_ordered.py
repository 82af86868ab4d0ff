"""Orders of PDF: who asked for which view, and the file until it expires."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_reports_are_submitted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("view", models.CharField(max_length=40, verbose_name="trang")),
                ("query", models.CharField(blank=True, max_length=400, verbose_name="câu hỏi")),
                ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to="prints/%Y/%m/%d", verbose_name="tệp PDF"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="hết hạn lúc")),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                ),
                ("held_until", models.DateTimeField(editable=False, null=True)),
                ("failure", models.CharField(blank=True, max_length=500, verbose_name="lỗi")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bản in PDF",
                "indexes": [
                    models.Index(
                        models.F("asked_at"),
                        condition=models.Q(("finished_at__isnull", True)),
                        name="print_order_unfinished",
                    ),
                    models.Index(
                        models.F("expires_at"),
                        condition=models.Q(("file", ""), _negated=True),
                        name="print_order_with_file",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("asked_by", "view", "query"),
                        name="print_order_waits_once",
                        violation_error_message="Bản in này đang được lập.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                        name="print_order_expires_after_asked",
                        violation_error_message="Bản in phải hết hạn sau khi được yêu cầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("view", ""), _negated=True),
                        name="print_order_names_a_view",
                        violation_error_message="Bản in phải nêu trang cần in.",
                    ),
                ],
            },
        ),
    ]
