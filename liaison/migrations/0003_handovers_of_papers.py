"""Batches of papers between counters and agencies, and what became of each dossier."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0021_papers_change_hands_and_control_sheets"),
        ("liaison", "0002_answers_are_append_only"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandoverBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission_key", models.UUIDField(editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("number", models.PositiveIntegerField(verbose_name="số")),
                (
                    "carries",
                    models.CharField(
                        choices=[
                            ("papers", "Hồ sơ giấy"),
                            ("result", "Kết quả và giấy tờ trả lại"),
                        ],
                        max_length=7,
                        verbose_name="bàn giao",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("by_hand", "Giao tận tay"),
                            ("internal_mail", "Văn thư nội bộ"),
                            ("post", "Dịch vụ bưu chính công ích"),
                        ],
                        max_length=14,
                        verbose_name="cách chuyển",
                    ),
                ),
                (
                    "tracking_number",
                    models.CharField(blank=True, max_length=40, verbose_name="số hiệu bưu gửi"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                ("given_at", models.DateTimeField(verbose_name="giao lúc")),
                ("expected_by", models.DateTimeField(verbose_name="phải đến trước")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="xác nhận xong lúc")),
                (
                    "from_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                    ),
                ),
                (
                    "from_counter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.servicecounter",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to_agency",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.agency",
                    ),
                ),
                (
                    "to_counter",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.servicecounter",
                    ),
                ),
            ],
            options={
                "verbose_name": "biên bản bàn giao",
            },
        ),
        migrations.CreateModel(
            name="HandoverItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("received", "Đã nhận"),
                            ("missing", "Thiếu khi nhận"),
                            ("extra", "Thừa, không có trong biên bản"),
                        ],
                        max_length=8,
                        verbose_name="kết quả",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="xác nhận lúc")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="liaison.handoverbatch",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ bàn giao",
            },
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("to_counter"),
                models.F("expected_by"),
                models.F("id"),
                condition=models.Q(("settled_at__isnull", True)),
                name="handover_to_confirm_at_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("to_agency"),
                models.F("expected_by"),
                models.F("id"),
                condition=models.Q(("settled_at__isnull", True)),
                name="handover_to_confirm_in_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("expected_by"),
                models.F("id"),
                condition=models.Q(("settled_at__isnull", True)),
                name="handover_on_the_way",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("from_counter"),
                models.OrderBy(models.F("id"), descending=True),
                name="handover_from_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("from_agency"),
                models.OrderBy(models.F("id"), descending=True),
                name="handover_from_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("to_counter"),
                models.OrderBy(models.F("id"), descending=True),
                name="handover_to_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="handoverbatch",
            index=models.Index(
                models.F("to_agency"),
                models.OrderBy(models.F("id"), descending=True),
                name="handover_to_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.UniqueConstraint(
                fields=("from_counter", "year", "number"),
                name="handover_number_unique_at_counter",
                violation_error_message="Số biên bản này đã được dùng tại bộ phận một cửa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.UniqueConstraint(
                fields=("from_agency", "year", "number"),
                name="handover_number_unique_in_agency",
                violation_error_message="Số biên bản này đã được dùng tại cơ quan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="handover_numbered_from_one",
                violation_error_message="Các biên bản trong năm được đánh số từ 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_agency__isnull", False), ("from_counter__isnull", True)),
                    models.Q(("from_agency__isnull", True), ("from_counter__isnull", False)),
                    _connector="OR",
                ),
                name="handover_from_one_place",
                violation_error_message="Bên giao là một bộ phận một cửa hoặc một cơ quan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("to_agency__isnull", False), ("to_counter__isnull", True)),
                    models.Q(("to_agency__isnull", True), ("to_counter__isnull", False)),
                    _connector="OR",
                ),
                name="handover_to_one_place",
                violation_error_message="Bên nhận là một bộ phận một cửa hoặc một cơ quan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("from_counter", models.F("to_counter")), _negated=True),
                    models.Q(("from_agency", models.F("to_agency")), _negated=True),
                ),
                name="handover_places_differ",
                violation_error_message="Bên nhận phải khác bên giao.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("carries__in", ["papers", "result"])),
                name="handover_carries_something_known",
                violation_error_message="Hãy chọn bàn giao hồ sơ giấy hoặc kết quả.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["by_hand", "internal_mail", "post"])),
                name="handover_way_is_known",
                violation_error_message="Hãy chọn cách chuyển hồ sơ giấy.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "post"), _negated=True),
                    models.Q(("tracking_number", ""), _negated=True),
                    _connector="OR",
                ),
                name="handover_by_post_has_tracking_number",
                violation_error_message="Gửi qua bưu chính phải có số hiệu bưu gửi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("expected_by__gt", models.F("given_at"))),
                name="handover_expected_after_given",
                violation_error_message="Hạn đến nơi phải sau lúc giao.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoverbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    ("settled_at__gte", models.F("given_at")),
                    _connector="OR",
                ),
                name="handover_settled_after_given",
                violation_error_message="Bên nhận không thể xác nhận trước lúc giao.",
            ),
        ),
        migrations.AddIndex(
            model_name="handoveritem",
            index=models.Index(
                models.F("dossier"),
                models.OrderBy(models.F("id"), descending=True),
                name="handover_item_of_dossier",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                fields=("batch", "dossier"),
                name="handover_item_once_in_batch",
                violation_error_message="Hồ sơ này đã có trong biên bản.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")),
                fields=("dossier",),
                name="handover_item_one_pending_of_dossier",
                violation_error_message="Hồ sơ này đang nằm trong một biên bản chưa xác nhận.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", ""),
                    ("outcome__in", ["received", "missing", "extra"]),
                    _connector="OR",
                ),
                name="handover_item_outcome_is_known",
                violation_error_message="Kết quả bàn giao không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", ""), ("settled_at__isnull", True), ("settled_by__isnull", True)
                    ),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="handover_item_settled_has_person_and_moment",
                violation_error_message="Hồ sơ đã xác nhận phải có người và thời điểm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ("", "received")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="handover_item_missing_or_extra_says_why",
                violation_error_message="Hồ sơ thiếu hoặc thừa phải có lý do.",
            ),
        ),
    ]
