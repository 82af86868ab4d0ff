"""The journal of what administrators change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0004_agency_not_below_itself"),
    ]

    operations = [
        migrations.CreateModel(
            name="AdministrationEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("agency", "Cơ quan"),
                            ("counter", "Bộ phận một cửa"),
                            ("user", "Người dùng"),
                        ],
                        max_length=7,
                        verbose_name="đối tượng",
                    ),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="số của đối tượng")),
                ("sentence", models.TextField(verbose_name="nội dung")),
                ("made_at", models.DateTimeField(verbose_name="lúc")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nhật ký quản trị",
                "indexes": [
                    models.Index(
                        fields=["subject", "subject_id", "id"], name="administration_of_subject"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("subject__in", ["agency", "counter", "user"])),
                        name="administration_subject_is_known",
                        violation_error_message="Đối tượng của nhật ký không có trong danh mục.",
                    )
                ],
            },
        ),
    ]
