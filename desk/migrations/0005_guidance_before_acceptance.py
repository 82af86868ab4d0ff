"""Slips that tell an applicant what to bring, before any dossier is received."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0004_notes_looks_and_own_lists"),
        ("organizations", "0007_officers_have_substitutes"),
        ("procedures", "0007_reason_for_partial_online_service"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission_key", models.UUIDField(editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("number", models.PositiveIntegerField(verbose_name="số")),
                ("applicant_name", models.CharField(max_length=200, verbose_name="người nộp")),
                (
                    "applicant_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("applicant_name"), function="vn_key"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "identity_number",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="số định danh, mã số thuế"
                    ),
                ),
                (
                    "phone",
                    models.CharField(blank=True, max_length=20, verbose_name="số điện thoại"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử"),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="địa chỉ")),
                ("content", models.JSONField(verbose_name="nội dung đã nhập")),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("given_at", models.DateTimeField(verbose_name="hướng dẫn lúc")),
                ("rendered_at", models.DateTimeField(null=True, verbose_name="tạo xong lúc")),
                (
                    "file",
                    models.FileField(
                        blank=True, upload_to="guidance/%Y/%m/%d", verbose_name="tệp PDF"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="organizations.servicecounter",
                        verbose_name="bộ phận một cửa",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="procedures.procedureversion",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu hướng dẫn",
            },
        ),
        migrations.CreateModel(
            name="GuidanceItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=500, verbose_name="tên giấy tờ")),
                (
                    "originals",
                    models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                ),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")),
                (
                    "guidance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="desk.guidance",
                    ),
                ),
            ],
            options={
                "verbose_name": "giấy tờ còn thiếu",
            },
        ),
        migrations.AddIndex(
            model_name="guidance",
            index=models.Index(
                models.F("counter"),
                models.OrderBy(models.F("id"), descending=True),
                name="guidance_of_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="guidance",
            index=models.Index(
                models.F("given_at"),
                condition=models.Q(("rendered_at__isnull", True)),
                name="guidance_undrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidance",
            constraint=models.UniqueConstraint(
                fields=("counter", "year", "number"),
                name="guidance_number_unique_at_counter",
                violation_error_message="Số phiếu này đã được cấp. Hãy gửi lại.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidance",
            constraint=models.CheckConstraint(
                condition=models.Q(("applicant_name", ""), _negated=True),
                name="guidance_is_for_somebody",
                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của người nộp.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidanceitem",
            constraint=models.UniqueConstraint(
                fields=("guidance", "position"),
                name="guidance_item_position_unique",
                violation_error_message="Hai giấy tờ của phiếu không thể cùng số thứ tự.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidanceitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="guidance_item_has_a_name",
                violation_error_message="Hãy ghi tên giấy tờ còn thiếu.",
            ),
        ),
    ]
