"""Keeps reports as they were submitted, for ever."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE TRIGGER report_append_only BEFORE UPDATE OR DELETE ON reporting_submittedreport
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER report_not_truncated BEFORE TRUNCATE ON reporting_submittedreport
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
BACKWARD = """
DROP TRIGGER report_append_only ON reporting_submittedreport;
DROP TRIGGER report_not_truncated ON reporting_submittedreport;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0006_journal_never_changes"),
        ("reporting", "0003_rebuilding_costs_less"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmittedReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=10, verbose_name="biểu")),
                ("period", models.CharField(max_length=12, verbose_name="kỳ báo cáo")),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                ("content", models.JSONField(verbose_name="số liệu")),
                ("hash", models.CharField(max_length=64)),
                ("submitted_by_name", models.CharField(max_length=120, verbose_name="người nộp")),
                ("submitted_at", models.DateTimeField(verbose_name="nộp lúc")),
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
                    "submitted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "báo cáo đã nộp",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "form", "agency", "number"),
                        name="report_number_unique_in_period",
                        violation_error_message="Báo cáo này vừa được nộp. Hãy tải lại trang.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("hash__regex", "^[0-9a-f]{64}$")),
                        name="report_has_number_and_hash",
                        violation_error_message="Báo cáo đã nộp phải có số lần và mã kiểm tra.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, BACKWARD),
    ]
