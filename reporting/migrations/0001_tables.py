"""Tallies and what they are made from, kept reports, findings, campaigns and reform sheets.

Tallies have no keys that the database checks: the dossiers keep theirs, and a rebuild checks none.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_tallies_and_snapshots"),
        ("reporting", "0005_prints_are_ordered"),
        ("reporting", "0008_findings_and_campaigns"),
    ]
    initial = True
    dependencies = [
        ("dossiers", "0002_functions_and_triggers"),
        ("feedback", "0002_functions_and_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="WaitingDossier",
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
                        ("dossier_id", models.BigIntegerField(verbose_name="hồ sơ")),
                        (
                            "since",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="từ lúc",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ chờ cộng số liệu",
                    },
                ),
                migrations.CreateModel(
                    name="TalliedDossier",
                    fields=[
                        (
                            "dossier",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="dossiers.dossier",
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(verbose_name="tiếp nhận lúc")),
                        ("is_online", models.BooleanField(verbose_name="nộp trực tuyến")),
                        ("bears_fee", models.BooleanField(verbose_name="có phí, lệ phí")),
                        (
                            "is_reused",
                            models.BooleanField(verbose_name="tái sử dụng dữ liệu số hóa"),
                        ),
                        (
                            "is_from_store",
                            models.BooleanField(verbose_name="lấy từ kho dữ liệu cá nhân"),
                        ),
                        (
                            "uses_population_data",
                            models.BooleanField(verbose_name="dùng dữ liệu dân cư"),
                        ),
                        (
                            "paid_online_at",
                            models.DateTimeField(
                                null=True, verbose_name="thanh toán trực tuyến lúc"
                            ),
                        ),
                        (
                            "result_file_at",
                            models.DateTimeField(null=True, verbose_name="có tệp kết quả lúc"),
                        ),
                        (
                            "digitised_at",
                            models.DateTimeField(null=True, verbose_name="số hóa đủ lúc"),
                        ),
                        ("synced_at", models.DateTimeField(null=True, verbose_name="đồng bộ lúc")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="kết thúc lúc")),
                        (
                            "overdue_from",
                            models.DateTimeField(null=True, verbose_name="quá hạn từ"),
                        ),
                        (
                            "rescheduled_at",
                            models.DateTimeField(null=True, verbose_name="hẹn lại lúc"),
                        ),
                        (
                            "overdue_again_from",
                            models.DateTimeField(null=True, verbose_name="quá hạn hẹn lại từ"),
                        ),
                        (
                            "complained_at",
                            models.DateTimeField(
                                null=True, verbose_name="bị phản ánh, không hài lòng từ"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ đã cộng số liệu",
                    },
                ),
                migrations.CreateModel(
                    name="OfferedService",
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
                            "is_online",
                            models.BooleanField(verbose_name="có dịch vụ công trực tuyến"),
                        ),
                        ("since", models.DateTimeField(verbose_name="từ lúc")),
                        ("until", models.DateTimeField(null=True, verbose_name="đến lúc")),
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
                            "procedure",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thủ tục thuộc thẩm quyền",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("agency", "procedure"),
                                name="offered_service_one_is_current",
                                violation_error_message="Mỗi thủ tục tại một cơ quan chỉ có một trạng thái.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeriodSnapshot",
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
                        ("period", models.CharField(max_length=12, verbose_name="kỳ báo cáo")),
                        (
                            "indicator_set",
                            models.CharField(max_length=40, verbose_name="bộ chỉ số"),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="lần chốt")),
                        ("content", models.JSONField(verbose_name="số liệu")),
                        ("hash", models.CharField(max_length=64)),
                        (
                            "frozen_by_name",
                            models.CharField(max_length=120, verbose_name="người chốt"),
                        ),
                        ("frozen_at", models.DateTimeField(verbose_name="chốt lúc")),
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
                            "frozen_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "số liệu đã chốt",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "period", "indicator_set", "number"),
                                name="snapshot_number_unique_in_period",
                                violation_error_message="Kỳ này vừa được người khác chốt. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1), ("hash__regex", "^[0-9a-f]{64}$")
                                ),
                                name="snapshot_has_number_and_hash",
                                violation_error_message="Số liệu chốt phải có số lần và mã kiểm tra.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProcedureUse",
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
                        ("half_month", models.DateField(verbose_name="nửa tháng")),
                        (
                            "online_from",
                            models.DateTimeField(null=True, verbose_name="có hồ sơ trực tuyến từ"),
                        ),
                        (
                            "paid_from",
                            models.DateTimeField(
                                null=True, verbose_name="có thanh toán trực tuyến từ"
                            ),
                        ),
                        (
                            "population_from",
                            models.DateTimeField(null=True, verbose_name="dùng dữ liệu dân cư từ"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "procedure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.procedure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thủ tục phát sinh hồ sơ",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("half_month", "agency", "procedure"),
                                name="procedure_use_once_for_its_key",
                                violation_error_message="Mỗi thủ tục chỉ có một dòng cho một cơ quan, nửa tháng.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
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
                            "grain",
                            models.CharField(
                                choices=[
                                    ("moment", "Theo ngày, thời điểm"),
                                    ("half_month", "Theo nửa tháng"),
                                ],
                                max_length=10,
                                verbose_name="mức gộp",
                            ),
                        ),
                        ("half_month", models.DateField(verbose_name="nửa tháng")),
                        ("counts_from", models.DateTimeField(verbose_name="tính từ lúc")),
                        ("received", models.IntegerField(default=0, verbose_name="tiếp nhận")),
                        ("online", models.IntegerField(default=0, verbose_name="nộp trực tuyến")),
                        (
                            "fee_bearing",
                            models.IntegerField(default=0, verbose_name="có phí, lệ phí"),
                        ),
                        ("reused", models.IntegerField(default=0, verbose_name="tái sử dụng")),
                        (
                            "from_store",
                            models.IntegerField(default=0, verbose_name="từ kho dữ liệu"),
                        ),
                        (
                            "population",
                            models.IntegerField(default=0, verbose_name="dùng dữ liệu dân cư"),
                        ),
                        (
                            "paid_online",
                            models.IntegerField(default=0, verbose_name="thanh toán trực tuyến"),
                        ),
                        (
                            "result_files",
                            models.IntegerField(default=0, verbose_name="có tệp kết quả"),
                        ),
                        ("digitised", models.IntegerField(default=0, verbose_name="số hóa đủ")),
                        ("synced", models.IntegerField(default=0, verbose_name="đã đồng bộ")),
                        ("turned", models.IntegerField(default=0, verbose_name="chuyển quá hạn")),
                        (
                            "turned_extended",
                            models.IntegerField(
                                default=0, verbose_name="chuyển quá hạn sau hẹn lại"
                            ),
                        ),
                        (
                            "turned_bad",
                            models.IntegerField(default=0, verbose_name="chuyển không hài lòng"),
                        ),
                        ("ended", models.IntegerField(default=0, verbose_name="kết thúc")),
                        (
                            "ended_late",
                            models.IntegerField(default=0, verbose_name="kết thúc quá hạn"),
                        ),
                        (
                            "ended_late_extended",
                            models.IntegerField(
                                default=0, verbose_name="kết thúc quá hạn sau hẹn lại"
                            ),
                        ),
                        (
                            "ended_bad",
                            models.IntegerField(default=0, verbose_name="kết thúc không hài lòng"),
                        ),
                        (
                            "complained_after",
                            models.IntegerField(
                                default=0, verbose_name="phản ánh sau khi kết thúc"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "số cộng dồn",
                        "indexes": [
                            models.Index(fields=["grain", "counts_from"], name="tally_as_of")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "grain", "half_month", "counts_from"),
                                name="tally_once_for_its_key",
                                violation_error_message="Mỗi cơ quan chỉ có một dòng cộng dồn cho một mốc.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grain__in", ["moment", "half_month"])),
                                name="tally_grain_is_known",
                                violation_error_message="Mức gộp của số cộng dồn không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubmittedReport",
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
                        ("form", models.CharField(max_length=10, verbose_name="biểu")),
                        ("period", models.CharField(max_length=12, verbose_name="kỳ báo cáo")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                        ("content", models.JSONField(verbose_name="số liệu")),
                        ("hash", models.CharField(max_length=64)),
                        (
                            "submitted_by_name",
                            models.CharField(max_length=120, verbose_name="người nộp"),
                        ),
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
                                condition=models.Q(
                                    ("number__gte", 1), ("hash__regex", "^[0-9a-f]{64}$")
                                ),
                                name="report_has_number_and_hash",
                                violation_error_message="Báo cáo đã nộp phải có số lần và mã kiểm tra.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrintOrder",
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
                        ("view", models.CharField(max_length=40, verbose_name="trang")),
                        (
                            "query",
                            models.CharField(blank=True, max_length=400, verbose_name="câu hỏi"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="prints/%Y/%m/%d", verbose_name="tệp PDF"
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bản in PDF",
                        "indexes": [
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("finished_at__isnull", True)),
                                name="print_order_unfinished",
                            ),
                            models.Index(
                                models.F("expires_at"),
                                condition=models.Q(("file", ""), _negated=True),
                                name="print_order_with_file",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("finished_at__isnull", True)),
                                fields=("asked_by", "view", "query"),
                                name="print_order_waits_once",
                                violation_error_message="Bản in này đang được lập.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                                name="print_order_expires_after_asked",
                                violation_error_message="Bản in phải hết hạn sau khi được yêu cầu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("view", ""), _negated=True),
                                name="print_order_names_a_view",
                                violation_error_message="Bản in phải nêu trang cần in.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DutyGrade",
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
                        ("period", models.CharField(max_length=12, verbose_name="kỳ đánh giá")),
                        ("index", models.PositiveSmallIntegerField(verbose_name="chỉ số")),
                        ("points", models.PositiveSmallIntegerField(verbose_name="điểm")),
                        ("reason", models.CharField(max_length=500, verbose_name="căn cứ")),
                        (
                            "graded_by_name",
                            models.CharField(max_length=120, verbose_name="người chấm"),
                        ),
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
                            models.Index(
                                fields=["period", "agency", "id"], name="duty_grade_of_period"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("index__in", (5, 6)), ("points__range", (0, 2))
                                ),
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
                migrations.CreateModel(
                    name="ServiceChange",
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
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="thay đổi lúc",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thay đổi của thủ tục",
                    },
                ),
                migrations.CreateModel(
                    name="TallyRebuild",
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
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="cộng lại lúc",
                            ),
                        ),
                        ("dossiers", models.PositiveIntegerField(verbose_name="số hồ sơ")),
                        ("differences", models.PositiveIntegerField(verbose_name="số dòng khác")),
                    ],
                    options={
                        "verbose_name": "lần cộng lại số liệu",
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                                    ("idle", "Quá hạn, lâu không có thao tác"),
                                    ("issued_earlier", "Kết quả ký trong hạn, ghi nhận trễ"),
                                    ("not_returned", "Có kết quả, chưa ghi nhận trả"),
                                    ("without_result", "Đã giải quyết nhưng không có kết quả"),
                                    ("received_twice", "Tiếp nhận hai lần"),
                                    ("out_of_order", "Mốc thời gian ngược thứ tự"),
                                    ("leftover", "Hồ sơ tồn của hệ thống cũ"),
                                    ("never_transfers", "Bộ phận một cửa không chuyển hồ sơ"),
                                ],
                                max_length=15,
                                verbose_name="dấu hiệu",
                            ),
                        ),
                        ("subject", models.BigIntegerField(editable=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Chưa xem"),
                                    ("seen", "Đang xem xét"),
                                    ("explained", "Đã giải trình: không sai"),
                                    ("fixed", "Đã đính chính"),
                                    ("gone", "Không còn dấu hiệu"),
                                ],
                                max_length=9,
                                verbose_name="tình trạng",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="giải trình")),
                        ("since", models.DateTimeField(verbose_name="từ lúc")),
                        ("opened_at", models.DateTimeField(verbose_name="phát hiện lúc")),
                        ("handled_at", models.DateTimeField(null=True, verbose_name="xem xét lúc")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                                verbose_name="cơ quan",
                            ),
                        ),
                        (
                            "counter",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.servicecounter",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "handled_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dấu hiệu cần xem lại",
                        "indexes": [
                            models.Index(
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("status__in", ("open", "seen"))),
                                name="finding_open",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("status__in", ("open", "seen"))),
                                name="finding_open_of_agency",
                            ),
                            models.Index(
                                models.F("counter"),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("status__in", ("open", "seen"))),
                                name="finding_open_of_counter",
                            ),
                            models.Index(
                                models.F("status"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="finding_in_status",
                            ),
                            models.Index(
                                models.F("kind"),
                                models.F("agency"),
                                models.F("opened_at"),
                                name="finding_of_campaign",
                            ),
                            models.Index(
                                models.F("dossier"),
                                condition=models.Q(("dossier__isnull", False)),
                                name="finding_of_dossier",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "subject"),
                                name="finding_once_for_kind_and_subject",
                                violation_error_message="Dấu hiệu này đã có trong danh sách.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "idle",
                                            "issued_earlier",
                                            "not_returned",
                                            "without_result",
                                            "received_twice",
                                            "out_of_order",
                                            "leftover",
                                            "never_transfers",
                                        ],
                                    ),
                                    ("status__in", ["open", "seen", "explained", "fixed", "gone"]),
                                ),
                                name="finding_kind_and_status_are_known",
                                violation_error_message="Loại hoặc tình trạng dấu hiệu không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("dossier__isnull", True),
                                        ("kind__in", ("never_transfers",)),
                                        ("subject", models.F("counter_id")),
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ("never_transfers",)), _negated=True),
                                        ("dossier__isnull", False),
                                        ("subject", models.F("dossier_id")),
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_has_its_subject",
                                violation_error_message="Dấu hiệu phải nói về đúng một hồ sơ hoặc một bộ phận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("status__in", ("open", "seen"))),
                                        ("closed_at__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("open", "seen")), _negated=True),
                                        ("closed_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_closed_has_moment",
                                violation_error_message="Dấu hiệu đã xong phải có thời điểm xong.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("seen", "explained")), _negated=True),
                                    models.Q(
                                        ("handled_at__isnull", False), ("handled_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_handled_by_somebody",
                                violation_error_message="Dấu hiệu đã xem phải có người xem và thời điểm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "explained"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="finding_explained_says_why",
                                violation_error_message="Hãy ghi rõ vì sao dữ liệu không sai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FindingStep",
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
                            "from_status",
                            models.CharField(
                                choices=[
                                    ("open", "Chưa xem"),
                                    ("seen", "Đang xem xét"),
                                    ("explained", "Đã giải trình: không sai"),
                                    ("fixed", "Đã đính chính"),
                                    ("gone", "Không còn dấu hiệu"),
                                ],
                                max_length=9,
                            ),
                        ),
                        (
                            "to_status",
                            models.CharField(
                                choices=[
                                    ("open", "Chưa xem"),
                                    ("seen", "Đang xem xét"),
                                    ("explained", "Đã giải trình: không sai"),
                                    ("fixed", "Đã đính chính"),
                                    ("gone", "Không còn dấu hiệu"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="nội dung")),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "finding",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="reporting.finding",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "việc đã làm với dấu hiệu",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "from_status__in",
                                        ["open", "seen", "explained", "fixed", "gone"],
                                    ),
                                    (
                                        "to_status__in",
                                        ["open", "seen", "explained", "fixed", "gone"],
                                    ),
                                    models.Q(("from_status", models.F("to_status")), _negated=True),
                                ),
                                name="finding_step_changes_status",
                                violation_error_message="Mỗi bước phải chuyển dấu hiệu sang tình trạng khác.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QualitySweep",
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
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        ("seconds", models.FloatField(verbose_name="số giây")),
                        ("counts", models.JSONField(verbose_name="số dấu hiệu")),
                    ],
                    options={
                        "verbose_name": "lần quét dữ liệu",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seconds__gte", 0)),
                                name="quality_sweep_took_time",
                                violation_error_message="Thời gian quét không thể âm.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
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
                        ("name", models.CharField(max_length=200, verbose_name="tên đợt")),
                        (
                            "kinds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("idle", "Quá hạn, lâu không có thao tác"),
                                        ("issued_earlier", "Kết quả ký trong hạn, ghi nhận trễ"),
                                        ("not_returned", "Có kết quả, chưa ghi nhận trả"),
                                        ("without_result", "Đã giải quyết nhưng không có kết quả"),
                                        ("received_twice", "Tiếp nhận hai lần"),
                                        ("out_of_order", "Mốc thời gian ngược thứ tự"),
                                        ("leftover", "Hồ sơ tồn của hệ thống cũ"),
                                        ("never_transfers", "Bộ phận một cửa không chuyển hồ sơ"),
                                    ],
                                    max_length=15,
                                ),
                                size=None,
                                verbose_name="dấu hiệu",
                            ),
                        ),
                        ("deadline", models.DateField(verbose_name="hạn hoàn thành")),
                        ("started_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                        ("reminded_at", models.DateTimeField(null=True, verbose_name="nhắc lúc")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="kết thúc lúc")),
                        ("report", models.JSONField(null=True, verbose_name="báo cáo")),
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        (
                            "agencies",
                            models.ManyToManyField(
                                related_name="+", to="organizations.agency", verbose_name="cơ quan"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đợt làm sạch dữ liệu",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    (
                                        "kinds__contained_by",
                                        [
                                            "idle",
                                            "issued_earlier",
                                            "not_returned",
                                            "without_result",
                                            "received_twice",
                                            "out_of_order",
                                            "leftover",
                                            "never_transfers",
                                        ],
                                    ),
                                    ("kinds__len__gt", 0),
                                ),
                                name="campaign_has_name_and_kinds",
                                violation_error_message="Đợt làm sạch phải có tên và ít nhất một loại dấu hiệu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                        ("report__isnull", True),
                                    ),
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("closed_by__isnull", False),
                                        ("report__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="campaign_closed_has_report",
                                violation_error_message="Đợt đã kết thúc phải có người kết thúc và báo cáo.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReformSheet",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                        (
                            "criteria_set",
                            models.CharField(max_length=40, verbose_name="bộ tiêu chí"),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "agency"),
                                name="reform_sheet_once_a_year",
                                violation_error_message="Cơ quan này đã có phiếu của năm. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["drafting", "submitted", "graded", "closed"])
                                ),
                                name="reform_sheet_status_is_known",
                                violation_error_message="Trạng thái phiếu không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__range", (2020, 2199))),
                                name="reform_sheet_year_is_one",
                                violation_error_message="Năm của phiếu không đúng.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReformScore",
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
                        ("criterion", models.CharField(max_length=10, verbose_name="tiêu chí")),
                        (
                            "own_points",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="điểm tự chấm",
                            ),
                        ),
                        (
                            "explanation",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="giải trình"
                            ),
                        ),
                        (
                            "council_points",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="điểm thẩm định",
                            ),
                        ),
                        (
                            "council_note",
                            models.CharField(
                                blank=True, max_length=1000, verbose_name="ý kiến thẩm định"
                            ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "criterion"),
                                name="reform_score_once_for_a_criterion",
                                violation_error_message="Mỗi tiêu chí chỉ có một dòng trong phiếu.",
                            ),
                            models.CheckConstraint(
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReformEvidence",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sha256__regex", "^[0-9a-f]{64}$"), ("size__gt", 0)
                                ),
                                name="reform_evidence_has_content",
                                violation_error_message="Tệp minh chứng không được rỗng.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReformEvent",
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
                        (
                            "actor_name",
                            models.CharField(max_length=120, verbose_name="người thực hiện"),
                        ),
                        ("at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=1000, verbose_name="nội dung"),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "sequence"),
                                name="reform_event_sequence_unique",
                                violation_error_message="Phiếu vừa được người khác cập nhật. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TallyChange",
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
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                verbose_name="thay đổi lúc",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thay đổi của số cộng dồn",
                    },
                ),
            ]
        ),
    ]
