"""Findings about suspicious records, what was done about them, and campaigns."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0021_papers_change_hands_and_control_sheets"),
        ("organizations", "0006_journal_never_changes"),
        ("reporting", "0007_what_was_counted_still_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="FindingStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
            },
        ),
        migrations.CreateModel(
            name="QualitySweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status__in", ("open", "seen"))),
                name="finding_open",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status__in", ("open", "seen"))),
                name="finding_open_of_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("counter"),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("status__in", ("open", "seen"))),
                name="finding_open_of_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("status"),
                models.OrderBy(models.F("id"), descending=True),
                name="finding_in_status",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("kind"),
                models.F("agency"),
                models.F("opened_at"),
                name="finding_of_campaign",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                models.F("dossier"),
                condition=models.Q(("dossier__isnull", False)),
                name="finding_of_dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("kind", "subject"),
                name="finding_once_for_kind_and_subject",
                violation_error_message="Dấu hiệu này đã có trong danh sách.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("status__in", ("open", "seen"))), ("closed_at__isnull", True)
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
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ("seen", "explained")), _negated=True),
                    models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                    _connector="OR",
                ),
                name="finding_handled_by_somebody",
                violation_error_message="Dấu hiệu đã xem phải có người xem và thời điểm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "explained"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="finding_explained_says_why",
                violation_error_message="Hãy ghi rõ vì sao dữ liệu không sai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_status__in", ["open", "seen", "explained", "fixed", "gone"]),
                    ("to_status__in", ["open", "seen", "explained", "fixed", "gone"]),
                    models.Q(("from_status", models.F("to_status")), _negated=True),
                ),
                name="finding_step_changes_status",
                violation_error_message="Mỗi bước phải chuyển dấu hiệu sang tình trạng khác.",
            ),
        ),
    ]
