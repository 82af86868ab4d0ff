"""Keeps tallies of what the indicators count, and figures that were frozen."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("dossiers", "0011_applicants_choose_how_they_are_told"),
        ("organizations", "0004_agency_not_below_itself"),
        ("procedures", "0007_reason_for_partial_online_service"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingDossier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dossier_id", models.BigIntegerField(verbose_name="hồ sơ")),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="từ lúc"
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
                ("is_reused", models.BooleanField(verbose_name="tái sử dụng dữ liệu số hóa")),
                ("is_from_store", models.BooleanField(verbose_name="lấy từ kho dữ liệu cá nhân")),
                ("uses_population_data", models.BooleanField(verbose_name="dùng dữ liệu dân cư")),
                (
                    "paid_online_at",
                    models.DateTimeField(null=True, verbose_name="thanh toán trực tuyến lúc"),
                ),
                (
                    "result_file_at",
                    models.DateTimeField(null=True, verbose_name="có tệp kết quả lúc"),
                ),
                ("digitised_at", models.DateTimeField(null=True, verbose_name="số hóa đủ lúc")),
                ("synced_at", models.DateTimeField(null=True, verbose_name="đồng bộ lúc")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="kết thúc lúc")),
                ("overdue_from", models.DateTimeField(null=True, verbose_name="quá hạn từ")),
                ("rescheduled_at", models.DateTimeField(null=True, verbose_name="hẹn lại lúc")),
                (
                    "overdue_again_from",
                    models.DateTimeField(null=True, verbose_name="quá hạn hẹn lại từ"),
                ),
                (
                    "complained_at",
                    models.DateTimeField(null=True, verbose_name="bị phản ánh, không hài lòng từ"),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_online", models.BooleanField(verbose_name="có dịch vụ công trực tuyến")),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=12, verbose_name="kỳ báo cáo")),
                ("indicator_set", models.CharField(max_length=40, verbose_name="bộ chỉ số")),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần chốt")),
                ("content", models.JSONField(verbose_name="số liệu")),
                ("hash", models.CharField(max_length=64)),
                ("frozen_by_name", models.CharField(max_length=120, verbose_name="người chốt")),
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
                        condition=models.Q(("number__gte", 1), ("hash__regex", "^[0-9a-f]{64}$")),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("half_month", models.DateField(verbose_name="nửa tháng")),
                (
                    "online_from",
                    models.DateTimeField(null=True, verbose_name="có hồ sơ trực tuyến từ"),
                ),
                (
                    "paid_from",
                    models.DateTimeField(null=True, verbose_name="có thanh toán trực tuyến từ"),
                ),
                (
                    "population_from",
                    models.DateTimeField(null=True, verbose_name="dùng dữ liệu dân cư từ"),
                ),
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("fee_bearing", models.IntegerField(default=0, verbose_name="có phí, lệ phí")),
                ("reused", models.IntegerField(default=0, verbose_name="tái sử dụng")),
                ("from_store", models.IntegerField(default=0, verbose_name="từ kho dữ liệu")),
                ("population", models.IntegerField(default=0, verbose_name="dùng dữ liệu dân cư")),
                (
                    "paid_online",
                    models.IntegerField(default=0, verbose_name="thanh toán trực tuyến"),
                ),
                ("result_files", models.IntegerField(default=0, verbose_name="có tệp kết quả")),
                ("digitised", models.IntegerField(default=0, verbose_name="số hóa đủ")),
                ("synced", models.IntegerField(default=0, verbose_name="đã đồng bộ")),
                ("turned", models.IntegerField(default=0, verbose_name="chuyển quá hạn")),
                (
                    "turned_extended",
                    models.IntegerField(default=0, verbose_name="chuyển quá hạn sau hẹn lại"),
                ),
                (
                    "turned_bad",
                    models.IntegerField(default=0, verbose_name="chuyển không hài lòng"),
                ),
                ("ended", models.IntegerField(default=0, verbose_name="kết thúc")),
                ("ended_late", models.IntegerField(default=0, verbose_name="kết thúc quá hạn")),
                (
                    "ended_late_extended",
                    models.IntegerField(default=0, verbose_name="kết thúc quá hạn sau hẹn lại"),
                ),
                (
                    "ended_bad",
                    models.IntegerField(default=0, verbose_name="kết thúc không hài lòng"),
                ),
                (
                    "complained_after",
                    models.IntegerField(default=0, verbose_name="phản ánh sau khi kết thúc"),
                ),
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
                "verbose_name": "số cộng dồn",
                "indexes": [models.Index(fields=["grain", "counts_from"], name="tally_as_of")],
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
    ]
