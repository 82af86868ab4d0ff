"""Runs over many dossiers, exports, drafts, notes, own lists, and guidance before acceptance."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("desk", "0001_bulk_runs"),
        ("desk", "0002_exports_of_lists"),
        ("desk", "0003_drafts_of_the_intake_page"),
        ("desk", "0004_notes_looks_and_own_lists"),
        ("desk", "0005_guidance_before_acceptance"),
        ("desk", "0006_scans_wait_with_their_draft"),
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
                    name="BulkRun",
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
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("transfer", "Chuyển cơ quan giải quyết"),
                                    ("assign", "Phân công"),
                                    ("return", "Trả kết quả"),
                                    ("print", "In giấy tiếp nhận"),
                                ],
                                max_length=12,
                                verbose_name="việc",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=2000, verbose_name="lý do"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="bulk/%Y/%m/%d", verbose_name="tệp PDF"
                            ),
                        ),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="số lần ghép tệp"
                            ),
                        ),
                        (
                            "failure",
                            models.CharField(blank=True, max_length=500, verbose_name="lỗi"),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulk_runs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="công chức xử lý",
                            ),
                        ),
                        (
                            "retries",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="retried_by",
                                to="desk.bulkrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "việc hàng loạt",
                        "indexes": [
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("finished_at__isnull", True)),
                                name="bulk_unfinished",
                            ),
                            models.Index(
                                models.F("actor"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="bulk_of_actor",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("act__in", ["transfer", "assign", "return", "print"])
                                ),
                                name="bulk_act_is_known",
                                violation_error_message="Việc hàng loạt không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "assign"), ("officer__isnull", False)),
                                    models.Q(
                                        models.Q(("act", "assign"), _negated=True),
                                        ("officer__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="bulk_officer_for_assignment_only",
                                violation_error_message="Phân công thì phải chọn công chức; việc khác thì không.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finished_at__isnull", True),
                                    ("finished_at__gte", models.F("asked_at")),
                                    _connector="OR",
                                ),
                                name="bulk_finished_after_asked",
                                violation_error_message="Việc hàng loạt không thể xong trước khi được yêu cầu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BulkItem",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("expected_version", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "Chờ làm"),
                                    ("done", "Đã làm"),
                                    ("refused", "Không làm được"),
                                ],
                                default="pending",
                                max_length=8,
                                verbose_name="kết quả",
                            ),
                        ),
                        (
                            "told",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="lý do không làm được"
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bulk_items",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="desk.bulkrun",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ của việc hàng loạt",
                        "indexes": [
                            models.Index(
                                models.F("run"),
                                models.F("position"),
                                condition=models.Q(("state", "pending")),
                                name="bulk_item_pending",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "position"),
                                name="bulk_item_position_unique",
                                violation_error_message="Hai hồ sơ của việc hàng loạt trùng số thứ tự.",
                            ),
                            models.UniqueConstraint(
                                fields=("run", "dossier"),
                                name="bulk_item_dossier_once",
                                violation_error_message="Một hồ sơ chỉ có một lần trong mỗi việc hàng loạt.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("state", "pending")),
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("state__in", ("done", "refused")),
                                    ),
                                    _connector="OR",
                                ),
                                name="bulk_item_settled_has_moment",
                                violation_error_message="Hồ sơ đã làm hoặc không làm được phải có thời điểm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "refused"), ("told", ""), _connector="XOR"
                                ),
                                name="bulk_item_refused_says_why",
                                violation_error_message="Hồ sơ không làm được phải có lý do.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListExport",
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
                        (
                            "query",
                            models.CharField(blank=True, max_length=2000, verbose_name="bộ lọc"),
                        ),
                        (
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                size=None,
                                verbose_name="các cột",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        (
                            "expected_rows",
                            models.PositiveIntegerField(default=0, verbose_name="số dòng dự kiến"),
                        ),
                        (
                            "written_rows",
                            models.PositiveIntegerField(default=0, verbose_name="số dòng đã ghi"),
                        ),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="exports/%Y/%m/%d", verbose_name="tệp Excel"
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="hết hạn lúc")),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                        ),
                        ("held_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "failure",
                            models.CharField(blank=True, max_length=500, verbose_name="lỗi"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exports",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tệp Excel",
                        "indexes": [
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("finished_at__isnull", True)),
                                name="export_unfinished",
                            ),
                            models.Index(
                                models.F("expires_at"),
                                condition=models.Q(("file", ""), _negated=True),
                                name="export_with_file",
                            ),
                            models.Index(
                                models.F("asked_by"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="export_of_person",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("columns", []), _negated=True),
                                name="export_has_columns",
                                violation_error_message="Hãy chọn ít nhất một cột.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                                name="export_expires_after_asked",
                                violation_error_message="Tệp phải hết hạn sau khi được yêu cầu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeDraft",
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
                        ("key", models.UUIDField()),
                        (
                            "procedure_code",
                            models.CharField(max_length=30, verbose_name="mã thủ tục"),
                        ),
                        (
                            "procedure_name",
                            models.CharField(max_length=1000, verbose_name="thủ tục"),
                        ),
                        (
                            "applicant_name",
                            models.CharField(blank=True, max_length=200, verbose_name="chủ hồ sơ"),
                        ),
                        ("content", models.JSONField(verbose_name="nội dung")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField(verbose_name="lưu lúc")),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="intake_drafts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ đang nhập dở",
                        "indexes": [
                            models.Index(
                                models.F("user"),
                                models.OrderBy(models.F("saved_at"), descending=True),
                                name="draft_of_user",
                            ),
                            models.Index(models.F("saved_at"), name="draft_saved"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "key"),
                                name="draft_key_unique_for_user",
                                violation_error_message="Bản đang nhập này đã được lưu.",
                            ),
                            models.CheckConstraint(
                                condition=django.db.models.lookups.LessThanOrEqual(
                                    django.db.models.functions.text.Length(
                                        django.db.models.functions.comparison.Cast(
                                            "content", models.TextField()
                                        )
                                    ),
                                    100000,
                                ),
                                name="draft_is_not_too_long",
                                violation_error_message="Nội dung đang nhập quá dài để lưu tạm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)),
                                name="draft_version_from_one",
                                violation_error_message="Phiên bản của bản đang nhập phải từ 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListSettings",
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
                            "columns",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=30),
                                default=list,
                                size=None,
                                verbose_name="cột thêm",
                            ),
                        ),
                        ("filters", models.JSONField(default=list, verbose_name="bộ lọc đã lưu")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="list_settings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tùy chọn danh sách",
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                        ("text", models.CharField(max_length=2000, verbose_name="nội dung")),
                        ("written_at", models.DateTimeField(verbose_name="viết lúc")),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ghi chú nội bộ",
                        "indexes": [
                            models.Index(
                                models.F("dossier"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="note_of_dossier",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="note_says_something",
                                violation_error_message="Hãy viết nội dung ghi chú.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mention",
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
                        ("read_at", models.DateTimeField(null=True, verbose_name="đọc lúc")),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentions",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mentions",
                                to="desk.note",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nhắc tên",
                        "indexes": [
                            models.Index(
                                models.F("user"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="mention_of_user",
                            ),
                            models.Index(
                                models.F("user"),
                                condition=models.Q(("read_at__isnull", True)),
                                name="mention_unread",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("note", "user"),
                                name="mention_once_in_note",
                                violation_error_message="Mỗi người chỉ được nhắc một lần trong một ghi chú.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Look",
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
                        ("seen", models.PositiveIntegerField(verbose_name="số sự kiện đã thấy")),
                        ("looked_at", models.DateTimeField(verbose_name="xem lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="looks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lần xem",
                        "indexes": [models.Index(models.F("looked_at"), name="look_looked")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "dossier"),
                                name="look_once_for_dossier",
                                violation_error_message="Lần xem này đã được ghi.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guidance",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                        ("number", models.PositiveIntegerField(verbose_name="số")),
                        (
                            "applicant_name",
                            models.CharField(max_length=200, verbose_name="người nộp"),
                        ),
                        (
                            "applicant_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    models.F("applicant_name"), function="vn_key"
                                ),
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
                            models.CharField(
                                blank=True, max_length=20, verbose_name="số điện thoại"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="thư điện tử"
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="địa chỉ"),
                        ),
                        ("content", models.JSONField(verbose_name="nội dung đã nhập")),
                        ("reason", models.TextField(blank=True, verbose_name="lý do")),
                        ("given_at", models.DateTimeField(verbose_name="hướng dẫn lúc")),
                        (
                            "rendered_at",
                            models.DateTimeField(null=True, verbose_name="tạo xong lúc"),
                        ),
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
                        "indexes": [
                            models.Index(
                                models.F("counter"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="guidance_of_counter",
                            ),
                            models.Index(
                                models.F("given_at"),
                                condition=models.Q(("rendered_at__isnull", True)),
                                name="guidance_undrawn",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("counter", "year", "number"),
                                name="guidance_number_unique_at_counter",
                                violation_error_message="Số phiếu này đã được cấp. Hãy gửi lại.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("applicant_name", ""), _negated=True),
                                name="guidance_is_for_somebody",
                                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của người nộp.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuidanceItem",
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
                        ("position", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=500, verbose_name="tên giấy tờ")),
                        (
                            "originals",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                        ),
                        (
                            "copies",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản sao"),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("guidance", "position"),
                                name="guidance_item_position_unique",
                                violation_error_message="Hai giấy tờ của phiếu không thể cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="guidance_item_has_a_name",
                                violation_error_message="Hãy ghi tên giấy tờ còn thiếu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftScan",
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
        ),
    ]
