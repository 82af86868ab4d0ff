"""Scans of an unfinished intake are kept with its draft."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0005_guidance_before_acceptance"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=50)),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField(verbose_name="dung lượng")),
                ("file", models.FileField(upload_to="drafts/%Y/%m/%d", verbose_name="tệp")),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scans",
                        to="desk.intakedraft",
                    ),
                ),
            ],
            options={
                "verbose_name": "bản quét của hồ sơ nhập dở",
            },
        ),
    ]
