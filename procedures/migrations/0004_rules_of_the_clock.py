"""Rules on what a supplement does to the promised day, by version and day."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0003_shares_make_a_hundred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        verbose_name="cách tính",
                    ),
                ),
                ("in_force_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ")),
                ("decided_at", models.DateTimeField(verbose_name="quyết định lúc")),
                (
                    "decided_by",
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
                        related_name="clock_rules",
                        to="procedures.procedureversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "quy tắc tính thời hạn khi bổ sung",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "in_force_from"),
                        name="clock_rule_unique_for_day",
                        violation_error_message="Phiên bản này đã có quy tắc áp dụng từ ngày đó. Hãy chọn ngày khác.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["restart", "subtract", "shift"])),
                        name="clock_rule_effect_is_known",
                        violation_error_message="Cách tính thời hạn không có trong danh mục.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis", ""), _negated=True),
                        name="clock_rule_has_a_basis",
                        violation_error_message="Quy tắc phải có căn cứ pháp lý.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "in_force_from__gte",
                                django.db.models.functions.comparison.Cast(
                                    models.Func(
                                        models.Value("Asia/Ho_Chi_Minh"),
                                        models.F("decided_at"),
                                        function="timezone",
                                        output_field=models.DateTimeField(),
                                    ),
                                    models.DateField(),
                                ),
                            )
                        ),
                        name="clock_rule_never_looks_back",
                        violation_error_message="Quy tắc không áp dụng cho ngày trước khi được quyết định.",
                    ),
                ],
            },
        ),
    ]
