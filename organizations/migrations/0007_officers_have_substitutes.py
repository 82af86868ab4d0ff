"""An officer on leave has a substitute, one at a time, from day to day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0006_journal_never_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Substitution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="từ ngày")),
                ("last_day", models.DateField(verbose_name="đến hết ngày")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="lý do")),
                ("named_at", models.DateTimeField(verbose_name="lập lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="thôi trước hạn lúc")),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nghỉ",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                        verbose_name="cơ quan",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người xử lý thay",
                    ),
                ),
            ],
            options={
                "verbose_name": "phân công xử lý thay",
                "indexes": [
                    models.Index(
                        models.F("substitute"),
                        condition=models.Q(("ended_at__isnull", True)),
                        name="substitution_of_person",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("substitute")), _negated=True),
                        name="substitution_by_another_person",
                        violation_error_message="Người xử lý thay phải khác người nghỉ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="substitution_days_in_order",
                        violation_error_message="Ngày cuối không thể trước ngày đầu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="substitution_ended_by_somebody",
                        violation_error_message="Việc thôi trước hạn phải có người thực hiện.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        expressions=[
                            ("absent", "="),
                            ("agency", "="),
                            (
                                models.Func(
                                    "first_day",
                                    django.db.models.functions.comparison.Greatest(
                                        "first_day", "last_day"
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="substitution_one_at_a_time",
                        violation_error_message="Người này đã có người xử lý thay trong những ngày đó. Hãy thôi phân công cũ trước.",
                    ),
                ],
            },
        ),
    ]
