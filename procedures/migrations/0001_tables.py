"""Procedures and their versions, decisions, rules of the clock, and who handles what."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("procedures", "0001_fields_procedures_and_versions"),
        ("procedures", "0004_rules_of_the_clock"),
        ("procedures", "0006_decisions_and_drafts"),
        ("procedures", "0007_reason_for_partial_online_service"),
    ]
    initial = True
    dependencies = [
        ("organizations", "0003_functions_and_triggers"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Field",
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
                                max_length=300, unique=True, verbose_name="tên lĩnh vực"
                            ),
                        ),
                        ("sort_key", models.CharField(editable=False, max_length=1000)),
                    ],
                    options={
                        "verbose_name": "lĩnh vực",
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        ("number", models.CharField(max_length=60, verbose_name="số, ký hiệu")),
                        (
                            "issued_by",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="cơ quan ban hành"
                            ),
                        ),
                        (
                            "issued_date",
                            models.DateField(blank=True, null=True, verbose_name="ngày ban hành"),
                        ),
                        (
                            "effective_date",
                            models.DateField(blank=True, null=True, verbose_name="ngày hiệu lực"),
                        ),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ministry", "Bộ, cơ quan ngang bộ"),
                                    ("province", "Ủy ban nhân dân tỉnh"),
                                ],
                                max_length=8,
                                verbose_name="cấp công bố",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(null=True, verbose_name="ghi lúc")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quyết định công bố",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number", "issued_by"),
                                name="decision_number_unique_for_issuer",
                                violation_error_message="Cơ quan này đã có quyết định cùng số, ký hiệu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["", "ministry", "province"])),
                                name="decision_level_is_known",
                                violation_error_message="Cấp công bố không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level", ""),
                                    models.Q(
                                        ("effective_date__isnull", False),
                                        ("issued_date__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_of_a_level_has_its_dates",
                                violation_error_message="Quyết định phải có ngày ban hành và ngày hiệu lực.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_date__gte", models.F("issued_date"))
                                ),
                                name="decision_takes_effect_when_signed_or_later",
                                violation_error_message="Quyết định không có hiệu lực trước ngày ban hành.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureVersion",
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
                        ("number", models.PositiveIntegerField(verbose_name="phiên bản")),
                        ("name", models.TextField(verbose_name="tên thủ tục")),
                        (
                            "name_key",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(models.F("name"), function="vn_key"),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "levels",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("ministry", "Cấp bộ"),
                                        ("province", "Cấp tỉnh"),
                                        ("district", "Cấp huyện"),
                                        ("commune", "Cấp xã"),
                                        ("other", "Cơ quan khác"),
                                    ],
                                    max_length=10,
                                ),
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="loại thủ tục"
                            ),
                        ),
                        (
                            "subjects",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                default=list,
                                size=None,
                                verbose_name="đối tượng thực hiện",
                            ),
                        ),
                        (
                            "deciding_text",
                            models.TextField(blank=True, verbose_name="cơ quan có thẩm quyền"),
                        ),
                        (
                            "implementing_text",
                            models.TextField(blank=True, verbose_name="cơ quan thực hiện"),
                        ),
                        (
                            "coordinating_text",
                            models.TextField(blank=True, verbose_name="cơ quan phối hợp"),
                        ),
                        (
                            "delegated_text",
                            models.TextField(blank=True, verbose_name="cơ quan được ủy quyền"),
                        ),
                        (
                            "reception_address",
                            models.TextField(blank=True, verbose_name="địa chỉ tiếp nhận hồ sơ"),
                        ),
                        (
                            "process_text",
                            models.TextField(blank=True, verbose_name="trình tự thực hiện"),
                        ),
                        (
                            "conditions_text",
                            models.TextField(blank=True, verbose_name="yêu cầu, điều kiện"),
                        ),
                        ("result_text", models.TextField(blank=True, verbose_name="mô tả kết quả")),
                        (
                            "source_form",
                            models.CharField(
                                choices=[
                                    ("manual", "Nhập tại cổng"),
                                    ("page", "Trang thủ tục của Cổng Dịch vụ công quốc gia"),
                                    ("table", "Bảng tổng hợp CSV"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "source_code",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="mã tại nguồn"
                            ),
                        ),
                        (
                            "source_url",
                            models.URLField(blank=True, max_length=400, verbose_name="trang nguồn"),
                        ),
                        ("source", models.JSONField(default=dict, verbose_name="nguyên văn nguồn")),
                        ("source_hash", models.CharField(max_length=64)),
                        ("note", models.TextField(blank=True, verbose_name="ghi chú")),
                        ("created_at", models.DateTimeField(verbose_name="ghi lúc")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="procedures.decision",
                            ),
                        ),
                        (
                            "field",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="procedures.field",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phiên bản thủ tục",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    "name_key", name="gin_trgm_ops"
                                ),
                                name="version_name_words",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="version_has_a_name",
                                violation_error_message="Thủ tục phải có tên.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "levels__contained_by",
                                        ["ministry", "province", "district", "commune", "other"],
                                    )
                                ),
                                name="version_levels_are_known",
                                violation_error_message="Cấp thực hiện không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source_form__in", ["manual", "page", "table"])
                                ),
                                name="version_source_form_is_known",
                                violation_error_message="Dạng nguồn không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Procedure",
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
                            "code",
                            models.CharField(max_length=8, unique=True, verbose_name="mã thủ tục"),
                        ),
                        (
                            "retired_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="bãi bỏ lúc"),
                        ),
                        (
                            "retired_reason",
                            models.TextField(blank=True, verbose_name="lý do bãi bỏ"),
                        ),
                        (
                            "current_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thủ tục hành chính",
                        "indexes": [
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    "code", name="varchar_pattern_ops"
                                ),
                                name="procedure_code_prefix",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]\\.[0-9]{6}$")),
                                name="procedure_code_has_national_form",
                                violation_error_message="Mã thủ tục có dạng 1.012790.",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="procedures.procedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                fields=("procedure", "number"),
                name="version_number_unique_in_procedure",
                violation_error_message="Thủ tục đã có phiên bản mang số này.",
            ),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name="ProcedureAssignment",
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
                            "is_active",
                            models.BooleanField(default=True, verbose_name="đang áp dụng"),
                        ),
                        (
                            "online_level",
                            models.CharField(
                                choices=[
                                    ("full", "Toàn trình"),
                                    ("partial", "Một phần"),
                                    ("none", "Không cung cấp trực tuyến"),
                                ],
                                default="none",
                                max_length=7,
                                verbose_name="mức độ trực tuyến",
                            ),
                        ),
                        (
                            "on_the_spot",
                            models.BooleanField(default=False, verbose_name="4 tại chỗ"),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="công khai lúc"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="procedure_assignments",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="procedures.decision",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="procedures.procedure",
                            ),
                        ),
                        (
                            "online_reason",
                            models.TextField(
                                blank=True,
                                db_default="",
                                verbose_name="lý do chưa cung cấp toàn trình",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thủ tục tại cơ quan",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_active", True)),
                                fields=["agency", "procedure"],
                                name="assignment_active_by_agency",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("procedure", "agency"),
                                name="assignment_once_per_agency",
                                violation_error_message="Thủ tục này đã được giao cho cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("online_level__in", ["full", "partial", "none"])
                                ),
                                name="assignment_online_level_is_known",
                                violation_error_message="Mức độ trực tuyến không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureResult",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        (
                            "code",
                            models.CharField(blank=True, max_length=60, verbose_name="mã kết quả"),
                        ),
                        ("name", models.TextField(verbose_name="tên kết quả")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kết quả thực hiện",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "position"),
                                name="result_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LegalBasis",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        ("number", models.TextField(blank=True, verbose_name="số, ký hiệu")),
                        ("name", models.TextField(blank=True, verbose_name="tên văn bản")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="legal_bases",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "căn cứ pháp lý",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "position"),
                                name="basis_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Channel",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("direct", "Trực tiếp"),
                                    ("online", "Trực tuyến"),
                                    ("postal", "Dịch vụ bưu chính"),
                                ],
                                max_length=6,
                                verbose_name="hình thức nộp",
                            ),
                        ),
                        ("case_text", models.TextField(blank=True, verbose_name="trường hợp")),
                        (
                            "time_limit",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                max_digits=9,
                                null=True,
                                verbose_name="thời hạn",
                            ),
                        ),
                        (
                            "time_unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("working_day", "ngày làm việc"),
                                    ("calendar_day", "ngày"),
                                    ("working_hour", "giờ làm việc"),
                                    ("month", "tháng"),
                                ],
                                max_length=12,
                                verbose_name="đơn vị",
                            ),
                        ),
                        ("time_text", models.TextField(blank=True, verbose_name="thời hạn như in")),
                        (
                            "is_unit_confirmed",
                            models.BooleanField(
                                default=False, verbose_name="đơn vị do quản trị xác nhận"
                            ),
                        ),
                        (
                            "fee_amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="mức phí (đồng)",
                            ),
                        ),
                        (
                            "fee_text",
                            models.TextField(blank=True, verbose_name="phí, lệ phí như in"),
                        ),
                        ("description", models.TextField(blank=True, verbose_name="mô tả")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="channels",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cách thức thực hiện",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "position"),
                                name="channel_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["direct", "online", "postal"])),
                                name="channel_kind_is_known",
                                violation_error_message="Hình thức nộp không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "time_unit__in",
                                        [
                                            "",
                                            "working_day",
                                            "calendar_day",
                                            "working_hour",
                                            "month",
                                        ],
                                    )
                                ),
                                name="channel_unit_is_known",
                                violation_error_message="Đơn vị thời hạn không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("time_unit", ""),
                                    ("time_limit__isnull", False),
                                    _connector="OR",
                                ),
                                name="channel_unit_only_with_a_number",
                                violation_error_message="Có đơn vị thì phải có thời hạn bằng số.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("time_limit__isnull", True),
                                    ("time_limit__gt", 0),
                                    _connector="OR",
                                ),
                                name="channel_time_limit_positive",
                                violation_error_message="Thời hạn phải lớn hơn 0.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fee_amount__isnull", True),
                                    ("fee_amount__gte", 0),
                                    _connector="OR",
                                ),
                                name="channel_fee_not_negative",
                                violation_error_message="Mức phí không được âm.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadingFinding",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("row", "Cả dòng"),
                                    ("head", "Thông tin chung"),
                                    ("channel", "Cách thức thực hiện"),
                                    ("paper", "Thành phần hồ sơ"),
                                    ("basis", "Căn cứ pháp lý"),
                                    ("result", "Kết quả"),
                                ],
                                max_length=8,
                                verbose_name="phần",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("unit_missing", "Thời hạn in thiếu đơn vị"),
                                    ("unit_unknown", "Đơn vị thời hạn không có trong danh mục"),
                                    ("hour_unit", "Cổng in “Giờ”, được hiểu là giờ làm việc"),
                                    ("time_text", "Thời hạn ghi bằng lời"),
                                    ("time_and_fee_joined", "Thời hạn và mức phí in dính liền"),
                                    ("fee_unclear", "Mức phí không phải một số tiền rõ ràng"),
                                    ("fee_suspicious", "Mức phí nhỏ bất thường"),
                                    ("quantity_joined", "Số bản in dính với chữ số trước đó"),
                                    ("template_joined", "Tên mẫu đơn in dính với tên giấy tờ"),
                                    ("number_joined", "Số ký hiệu in dính với chữ số trước đó"),
                                    ("unread", "Đoạn chữ chưa đọc được"),
                                    ("missing", "Nguồn không có thông tin"),
                                    ("differs", "Bảng ghi khác phiên bản đang dùng"),
                                ],
                                max_length=20,
                                verbose_name="loại",
                            ),
                        ),
                        ("excerpt", models.TextField(blank=True, verbose_name="đoạn nguồn")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "điểm cần xem lại",
                        "indexes": [
                            models.Index(fields=["kind", "version"], name="finding_by_kind")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "position"),
                                name="finding_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "unit_missing",
                                            "unit_unknown",
                                            "hour_unit",
                                            "time_text",
                                            "time_and_fee_joined",
                                            "fee_unclear",
                                            "fee_suspicious",
                                            "quantity_joined",
                                            "template_joined",
                                            "number_joined",
                                            "unread",
                                            "missing",
                                            "differs",
                                        ],
                                    )
                                ),
                                name="finding_kind_is_known",
                                violation_error_message="Loại điểm cần xem lại không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequiredPaper",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        ("group", models.TextField(blank=True, verbose_name="trường hợp")),
                        ("name", models.TextField(verbose_name="tên giấy tờ")),
                        (
                            "template_name",
                            models.TextField(blank=True, verbose_name="mẫu đơn, tờ khai"),
                        ),
                        (
                            "originals",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="bản chính"
                            ),
                        ),
                        (
                            "copies",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="bản sao"
                            ),
                        ),
                        (
                            "quantity_text",
                            models.TextField(blank=True, verbose_name="số lượng như in"),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thành phần hồ sơ",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "position"),
                                name="paper_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                        ("name", models.CharField(max_length=200, verbose_name="tên bước")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("counter", "Cán bộ một cửa"),
                                    ("officer", "Công chức giải quyết"),
                                    ("head", "Lãnh đạo cơ quan"),
                                ],
                                max_length=7,
                                verbose_name="người thực hiện",
                            ),
                        ),
                        (
                            "share",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="tỷ lệ thời gian (%)"
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="procedures.procedureassignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bước của quy trình nội bộ",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assignment", "position"),
                                name="step_position_unique",
                                violation_error_message="Hai dòng của cùng một bản không được mang cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("share__gte", 0), ("share__lte", 100)),
                                name="step_share_is_a_percentage",
                                violation_error_message="Tỷ lệ thời gian của một bước từ 0 đến 100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["counter", "officer", "head"])),
                                name="step_role_is_known",
                                violation_error_message="Vai trò của bước không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClockRule",
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
                                condition=models.Q(
                                    ("effect__in", ["restart", "subtract", "shift"])
                                ),
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
                migrations.CreateModel(
                    name="DecisionItem",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("new", "Ban hành mới"),
                                    ("revised", "Sửa đổi, bổ sung"),
                                    ("retired", "Bãi bỏ"),
                                ],
                                max_length=7,
                                verbose_name="nội dung công bố",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="lý do")),
                        (
                            "basis",
                            models.CharField(
                                max_length=300, verbose_name="văn bản quy định thủ tục"
                            ),
                        ),
                        (
                            "basis_effective_date",
                            models.DateField(verbose_name="ngày hiệu lực của văn bản"),
                        ),
                        (
                            "is_shortened",
                            models.BooleanField(
                                default=False, verbose_name="ban hành theo trình tự rút gọn"
                            ),
                        ),
                        ("publish_by", models.DateField(verbose_name="hạn công bố")),
                        ("public_by", models.DateField(verbose_name="hạn công khai")),
                        ("applies_from", models.DateField(verbose_name="áp dụng từ ngày")),
                        ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                        (
                            "applied_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="đưa vào áp dụng lúc"
                            ),
                        ),
                        (
                            "made_public_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="công khai lúc"
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="procedures.decision",
                            ),
                        ),
                        (
                            "made_public_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_items",
                                to="procedures.procedure",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision_item",
                                to="procedures.procedureversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thủ tục trong quyết định công bố",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("applied_at__isnull", True)),
                                fields=["applies_from"],
                                name="decision_item_waiting",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "procedure"),
                                name="decision_item_once_per_procedure",
                                violation_error_message="Quyết định này đã công bố thủ tục đó.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("applied_at__isnull", True)),
                                fields=("procedure",),
                                name="decision_item_one_waits_for_each_procedure",
                                violation_error_message="Thủ tục đã có một thay đổi đang chờ ngày áp dụng.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["new", "revised", "retired"])),
                                name="decision_item_kind_is_known",
                                violation_error_message="Nội dung công bố không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "retired"), ("version__isnull", True)),
                                    models.Q(
                                        models.Q(("kind", "retired"), _negated=True),
                                        ("version__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_item_has_a_version_unless_retired",
                                violation_error_message="Công bố mới và sửa đổi phải kèm phiên bản; bãi bỏ thì không có phiên bản.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("made_public_at__isnull", True),
                                        ("made_public_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("made_public_at__isnull", False),
                                        ("made_public_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_item_public_by_somebody",
                                violation_error_message="Lần công khai phải có cả thời điểm và người công khai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VersionDraft",
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
                            "code",
                            models.CharField(max_length=8, unique=True, verbose_name="mã thủ tục"),
                        ),
                        ("facts", models.JSONField(verbose_name="nội dung")),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, verbose_name="lần ghi"),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                        ("saved_at", models.DateTimeField(verbose_name="ghi lần cuối lúc")),
                        (
                            "based_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedureversion",
                            ),
                        ),
                        (
                            "saved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bản đang soạn",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^[0-9]\\.[0-9]{6}$")),
                                name="draft_code_has_national_form",
                                violation_error_message="Mã thủ tục có dạng 1.012790.",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
