"""Grades of units that people give, kept for ever."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE TRIGGER grade_append_only BEFORE UPDATE OR DELETE ON reporting_dutygrade
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER grade_not_truncated BEFORE TRUNCATE ON reporting_dutygrade
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
BACKWARD = """
DROP TRIGGER grade_append_only ON reporting_dutygrade;
DROP TRIGGER grade_not_truncated ON reporting_dutygrade;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0006_journal_never_changes"),
        ("reporting", "0005_prints_are_ordered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DutyGrade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=12, verbose_name="kỳ đánh giá")),
                ("index", models.PositiveSmallIntegerField(verbose_name="chỉ số")),
                ("points", models.PositiveSmallIntegerField(verbose_name="điểm")),
                ("reason", models.CharField(max_length=500, verbose_name="căn cứ")),
                ("graded_by_name", models.CharField(max_length=120, verbose_name="người chấm")),
                ("graded_at", models.DateTimeField(verbose_name="chấm lúc")),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                    ),
                ),
                (
                    "graded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm chấm",
                "indexes": [
                    models.Index(fields=["period", "agency", "id"], name="duty_grade_of_period")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("index__in", (5, 6)), ("points__range", (0, 2))),
                        name="duty_grade_is_of_its_scale",
                        violation_error_message="Chỉ số 5 và 6 được chấm 0, 1 hoặc 2 điểm.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="duty_grade_says_why",
                        violation_error_message="Điểm chấm phải có căn cứ.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, BACKWARD),
    ]
