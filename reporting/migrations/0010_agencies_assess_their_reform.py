"""Sheets of the yearly self-assessment; their trail stands, and closed points never change."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDED = """
CREATE TRIGGER reform_event_append_only BEFORE UPDATE OR DELETE ON reporting_reformevent
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER reform_event_not_truncated BEFORE TRUNCATE ON reporting_reformevent
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE FUNCTION reporting_closed_sheet_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
BEGIN
    IF EXISTS (SELECT FROM reporting_reformsheet s WHERE s.id = sheet AND s.status = 'closed') THEN
        RAISE EXCEPTION 'Phiếu đã chốt: điểm và minh chứng không được thay đổi.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reform_score_stands BEFORE INSERT OR UPDATE OR DELETE ON reporting_reformscore
    FOR EACH ROW EXECUTE FUNCTION reporting_closed_sheet_stands();
CREATE TRIGGER reform_evidence_stands BEFORE INSERT OR UPDATE OR DELETE ON reporting_reformevidence
    FOR EACH ROW EXECUTE FUNCTION reporting_closed_sheet_stands();
CREATE FUNCTION reporting_sheet_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'closed' THEN
        RAISE EXCEPTION 'Phiếu đã chốt không được mở lại hay xóa.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reform_sheet_stays_closed BEFORE UPDATE OR DELETE ON reporting_reformsheet
    FOR EACH ROW EXECUTE FUNCTION reporting_sheet_stays_closed();
"""
BACKWARD = """
DROP TRIGGER reform_sheet_stays_closed ON reporting_reformsheet;
DROP FUNCTION reporting_sheet_stays_closed();
DROP TRIGGER reform_evidence_stands ON reporting_reformevidence;
DROP TRIGGER reform_score_stands ON reporting_reformscore;
DROP FUNCTION reporting_closed_sheet_stands();
DROP TRIGGER reform_event_not_truncated ON reporting_reformevent;
DROP TRIGGER reform_event_append_only ON reporting_reformevent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0006_journal_never_changes"),
        ("reporting", "0009_what_was_done_about_findings_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReformSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("criteria_set", models.CharField(max_length=40, verbose_name="bộ tiêu chí")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("drafting", "Đang tự đánh giá"),
                            ("submitted", "Chờ thẩm định"),
                            ("graded", "Đã thẩm định"),
                            ("closed", "Đã chốt"),
                        ],
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("event_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "agency",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiếu tự đánh giá",
            },
        ),
        migrations.CreateModel(
            name="ReformScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10, verbose_name="tiêu chí")),
                (
                    "own_points",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="điểm tự chấm"
                    ),
                ),
                (
                    "explanation",
                    models.CharField(blank=True, max_length=1000, verbose_name="giải trình"),
                ),
                (
                    "council_points",
                    models.DecimalField(
                        decimal_places=2, max_digits=5, null=True, verbose_name="điểm thẩm định"
                    ),
                ),
                (
                    "council_note",
                    models.CharField(blank=True, max_length=1000, verbose_name="ý kiến thẩm định"),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="reporting.reformsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm tiêu chí",
            },
        ),
        migrations.CreateModel(
            name="ReformEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("criterion", models.CharField(max_length=10, verbose_name="tiêu chí")),
                ("file", models.FileField(upload_to="reform/%Y/%m/%d", verbose_name="tệp")),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="bỏ lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="reporting.reformsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "minh chứng",
            },
        ),
        migrations.CreateModel(
            name="ReformEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sequence", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("opened", "Lập phiếu"),
                            ("filled", "Tự chấm điểm"),
                            ("added", "Thêm minh chứng"),
                            ("removed", "Bỏ minh chứng"),
                            ("submitted", "Nộp phiếu"),
                            ("sent_back", "Trả lại phiếu"),
                            ("marked", "Thẩm định"),
                            ("graded", "Kết thúc thẩm định"),
                            ("closed", "Chốt kết quả"),
                        ],
                        max_length=10,
                        verbose_name="thao tác",
                    ),
                ),
                ("actor_name", models.CharField(max_length=120, verbose_name="người thực hiện")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="nội dung")),
                ("data", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="reporting.reformsheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "vết của phiếu",
            },
        ),
        migrations.AddConstraint(
            model_name="reformsheet",
            constraint=models.UniqueConstraint(
                fields=("year", "agency"),
                name="reform_sheet_once_a_year",
                violation_error_message="Cơ quan này đã có phiếu của năm. Hãy tải lại trang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["drafting", "submitted", "graded", "closed"])),
                name="reform_sheet_status_is_known",
                violation_error_message="Trạng thái phiếu không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (2020, 2199))),
                name="reform_sheet_year_is_one",
                violation_error_message="Năm của phiếu không đúng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformscore",
            constraint=models.UniqueConstraint(
                fields=("sheet", "criterion"),
                name="reform_score_once_for_a_criterion",
                violation_error_message="Mỗi tiêu chí chỉ có một dòng trong phiếu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("own_points__isnull", True),
                        ("own_points__range", (0, 100)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("council_points__isnull", True),
                        ("council_points__range", (0, 100)),
                        _connector="OR",
                    ),
                ),
                name="reform_score_is_not_negative",
                violation_error_message="Điểm phải từ 0 đến điểm tối đa của tiêu chí.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformevidence",
            constraint=models.CheckConstraint(
                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)),
                name="reform_evidence_has_content",
                violation_error_message="Tệp minh chứng không được rỗng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformevent",
            constraint=models.UniqueConstraint(
                fields=("sheet", "sequence"),
                name="reform_event_sequence_unique",
                violation_error_message="Phiếu vừa được người khác cập nhật. Hãy tải lại trang.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reformevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "opened",
                            "filled",
                            "added",
                            "removed",
                            "submitted",
                            "sent_back",
                            "marked",
                            "graded",
                            "closed",
                        ],
                    )
                ),
                name="reform_event_act_is_known",
                violation_error_message="Thao tác không có trong danh mục.",
            ),
        ),
        migrations.RunSQL(GUARDED, BACKWARD),
    ]
