"""Old systems, imports of their dossiers, and where each dossier came from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("legacy", "0001_old_systems_and_imports"),
    ]
    initial = True
    dependencies = [
        ("dossiers", "0002_functions_and_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="OldSystem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                max_length=100, unique=True, verbose_name="tên hệ thống cũ"
                            ),
                        ),
                        ("columns", models.JSONField(default=dict, verbose_name="bảng ghép cột")),
                        (
                            "states",
                            models.JSONField(default=dict, verbose_name="bảng ghép trạng thái"),
                        ),
                        ("changed_at", models.DateTimeField(verbose_name="sửa lúc")),
                        (
                            "changed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hệ thống cũ",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="old_system_has_a_name",
                                violation_error_message="Hãy ghi tên hệ thống cũ.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        ("is_dry", models.BooleanField(verbose_name="chạy thử")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="imports/%Y/%m/%d", verbose_name="tệp"
                            ),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="tên tệp")),
                        ("digest", models.CharField(max_length=64, verbose_name="SHA-256 của tệp")),
                        ("columns", models.JSONField(default=dict, verbose_name="bảng ghép cột")),
                        (
                            "states",
                            models.JSONField(default=dict, verbose_name="bảng ghép trạng thái"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="tải lên lúc")),
                        ("started_at", models.DateTimeField(null=True, verbose_name="bắt đầu lúc")),
                        ("moved_at", models.DateTimeField(null=True, verbose_name="tiến lúc")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="số dòng")),
                        (
                            "last_row",
                            models.PositiveIntegerField(
                                default=0, verbose_name="dòng cuối đã xong"
                            ),
                        ),
                        ("taken", models.PositiveIntegerField(default=0, verbose_name="nhập được")),
                        (
                            "repeated",
                            models.PositiveIntegerField(default=0, verbose_name="đã nhập trước đó"),
                        ),
                        (
                            "refused",
                            models.PositiveIntegerField(default=0, verbose_name="không nhập được"),
                        ),
                        (
                            "remarked",
                            models.PositiveIntegerField(
                                default=0, verbose_name="nhập được, có lưu ý"
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                        ),
                        (
                            "failure",
                            models.CharField(blank=True, max_length=500, verbose_name="lỗi"),
                        ),
                        (
                            "report",
                            models.FileField(
                                blank=True,
                                upload_to="imports/%Y/%m/%d",
                                verbose_name="báo cáo từng dòng",
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "system",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="legacy.oldsystem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lần nhập",
                        "indexes": [
                            models.Index(
                                models.F("moved_at"),
                                condition=models.Q(
                                    ("finished_at__isnull", True), ("started_at__isnull", False)
                                ),
                                name="import_unfinished",
                            ),
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("file", ""), _negated=True),
                                name="import_with_file",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finished_at__isnull", True),
                                    ("started_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="import_finished_was_started",
                                violation_error_message="Lần nhập đã xong phải có lúc bắt đầu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("remarked__lte", models.F("taken"))),
                                name="import_remarks_are_on_rows_taken",
                                violation_error_message="Số dòng có lưu ý không thể nhiều hơn số dòng nhập được.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("finished_at__isnull", True),
                                    ("is_dry", False),
                                    ("started_at__isnull", False),
                                ),
                                fields=("system", "digest"),
                                name="import_of_a_file_runs_once_at_a_time",
                                violation_error_message="Tệp này đang được nhập. Hãy đợi lần nhập đó xong.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("legacy_code", models.CharField(max_length=100, verbose_name="mã cũ")),
                        ("number", models.PositiveIntegerField(verbose_name="dòng")),
                        (
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="origin",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="legacy.importrun",
                            ),
                        ),
                        (
                            "system",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="legacy.oldsystem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nguồn gốc",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("legacy_code", "system"),
                                name="origin_imported_once",
                                violation_error_message="Hồ sơ này của hệ thống cũ đã được nhập.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="dòng")),
                        (
                            "legacy_code",
                            models.CharField(blank=True, max_length=100, verbose_name="mã cũ"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("imported", "Đã nhập"),
                                    ("ready", "Nhập được"),
                                    ("repeated", "Đã nhập trước đó"),
                                    ("refused", "Không nhập được"),
                                ],
                                max_length=10,
                                verbose_name="kết quả",
                            ),
                        ),
                        ("problems", models.JSONField(default=list, verbose_name="lưu ý")),
                        (
                            "dossier",
                            models.OneToOneField(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_row",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="legacy.importrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dòng",
                        "indexes": [
                            models.Index(
                                models.F("run"),
                                models.F("number"),
                                condition=models.Q(("problems", []), _negated=True),
                                name="import_row_telling",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "number"),
                                name="import_row_accounted_for_once",
                                violation_error_message="Dòng này đã được xử lý.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["imported", "ready", "repeated", "refused"])
                                ),
                                name="import_row_outcome_is_known",
                                violation_error_message="Kết quả của dòng không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("dossier__isnull", False), ("outcome", "imported")),
                                    models.Q(
                                        models.Q(("outcome", "imported"), _negated=True),
                                        ("dossier__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="import_row_has_dossier_when_imported",
                                violation_error_message="Dòng đã nhập phải có hồ sơ; dòng khác thì không.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", "refused"), ("problems", []), _negated=True
                                ),
                                name="import_row_refused_says_why",
                                violation_error_message="Dòng không nhập được phải có lý do.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
