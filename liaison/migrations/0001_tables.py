"""Consultations of agencies, handovers of papers, and the minutes and registers of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("liaison", "0001_consultations_of_agencies"),
        ("liaison", "0003_handovers_of_papers"),
        ("liaison", "0005_minutes_and_registers_are_printed"),
        ("liaison", "0006_lists_of_papers_by_place"),
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
                    name="HandoverBatch",
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
                            models.CharField(
                                blank=True, max_length=40, verbose_name="số hiệu bưu gửi"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(blank=True, max_length=500, verbose_name="ghi chú"),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="giao lúc")),
                        ("expected_by", models.DateTimeField(verbose_name="phải đến trước")),
                        (
                            "settled_at",
                            models.DateTimeField(null=True, verbose_name="xác nhận xong lúc"),
                        ),
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
                        "indexes": [
                            models.Index(
                                models.F("to_counter"),
                                models.F("expected_by"),
                                models.F("id"),
                                condition=models.Q(("settled_at__isnull", True)),
                                name="handover_to_confirm_at_counter",
                            ),
                            models.Index(
                                models.F("to_agency"),
                                models.F("expected_by"),
                                models.F("id"),
                                condition=models.Q(("settled_at__isnull", True)),
                                name="handover_to_confirm_in_agency",
                            ),
                            models.Index(
                                models.F("expected_by"),
                                models.F("id"),
                                condition=models.Q(("settled_at__isnull", True)),
                                name="handover_on_the_way",
                            ),
                            models.Index(
                                models.F("from_counter"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="handover_from_counter",
                            ),
                            models.Index(
                                models.F("from_agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="handover_from_agency",
                            ),
                            models.Index(
                                models.F("to_counter"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="handover_to_counter",
                            ),
                            models.Index(
                                models.F("to_agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="handover_to_agency",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("from_counter", "year", "number"),
                                name="handover_number_unique_at_counter",
                                violation_error_message="Số biên bản này đã được dùng tại bộ phận một cửa.",
                            ),
                            models.UniqueConstraint(
                                fields=("from_agency", "year", "number"),
                                name="handover_number_unique_in_agency",
                                violation_error_message="Số biên bản này đã được dùng tại cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="handover_numbered_from_one",
                                violation_error_message="Các biên bản trong năm được đánh số từ 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_agency__isnull", False),
                                        ("from_counter__isnull", True),
                                    ),
                                    models.Q(
                                        ("from_agency__isnull", True),
                                        ("from_counter__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_from_one_place",
                                violation_error_message="Bên giao là một bộ phận một cửa hoặc một cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("to_agency__isnull", False), ("to_counter__isnull", True)
                                    ),
                                    models.Q(
                                        ("to_agency__isnull", True), ("to_counter__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_to_one_place",
                                violation_error_message="Bên nhận là một bộ phận một cửa hoặc một cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_counter", models.F("to_counter")), _negated=True
                                    ),
                                    models.Q(("from_agency", models.F("to_agency")), _negated=True),
                                ),
                                name="handover_places_differ",
                                violation_error_message="Bên nhận phải khác bên giao.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("carries__in", ["papers", "result"])),
                                name="handover_carries_something_known",
                                violation_error_message="Hãy chọn bàn giao hồ sơ giấy hoặc kết quả.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("way__in", ["by_hand", "internal_mail", "post"])
                                ),
                                name="handover_way_is_known",
                                violation_error_message="Hãy chọn cách chuyển hồ sơ giấy.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("way", "post"), _negated=True),
                                    models.Q(("tracking_number", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="handover_by_post_has_tracking_number",
                                violation_error_message="Gửi qua bưu chính phải có số hiệu bưu gửi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expected_by__gt", models.F("given_at"))),
                                name="handover_expected_after_given",
                                violation_error_message="Hạn đến nơi phải sau lúc giao.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("settled_at__isnull", True),
                                    ("settled_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="handover_settled_after_given",
                                violation_error_message="Bên nhận không thể xác nhận trước lúc giao.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverItem",
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
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="lý do"),
                        ),
                        (
                            "settled_at",
                            models.DateTimeField(null=True, verbose_name="xác nhận lúc"),
                        ),
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
                        "indexes": [
                            models.Index(
                                models.F("dossier"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="handover_item_of_dossier",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "dossier"),
                                name="handover_item_once_in_batch",
                                violation_error_message="Hồ sơ này đã có trong biên bản.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "")),
                                fields=("dossier",),
                                name="handover_item_one_pending_of_dossier",
                                violation_error_message="Hồ sơ này đang nằm trong một biên bản chưa xác nhận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome", ""),
                                    ("outcome__in", ["received", "missing", "extra"]),
                                    _connector="OR",
                                ),
                                name="handover_item_outcome_is_known",
                                violation_error_message="Kết quả bàn giao không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("outcome", ""),
                                        ("settled_at__isnull", True),
                                        ("settled_by__isnull", True),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ("", "received")),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="handover_item_missing_or_extra_says_why",
                                violation_error_message="Hồ sơ thiếu hoặc thừa phải có lý do.",
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
                        ("submission_key", models.UUIDField(editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("minutes", "Biên bản bàn giao hồ sơ"),
                                    ("register", "Sổ theo dõi hồ sơ"),
                                ],
                                max_length=8,
                                verbose_name="bản in",
                            ),
                        ),
                        ("first_day", models.DateField(null=True, verbose_name="từ ngày")),
                        ("last_day", models.DateField(null=True, verbose_name="đến ngày")),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        (
                            "expected_rows",
                            models.PositiveIntegerField(default=0, verbose_name="số dòng dự kiến"),
                        ),
                        (
                            "written_rows",
                            models.PositiveIntegerField(default=0, verbose_name="số dòng đã in"),
                        ),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
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
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
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
                        (
                            "batch",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prints",
                                to="liaison.handoverbatch",
                            ),
                        ),
                        (
                            "counter",
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
                        "verbose_name": "bản in",
                        "indexes": [
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("finished_at__isnull", True)),
                                name="print_unfinished",
                            ),
                            models.Index(
                                models.F("asked_by"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="print_of_person",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agency__isnull", True),
                                        ("batch__isnull", False),
                                        ("counter__isnull", True),
                                        ("first_day__isnull", True),
                                        ("kind", "minutes"),
                                        ("last_day__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            models.Q(
                                                ("agency__isnull", True), ("counter__isnull", False)
                                            ),
                                            models.Q(
                                                ("agency__isnull", False), ("counter__isnull", True)
                                            ),
                                            _connector="OR",
                                        ),
                                        ("batch__isnull", True),
                                        ("first_day__isnull", False),
                                        ("kind", "register"),
                                        ("last_day__gte", models.F("first_day")),
                                        ("last_day__year", models.F("first_day__year")),
                                    ),
                                    _connector="OR",
                                ),
                                name="print_is_of_a_batch_or_of_a_place_and_days",
                                violation_error_message="Bản in là biên bản của một lô, hoặc sổ của một nơi trong một năm.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrintedBook",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="quyển số")),
                        ("first_entry", models.PositiveIntegerField(verbose_name="từ số")),
                        ("last_entry", models.PositiveIntegerField(verbose_name="đến số")),
                        (
                            "file",
                            models.FileField(
                                upload_to="registers/%Y/%m/%d", verbose_name="tệp PDF"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "order",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="books",
                                to="liaison.printorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quyển",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "number"),
                                name="book_number_unique_in_order",
                                violation_error_message="Quyển này đã được in.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_entry__gte", models.F("first_entry")), ("number__gte", 1)
                                ),
                                name="book_entries_in_order",
                                violation_error_message="Quyển được đánh số từ 1, số sau không nhỏ hơn số đầu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperFile",
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
                        ("since", models.DateTimeField(verbose_name="từ lúc")),
                        ("is_filed", models.BooleanField(verbose_name="hồ sơ đã kết thúc")),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "counter",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.servicecounter",
                            ),
                        ),
                        (
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_file",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "item",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="liaison.handoveritem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ giấy",
                        "indexes": [
                            models.Index(
                                models.F("counter"),
                                models.F("since"),
                                models.F("id"),
                                condition=models.Q(("is_filed", False)),
                                name="papers_at_counter",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.F("since"),
                                models.F("id"),
                                condition=models.Q(("is_filed", False)),
                                name="papers_in_agency",
                            ),
                            models.Index(
                                models.F("counter"),
                                models.F("since"),
                                models.F("id"),
                                condition=models.Q(("is_filed", False), _negated=True),
                                name="papers_filed_at_counter",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.F("since"),
                                models.F("id"),
                                condition=models.Q(("is_filed", False), _negated=True),
                                name="papers_filed_in_agency",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consultation",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Chờ cơ quan trước trả lời"),
                                    ("asked", "Chờ trả lời"),
                                    ("answered", "Đã trả lời"),
                                    ("withdrawn", "Đã rút yêu cầu"),
                                    ("lapsed", "Hồ sơ đã kết thúc"),
                                ],
                                max_length=9,
                                verbose_name="trạng thái",
                            ),
                        ),
                        ("term", models.PositiveSmallIntegerField(verbose_name="thời hạn trả lời")),
                        (
                            "unit",
                            models.CharField(
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
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("agrees", "Đồng ý"),
                                    ("disagrees", "Không đồng ý"),
                                    ("comments", "Có ý kiến khác"),
                                ],
                                max_length=9,
                                verbose_name="ý kiến",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="nội dung trả lời")),
                        ("closing_reason", models.TextField(blank=True, verbose_name="lý do rút")),
                        ("asked_at", models.DateTimeField(null=True, verbose_name="hỏi lúc")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="trả lời trước")),
                        ("remind_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="trả lời lúc"),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="rút lúc")),
                        ("is_reminded", models.BooleanField(default=False, editable=False)),
                        ("late_noted", models.BooleanField(default=False, editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="organizations.agency",
                                verbose_name="cơ quan phối hợp",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultations",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lấy ý kiến",
                        "indexes": [
                            models.Index(
                                models.F("agency"),
                                models.F("due_at"),
                                models.F("id"),
                                condition=models.Q(("status", "asked")),
                                name="consultation_asked_of_agency",
                            ),
                            models.Index(
                                models.F("due_at"),
                                condition=models.Q(("late_noted", False), ("status", "asked")),
                                name="consultation_to_note_as_late",
                            ),
                            models.Index(
                                models.F("remind_at"),
                                condition=models.Q(("is_reminded", False), ("status", "asked")),
                                name="consultation_to_remind_of",
                            ),
                            models.Index(
                                models.F("dossier"),
                                condition=models.Q(("status__in", ("waiting", "asked"))),
                                name="consultation_open_of_dossier",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("waiting", "asked"))),
                                fields=("dossier", "agency"),
                                name="consultation_one_open_for_dossier_and_agency",
                                violation_error_message="Cơ quan này đang được lấy ý kiến về hồ sơ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ["waiting", "asked", "answered", "withdrawn", "lapsed"],
                                    )
                                ),
                                name="consultation_status_is_known",
                                violation_error_message="Trạng thái lấy ý kiến không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term__range", (1, 80)),
                                    ("unit__in", ("working_day", "working_hour")),
                                ),
                                name="consultation_term_is_measured",
                                violation_error_message="Thời hạn trả lời từ 1 đến 80 ngày hoặc giờ làm việc.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ("asked", "answered")), _negated=True),
                                    models.Q(
                                        ("asked_at__isnull", False),
                                        ("due_at__gt", models.F("asked_at")),
                                        ("due_at__isnull", False),
                                        ("remind_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_asked_has_term",
                                violation_error_message="Cơ quan được hỏi phải có hạn trả lời sau lúc hỏi.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "waiting"), _negated=True),
                                    models.Q(("asked_at__isnull", True), ("due_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="consultation_waiting_has_no_term",
                                violation_error_message="Cơ quan chưa đến lượt thì chưa có hạn trả lời.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            ("answered_at__isnull", False),
                                            ("answered_by__isnull", False),
                                            ("status", "answered"),
                                            ("verdict__in", ["agrees", "disagrees", "comments"]),
                                        ),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("status", "answered"), _negated=True),
                                        ("answer", ""),
                                        ("answered_at__isnull", True),
                                        ("answered_by__isnull", True),
                                        ("verdict", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_answered_is_whole",
                                violation_error_message="Trả lời phải có ý kiến, nội dung, người và thời điểm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", False),
                                        ("status__in", ("withdrawn", "lapsed")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("status__in", ("withdrawn", "lapsed")), _negated=True
                                        ),
                                        ("closed_at__isnull", True),
                                        ("closed_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_closed_has_moment",
                                violation_error_message="Yêu cầu đã rút phải có thời điểm rút.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(
                                        ("closed_by__isnull", False),
                                        models.Q(("closing_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="consultation_withdrawn_says_who_and_why",
                                violation_error_message="Yêu cầu đã rút phải có người rút và lý do.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LateNotice",
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
                        ("sent_at", models.DateTimeField(verbose_name="gửi lúc")),
                        ("read_at", models.DateTimeField(null=True, verbose_name="đọc lúc")),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_notice",
                                to="liaison.consultation",
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
                            "read_by",
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
                        "verbose_name": "thông báo chậm trả lời",
                        "indexes": [
                            models.Index(
                                models.F("counter"),
                                condition=models.Q(("read_at__isnull", True)),
                                name="late_notice_unread",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("read_at__isnull", True), ("read_by__isnull", True)),
                                    models.Q(
                                        ("read_at__isnull", False), ("read_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="late_notice_read_has_person",
                                violation_error_message="Thông báo đã đọc phải có người đọc và thời điểm.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerFile",
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
                            "file",
                            models.FileField(
                                upload_to="consultations/%Y/%m/%d", verbose_name="tệp"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "consultation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer_file",
                                to="liaison.consultation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "văn bản trả lời",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="answer_file_is_not_empty",
                                violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsultationRound",
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
                            "order",
                            models.CharField(
                                choices=[
                                    ("parallel", "Hỏi các cơ quan cùng một lúc"),
                                    (
                                        "sequence",
                                        "Hỏi lần lượt: cơ quan trước trả lời xong mới hỏi cơ quan sau",
                                    ),
                                ],
                                max_length=8,
                                verbose_name="cách hỏi",
                            ),
                        ),
                        ("content", models.TextField(verbose_name="nội dung lấy ý kiến")),
                        ("asked_at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consultation_rounds",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đợt lấy ý kiến",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("order__in", ["parallel", "sequence"])),
                                name="consultation_order_is_known",
                                violation_error_message="Hãy chọn hỏi cùng một lúc hoặc lần lượt.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("content", ""), _negated=True),
                                name="consultation_asks_something",
                                violation_error_message="Hãy ghi nội dung cần lấy ý kiến.",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="consultation",
            name="round",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultations",
                to="liaison.consultationround",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                fields=("round", "position"),
                name="consultation_position_unique_in_round",
                violation_error_message="Hai cơ quan trong một đợt không thể cùng thứ tự.",
            ),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name="SharedFile",
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
                            "attachment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.attachment",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shared",
                                to="liaison.consultationround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tệp gửi kèm",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "attachment"),
                                name="shared_file_once_in_round",
                                violation_error_message="Tệp này đã được gửi kèm.",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="consultationround",
            name="files",
            field=models.ManyToManyField(
                related_name="+", through="liaison.SharedFile", to="dossiers.attachment"
            ),
        ),
    ]
