"""The history of the calendar's edits, which the database refuses to change like the ledger."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

APPEND_ONLY = """
CREATE FUNCTION dossiers_calendar_history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lịch sử sửa lịch chỉ được ghi thêm, không được sửa hay xóa.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER calendar_edit_append_only BEFORE UPDATE OR DELETE ON dossiers_calendaredit
    FOR EACH ROW EXECUTE FUNCTION dossiers_calendar_history_append_only();
CREATE TRIGGER calendar_edit_not_truncated BEFORE TRUNCATE ON dossiers_calendaredit
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_calendar_history_append_only();
"""

BACKWARD = "DROP FUNCTION dossiers_calendar_history_append_only() CASCADE"


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_step_keeps_its_share"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sentence", models.TextField(verbose_name="nội dung sửa")),
                ("decision", models.CharField(max_length=100, verbose_name="căn cứ")),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("actor_name", models.CharField(max_length=120, verbose_name="tên người sửa")),
                ("moved_count", models.PositiveIntegerField(verbose_name="số hồ sơ đổi ngày hẹn")),
                ("made_at", models.DateTimeField(verbose_name="sửa lúc")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người sửa",
                    ),
                ),
            ],
            options={"verbose_name": "lần sửa lịch"},
        ),
        migrations.AddConstraint(
            model_name="calendaredit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", ""), _negated=True),
                    models.Q(("sentence", ""), _negated=True),
                ),
                name="calendar_edit_has_grounds",
                violation_error_message="Lần sửa lịch phải có nội dung và căn cứ.",
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, BACKWARD),
    ]
