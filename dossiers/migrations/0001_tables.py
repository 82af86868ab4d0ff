"""Dossiers, their ledger, and what hangs on them.

Why some keys and columns have no index: nothing is looked up by them, or another index begins
with them; a prefix of a code is found by the unique index. What stands at a place in its dossier
is found by that place. The counts of the tabs, the results that wait, the ladder and the pages
of a period are each read from an index of their own. `act_by`, the moment of the next act, is
derived by the database and orders "Cần xử lý ngay".
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("dossiers", "0001_dossiers_and_ledger"),
        ("dossiers", "0003_step_keeps_its_share"),
        ("dossiers", "0005_next_act_orders_the_worklist"),
        ("dossiers", "0006_code_prefixes_use_the_unique_index"),
        ("dossiers", "0007_counts_are_read_from_an_index"),
        ("dossiers", "0008_keys_without_look_ups_need_no_index"),
        ("dossiers", "0009_the_clock_may_stand_still_or_move"),
        ("dossiers", "0010_facts_for_the_indicators"),
        ("dossiers", "0011_applicants_choose_how_they_are_told"),
        ("dossiers", "0012_supplements_are_ticked_and_forms_numbered"),
        ("dossiers", "0013_rule_sets_are_dated_rows"),
        ("dossiers", "0015_fees_have_receipts_and_parcels_numbers"),
        ("dossiers", "0016_kinds_without_an_act_go"),
        ("dossiers", "0017_dossiers_come_from_old_systems"),
        ("dossiers", "0018_rows_are_found_by_their_place"),
        ("dossiers", "0019_corrections_stand_beside_what_was_recorded"),
        ("dossiers", "0021_papers_change_hands_and_control_sheets"),
        ("dossiers", "0022_the_ladder_reads_an_index_alone"),
        ("dossiers", "0023_what_ended_in_a_period_is_found_by_index"),
    ]
    initial = True
    dependencies = [
        ("organizations", "0003_functions_and_triggers"),
        ("procedures", "0002_functions_and_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="LedgerSeal",
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
                        ("day", models.DateField(unique=True, verbose_name="ngày")),
                        ("event_count", models.PositiveIntegerField(verbose_name="số sự kiện")),
                        ("previous_digest", models.CharField(blank=True, max_length=64)),
                        ("digest", models.CharField(max_length=64)),
                        ("sealed_at", models.DateTimeField(verbose_name="niêm phong lúc")),
                    ],
                    options={
                        "verbose_name": "niêm phong ngày",
                    },
                ),
                migrations.CreateModel(
                    name="Dossier",
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
                            models.CharField(max_length=60, unique=True, verbose_name="mã hồ sơ"),
                        ),
                        (
                            "submission_key",
                            models.UUIDField(editable=False, null=True, unique=True),
                        ),
                        ("rule_set", models.CharField(max_length=30, verbose_name="bộ quy tắc")),
                        (
                            "applicant_kind",
                            models.CharField(
                                choices=[
                                    ("person", "Cá nhân"),
                                    ("organisation", "Tổ chức, doanh nghiệp"),
                                ],
                                max_length=12,
                                verbose_name="loại chủ hồ sơ",
                            ),
                        ),
                        (
                            "applicant_name",
                            models.CharField(max_length=200, verbose_name="chủ hồ sơ"),
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
                                blank=True, max_length=20, verbose_name="số định danh"
                            ),
                        ),
                        (
                            "tax_code",
                            models.CharField(blank=True, max_length=14, verbose_name="mã số thuế"),
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
                        (
                            "delegate_name",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="người được ủy quyền"
                            ),
                        ),
                        (
                            "delegate_identity_number",
                            models.CharField(
                                blank=True,
                                max_length=20,
                                verbose_name="số định danh người được ủy quyền",
                            ),
                        ),
                        (
                            "delegate_phone",
                            models.CharField(
                                blank=True,
                                max_length=20,
                                verbose_name="điện thoại người được ủy quyền",
                            ),
                        ),
                        (
                            "summary",
                            models.CharField(
                                max_length=500, verbose_name="nội dung yêu cầu giải quyết"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("direct", "Trực tiếp"),
                                    ("online", "Trực tuyến"),
                                    ("postal", "Dịch vụ bưu chính"),
                                ],
                                max_length=10,
                                verbose_name="hình thức nộp",
                            ),
                        ),
                        (
                            "sets",
                            models.PositiveSmallIntegerField(default=1, verbose_name="số bộ hồ sơ"),
                        ),
                        (
                            "return_method",
                            models.CharField(
                                choices=[
                                    ("counter", "Tại bộ phận một cửa"),
                                    ("post", "Qua dịch vụ bưu chính"),
                                    ("online", "Trực tuyến"),
                                ],
                                max_length=10,
                                verbose_name="nhận kết quả",
                            ),
                        ),
                        (
                            "return_address",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="địa chỉ nhận kết quả"
                            ),
                        ),
                        (
                            "time_limit",
                            models.DecimalField(
                                decimal_places=3, max_digits=9, null=True, verbose_name="thời hạn"
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
                                max_length=15,
                                verbose_name="đơn vị",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("submitted", "Mới đăng ký"),
                                    ("accepted", "Đã tiếp nhận"),
                                    ("not_accepted", "Không được tiếp nhận"),
                                    ("processing", "Đang giải quyết"),
                                    ("awaiting_approval", "Chờ phê duyệt"),
                                    ("awaiting_supplement", "Chờ bổ sung hồ sơ"),
                                    ("awaiting_payment", "Chờ thực hiện nghĩa vụ tài chính"),
                                    ("resolved", "Đã có kết quả"),
                                    ("returned", "Đã trả kết quả"),
                                    ("declined", "Từ chối giải quyết"),
                                    ("stopped", "Dừng giải quyết"),
                                    ("withdrawn", "Người nộp rút hồ sơ"),
                                ],
                                max_length=20,
                                verbose_name="trạng thái",
                            ),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(null=True, verbose_name="nộp trực tuyến lúc"),
                        ),
                        (
                            "accept_by",
                            models.DateTimeField(null=True, verbose_name="phải tiếp nhận trước"),
                        ),
                        (
                            "accepted_at",
                            models.DateTimeField(null=True, verbose_name="tiếp nhận lúc"),
                        ),
                        (
                            "transfer_by",
                            models.DateTimeField(null=True, verbose_name="phải chuyển trước"),
                        ),
                        (
                            "transferred_at",
                            models.DateTimeField(null=True, verbose_name="chuyển lúc"),
                        ),
                        (
                            "first_due_at",
                            models.DateTimeField(null=True, verbose_name="hẹn trả lần đầu"),
                        ),
                        ("due_at", models.DateTimeField(null=True, verbose_name="hẹn trả")),
                        ("remind_at", models.DateTimeField(null=True, verbose_name="nhắc từ")),
                        (
                            "resolved_at",
                            models.DateTimeField(null=True, verbose_name="kết thúc giải quyết lúc"),
                        ),
                        (
                            "returned_at",
                            models.DateTimeField(null=True, verbose_name="trả kết quả lúc"),
                        ),
                        ("refused_at", models.DateTimeField(null=True, verbose_name="từ chối lúc")),
                        ("due_soon_noted", models.BooleanField(default=False, editable=False)),
                        ("overdue_noted", models.BooleanField(default=False, editable=False)),
                        (
                            "not_transferred_noted",
                            models.BooleanField(default=False, editable=False),
                        ),
                        ("not_accepted_noted", models.BooleanField(default=False, editable=False)),
                        ("event_count", models.PositiveIntegerField(default=0, editable=False)),
                        ("last_hash", models.CharField(blank=True, editable=False, max_length=64)),
                        ("changed_at", models.DateTimeField(editable=False)),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.agency",
                                verbose_name="cơ quan giải quyết",
                            ),
                        ),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người giải quyết",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="procedures.channel",
                                verbose_name="trường hợp",
                            ),
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
                            "proposed_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
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
                        (
                            "act_by",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Case(
                                    models.When(status="submitted", then=models.F("accept_by")),
                                    models.When(status="accepted", then=models.F("transfer_by")),
                                    default=models.F("due_at"),
                                ),
                                output_field=models.DateTimeField(null=True),
                            ),
                        ),
                        (
                            "is_identity_verified",
                            models.BooleanField(
                                default=False, verbose_name="danh tính đã xác thực"
                            ),
                        ),
                        (
                            "online_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "Toàn trình"),
                                    ("partial", "Một phần"),
                                    ("none", "Không cung cấp trực tuyến"),
                                ],
                                max_length=10,
                                verbose_name="mức trực tuyến",
                            ),
                        ),
                        (
                            "synced_at",
                            models.DateTimeField(
                                null=True, verbose_name="đồng bộ lên Cổng Dịch vụ công quốc gia lúc"
                            ),
                        ),
                        (
                            "uses_population_data",
                            models.BooleanField(default=False, verbose_name="dùng dữ liệu dân cư"),
                        ),
                        (
                            "contact_preference",
                            models.CharField(
                                choices=[
                                    ("any", "Tin nhắn, không có số di động thì thư điện tử"),
                                    ("sms", "Tin nhắn SMS"),
                                    ("email", "Thư điện tử"),
                                    ("both", "Cả tin nhắn và thư điện tử"),
                                    ("none", "Không nhận tin"),
                                ],
                                default="any",
                                max_length=5,
                                verbose_name="cách nhận thông báo",
                            ),
                        ),
                        (
                            "imported_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="nhập từ hệ thống cũ lúc"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hồ sơ",
                        "indexes": [
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("due_at"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("accepted", "processing", "awaiting_approval"))
                                ),
                                name="dossier_open_of_agency",
                            ),
                            models.Index(
                                models.F("assignee"),
                                models.F("due_at"),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("accepted", "processing", "awaiting_approval"))
                                ),
                                name="dossier_open_of_officer",
                            ),
                            models.Index(
                                models.F("due_at"),
                                condition=models.Q(
                                    ("status__in", ("accepted", "processing", "awaiting_approval")),
                                    ("overdue_noted", False),
                                ),
                                name="dossier_overdue_unnoted",
                            ),
                            models.Index(
                                models.F("remind_at"),
                                condition=models.Q(
                                    ("status__in", ("accepted", "processing", "awaiting_approval")),
                                    ("due_soon_noted", False),
                                ),
                                name="dossier_due_soon_unnoted",
                            ),
                            models.Index(
                                models.F("transfer_by"),
                                condition=models.Q(
                                    ("not_transferred_noted", False), ("status", "accepted")
                                ),
                                name="dossier_to_transfer",
                            ),
                            models.Index(
                                models.F("accept_by"),
                                condition=models.Q(
                                    ("not_accepted_noted", False), ("status", "submitted")
                                ),
                                name="dossier_to_accept",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="dossier_of_agency",
                            ),
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.search.SearchVector(
                                    models.F("applicant_key"), config="simple"
                                ),
                                name="dossier_applicant_words",
                            ),
                            models.Index(
                                models.F("identity_number"),
                                condition=models.Q(("identity_number", ""), _negated=True),
                                name="dossier_identity",
                            ),
                            models.Index(
                                models.F("phone"),
                                condition=models.Q(("phone", ""), _negated=True),
                                name="dossier_phone",
                            ),
                            models.Index(
                                models.F("tax_code"),
                                condition=models.Q(("tax_code", ""), _negated=True),
                                name="dossier_tax_code",
                            ),
                            models.Index(
                                models.F("counter"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="dossier_of_counter",
                            ),
                            models.Index(
                                models.F("status"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="dossier_in_state",
                            ),
                            models.Index(
                                models.OrderBy(models.F("due_at"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(("status", "resolved")),
                                name="dossier_to_return",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.OrderBy(models.F("act_by"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(
                                    (
                                        "status__in",
                                        (
                                            "submitted",
                                            "accepted",
                                            "processing",
                                            "awaiting_approval",
                                            "awaiting_supplement",
                                            "awaiting_payment",
                                            "resolved",
                                        ),
                                    )
                                ),
                                name="dossier_to_act_in_agency",
                            ),
                            models.Index(
                                models.F("counter"),
                                models.OrderBy(models.F("act_by"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(
                                    (
                                        "status__in",
                                        (
                                            "submitted",
                                            "accepted",
                                            "processing",
                                            "awaiting_approval",
                                            "awaiting_supplement",
                                            "awaiting_payment",
                                            "resolved",
                                        ),
                                    )
                                ),
                                name="dossier_to_act_at_counter",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        (
                                            "submitted",
                                            "accepted",
                                            "processing",
                                            "awaiting_approval",
                                            "awaiting_supplement",
                                            "awaiting_payment",
                                            "resolved",
                                        ),
                                    )
                                ),
                                fields=["agency", "counter"],
                                include=(
                                    "status",
                                    "assignee",
                                    "proposed_by",
                                    "due_at",
                                    "remind_at",
                                ),
                                name="dossier_unfinished_facts",
                            ),
                            models.Index(
                                models.F("imported_at"),
                                models.F("id"),
                                condition=models.Q(("imported_at__isnull", False)),
                                name="dossier_imported",
                            ),
                            models.Index(
                                models.OrderBy(models.F("due_at"), nulls_last=True),
                                models.F("id"),
                                condition=models.Q(
                                    ("status__in", ("accepted", "processing", "awaiting_approval"))
                                ),
                                include=("agency", "imported_at"),
                                name="dossier_open_by_due",
                            ),
                            models.Index(
                                models.F("agency"),
                                models.F("resolved_at"),
                                models.F("accepted_at"),
                                condition=models.Q(
                                    ("accepted_at__isnull", False), ("imported_at__isnull", True)
                                ),
                                include=("first_due_at", "version"),
                                name="dossier_by_end",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__regex",
                                        "^[A-Z0-9]+(\\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}$",
                                    )
                                ),
                                name="dossier_code_has_the_lawful_form",
                                violation_error_message="Mã hồ sơ phải có dạng H41.15-261122-0001.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("refused_at__isnull", False),
                                        ("status__in", ("not_accepted",)),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("not_accepted",)), _negated=True),
                                        ("refused_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_refused_has_moment",
                                violation_error_message="Hồ sơ bị từ chối phải có thời điểm từ chối.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("returned_at__isnull", False),
                                        ("status__in", ("returned",)),
                                    ),
                                    models.Q(
                                        models.Q(("status__in", ("returned",)), _negated=True),
                                        ("returned_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_returned_has_moment",
                                violation_error_message="Hồ sơ đã trả kết quả phải có thời điểm trả.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_at__isnull", True),
                                    ("due_at__gt", models.F("accepted_at")),
                                    _connector="OR",
                                ),
                                name="dossier_due_after_acceptance",
                                violation_error_message="Ngày hẹn trả phải sau lúc tiếp nhận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted_at__isnull", True),
                                        ("due_at__isnull", True),
                                        ("first_due_at__isnull", True),
                                    ),
                                    models.Q(
                                        ("due_at__isnull", True),
                                        ("first_due_at__isnull", True),
                                        ("time_limit__isnull", True),
                                    ),
                                    models.Q(
                                        ("accepted_at__isnull", False),
                                        ("due_at__isnull", False),
                                        ("first_due_at__isnull", False),
                                        ("time_limit__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_promises_when_a_limit_is_set",
                                violation_error_message="Có thời hạn thì có ngày hẹn trả; không thì không hẹn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("time_limit__isnull", True), ("time_unit", "")),
                                    models.Q(
                                        ("time_limit__gt", 0),
                                        (
                                            "time_unit__in",
                                            [
                                                "working_day",
                                                "calendar_day",
                                                "working_hour",
                                                "month",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_limit_has_unit",
                                violation_error_message="Thời hạn phải lớn hơn 0 và có đơn vị tính.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(
                                        ("approved_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_approved_by_a_second_person",
                                violation_error_message="Người phê duyệt phải khác người trình.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("applicant_name", ""), _negated=True),
                                name="dossier_has_applicant",
                                violation_error_message="Hãy nhập họ tên hoặc tên tổ chức của chủ hồ sơ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sets__range", (1, 99))),
                                name="dossier_sets_between_1_and_99",
                                violation_error_message="Số bộ hồ sơ phải từ 1 đến 99.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "submitted",
                                            "accepted",
                                            "not_accepted",
                                            "processing",
                                            "awaiting_approval",
                                            "awaiting_supplement",
                                            "awaiting_payment",
                                            "resolved",
                                            "returned",
                                            "declined",
                                            "stopped",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="dossier_status_is_known",
                                violation_error_message="Trạng thái hồ sơ không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ("submitted", "not_accepted", "withdrawn")),
                                    ("accepted_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="dossier_accepted_has_moment",
                                violation_error_message="Hồ sơ đã tiếp nhận phải có thời điểm tiếp nhận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("resolved_at__isnull", False),
                                        (
                                            "status__in",
                                            (
                                                "resolved",
                                                "returned",
                                                "declined",
                                                "stopped",
                                                "withdrawn",
                                            ),
                                        ),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "status__in",
                                                (
                                                    "resolved",
                                                    "returned",
                                                    "declined",
                                                    "stopped",
                                                    "withdrawn",
                                                ),
                                            ),
                                            _negated=True,
                                        ),
                                        ("resolved_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="dossier_resolved_has_moment",
                                violation_error_message="Hồ sơ đã kết thúc giải quyết phải có thời điểm kết thúc.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        ("submitted", "not_accepted", "withdrawn", "accepted"),
                                    ),
                                    ("transferred_at__isnull", False),
                                    ("imported_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="dossier_in_hand_was_transferred",
                                violation_error_message="Hồ sơ đang giải quyết phải có thời điểm chuyển.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DossierEvent",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("submitted", "Nộp trực tuyến"),
                                    ("accepted", "Tiếp nhận"),
                                    ("refused", "Từ chối tiếp nhận"),
                                    ("transferred", "Chuyển cơ quan giải quyết"),
                                    ("assigned", "Phân công"),
                                    ("proposed", "Trình phê duyệt"),
                                    ("sent_back", "Trả lại để xử lý tiếp"),
                                    ("approved", "Phê duyệt kết quả"),
                                    ("returned", "Trả kết quả"),
                                    ("file_added", "Bổ sung tệp"),
                                    ("due_moved", "Ngày hẹn đổi theo lịch làm việc"),
                                    ("due_soon", "Sắp đến hạn"),
                                    ("overdue", "Quá hạn"),
                                    ("not_transferred", "Chưa chuyển đúng thời hạn"),
                                    ("not_accepted_in_time", "Chưa tiếp nhận đúng thời hạn"),
                                    ("supplement_asked", "Yêu cầu bổ sung hồ sơ"),
                                    ("supplement_partly", "Nhận một phần hồ sơ bổ sung"),
                                    ("supplement_received", "Nhận hồ sơ bổ sung"),
                                    ("paused", "Tạm dừng tính thời hạn"),
                                    ("resumed", "Tính tiếp thời hạn"),
                                    ("declined", "Từ chối giải quyết"),
                                    ("stopped", "Dừng giải quyết"),
                                    ("withdrawn", "Rút hồ sơ"),
                                    ("rescheduled", "Hẹn lại ngày trả kết quả"),
                                    ("warned", "Nhắc việc theo bậc thang"),
                                    ("extension_asked", "Đề nghị gia hạn"),
                                    ("extension_refused", "Không đồng ý gia hạn"),
                                    ("apology_signed", "Ký phiếu xin lỗi"),
                                    ("apology_withdrawn", "Thu hồi phiếu xin lỗi"),
                                    ("consulted", "Lấy ý kiến cơ quan khác"),
                                    ("consultation_answered", "Cơ quan phối hợp trả lời"),
                                    ("consultation_late", "Cơ quan phối hợp chậm trả lời"),
                                    ("fee_paid", "Thu phí, lệ phí"),
                                    ("imported", "Nhập từ hệ thống cũ"),
                                    ("correction_proposed", "Đề nghị đính chính"),
                                    ("correction_accepted", "Chấp nhận đính chính"),
                                    ("correction_refused", "Không chấp nhận đính chính"),
                                    ("handover", "Bàn giao hồ sơ giấy"),
                                    ("handover_confirmed", "Xác nhận bàn giao hồ sơ giấy"),
                                ],
                                max_length=24,
                                verbose_name="sự kiện",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="xảy ra lúc")),
                        ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                        (
                            "actor_name",
                            models.CharField(max_length=120, verbose_name="người thực hiện"),
                        ),
                        ("from_status", models.CharField(blank=True, max_length=20)),
                        ("to_status", models.CharField(max_length=20)),
                        ("reason", models.TextField(blank=True, verbose_name="lý do")),
                        ("data", models.JSONField(default=dict)),
                        ("previous_hash", models.CharField(blank=True, max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
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
                                related_name="events",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sự kiện",
                        "indexes": [
                            models.Index(
                                models.F("recorded_at"), models.F("id"), name="event_recorded"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "sequence"),
                                name="event_sequence_unique_in_dossier",
                                violation_error_message="Hồ sơ vừa được người khác cập nhật. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recorded_at__gte", models.F("at"))),
                                name="event_recorded_after_it_happened",
                                violation_error_message="Sự kiện không thể được ghi trước khi xảy ra.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "submitted",
                                            "accepted",
                                            "refused",
                                            "transferred",
                                            "assigned",
                                            "proposed",
                                            "sent_back",
                                            "approved",
                                            "returned",
                                            "file_added",
                                            "due_moved",
                                            "due_soon",
                                            "overdue",
                                            "not_transferred",
                                            "not_accepted_in_time",
                                            "supplement_asked",
                                            "supplement_partly",
                                            "supplement_received",
                                            "paused",
                                            "resumed",
                                            "declined",
                                            "stopped",
                                            "withdrawn",
                                            "rescheduled",
                                            "warned",
                                            "extension_asked",
                                            "extension_refused",
                                            "apology_signed",
                                            "apology_withdrawn",
                                            "consulted",
                                            "consultation_answered",
                                            "consultation_late",
                                            "fee_paid",
                                            "imported",
                                            "correction_proposed",
                                            "correction_accepted",
                                            "correction_refused",
                                            "handover",
                                            "handover_confirmed",
                                        ],
                                    )
                                ),
                                name="event_kind_is_known",
                                violation_error_message="Loại sự kiện không có trong danh mục.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DossierPaper",
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
                        ("name", models.TextField(verbose_name="tên giấy tờ")),
                        (
                            "originals",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                        ),
                        (
                            "copies",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản sao"),
                        ),
                        (
                            "is_digitised",
                            models.BooleanField(default=False, verbose_name="đã số hóa"),
                        ),
                        (
                            "is_reused",
                            models.BooleanField(default=False, verbose_name="tái sử dụng"),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="papers",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "required_paper",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procedures.requiredpaper",
                            ),
                        ),
                        (
                            "is_from_store",
                            models.BooleanField(
                                default=False, verbose_name="lấy từ kho dữ liệu cá nhân"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "giấy tờ nộp",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "position"),
                                name="paper_position_unique_in_dossier",
                                violation_error_message="Hai giấy tờ của hồ sơ không thể cùng số thứ tự.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                                    ("paper", "Giấy tờ nộp"),
                                    ("draft", "Dự thảo kết quả"),
                                    ("result", "Kết quả giải quyết"),
                                    ("evidence", "Tài liệu chứng minh đính chính"),
                                ],
                                max_length=10,
                                verbose_name="loại tệp",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(upload_to="attachments/%Y/%m/%d", verbose_name="tệp"),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField(verbose_name="kích thước (byte)")),
                        ("sha256", models.CharField(max_length=64)),
                        ("added_at", models.DateTimeField(verbose_name="thêm lúc")),
                        (
                            "added_by",
                            models.ForeignKey(
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
                                related_name="attachments",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="dossiers.dossierpaper",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tệp",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("size__gt", 0)),
                                name="attachment_is_not_empty",
                                violation_error_message="Tệp rỗng. Hãy quét lại rồi tải lên lần nữa.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DossierStep",
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
                        ("name", models.CharField(max_length=200, verbose_name="bước")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("counter", "Cán bộ một cửa"),
                                    ("officer", "Công chức giải quyết"),
                                    ("head", "Lãnh đạo cơ quan"),
                                ],
                                max_length=14,
                                verbose_name="vai trò",
                            ),
                        ),
                        ("due_at", models.DateTimeField(null=True, verbose_name="phải xong trước")),
                        ("started_at", models.DateTimeField(null=True, verbose_name="bắt đầu lúc")),
                        ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "finished_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "share_until",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="đến hết phần trăm"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bước nội bộ",
                        "indexes": [
                            models.Index(
                                fields=["finished_by", "finished_at"], name="step_by_finisher"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "position"),
                                name="step_position_unique_in_dossier",
                                violation_error_message="Hai bước của hồ sơ không thể cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finished_at__isnull", True),
                                    ("started_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="step_finished_was_started",
                                violation_error_message="Bước chưa bắt đầu thì chưa thể xong.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share_until__gte", 0), ("share_until__lte", 100)
                                ),
                                name="step_share_until_is_a_share",
                                violation_error_message="Phần thời gian của bước phải từ 0 đến 100 phần trăm.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fee",
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
                        ("name", models.CharField(max_length=200, verbose_name="tên")),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=0, max_digits=14, verbose_name="số tiền (đồng)"
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("cash", "Tiền mặt"),
                                    ("transfer", "Chuyển khoản"),
                                    (
                                        "national_portal",
                                        "Trực tuyến qua Cổng Dịch vụ công quốc gia",
                                    ),
                                    ("local_gateway", "Trực tuyến qua cổng thanh toán của tỉnh"),
                                ],
                                max_length=16,
                                verbose_name="hình thức",
                            ),
                        ),
                        ("paid_at", models.DateTimeField(null=True, verbose_name="thu lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fees",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "receipt_agency",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "receipt_number",
                            models.PositiveIntegerField(null=True, verbose_name="số biên lai"),
                        ),
                        (
                            "receipt_year",
                            models.PositiveSmallIntegerField(
                                null=True, verbose_name="năm của biên lai"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phí, lệ phí",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)),
                                name="fee_is_not_negative",
                                violation_error_message="Phí, lệ phí không thể âm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("paid_at__isnull", True),
                                    models.Q(("method", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="fee_paid_has_method",
                                violation_error_message="Hãy chọn hình thức thanh toán.",
                            ),
                            models.UniqueConstraint(
                                fields=("receipt_agency", "receipt_year", "receipt_number"),
                                name="fee_receipt_number_unique",
                                violation_error_message="Số biên lai này đã dùng trong năm. Hãy thu lại lần nữa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("receipt_agency__isnull", True),
                                        ("receipt_number__isnull", True),
                                        ("receipt_year__isnull", True),
                                    ),
                                    models.Q(
                                        ("paid_at__isnull", False),
                                        ("receipt_agency__isnull", False),
                                        ("receipt_number__gte", 1),
                                        ("receipt_year__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_receipt_is_whole",
                                violation_error_message="Biên lai phải có cơ quan, năm, số và thời điểm thu.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrintedForm",
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
                                    ("receipt", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
                                    ("refusal", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
                                    ("supplement", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
                                    ("stop_notice", "Thông báo dừng giải quyết hồ sơ"),
                                    ("control_sheet", "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
                                ],
                                max_length=16,
                                verbose_name="mẫu",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        (
                            "rendered_at",
                            models.DateTimeField(null=True, verbose_name="tạo xong lúc"),
                        ),
                        (
                            "file",
                            models.FileField(
                                blank=True, upload_to="forms/%Y/%m/%d", verbose_name="tệp PDF"
                            ),
                        ),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "attempts",
                            models.PositiveSmallIntegerField(default=0, verbose_name="số lần thử"),
                        ),
                        ("failure", models.TextField(blank=True, verbose_name="lỗi")),
                        (
                            "asked_by",
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
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="forms",
                                to="dossiers.dossier",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="lần")),
                    ],
                    options={
                        "verbose_name": "mẫu in",
                        "indexes": [
                            models.Index(
                                models.F("asked_at"),
                                condition=models.Q(("rendered_at__isnull", True)),
                                name="form_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rendered_at__isnull", True),
                                    models.Q(("file", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="form_rendered_has_file",
                                violation_error_message="Mẫu đã tạo xong phải có tệp.",
                            ),
                            models.UniqueConstraint(
                                fields=("dossier", "kind", "number"),
                                name="form_number_unique_in_dossier",
                                violation_error_message="Lần in này của mẫu đã được lập. Hãy tải lại trang.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="form_numbered_from_one",
                                violation_error_message="Các lần in một mẫu được đánh số từ 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
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
                        ("issued_date", models.DateField(verbose_name="ngày ban hành")),
                        ("signer_name", models.CharField(max_length=120, verbose_name="người ký")),
                        (
                            "signer_title",
                            models.CharField(max_length=120, verbose_name="chức vụ người ký"),
                        ),
                        (
                            "recipient_name",
                            models.CharField(blank=True, max_length=200, verbose_name="người nhận"),
                        ),
                        (
                            "recipient_identity_number",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="số định danh người nhận"
                            ),
                        ),
                        (
                            "return_method",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("counter", "Tại bộ phận một cửa"),
                                    ("post", "Qua dịch vụ bưu chính"),
                                    ("online", "Trực tuyến"),
                                ],
                                max_length=10,
                                verbose_name="cách trả",
                            ),
                        ),
                        (
                            "attachment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.attachment",
                            ),
                        ),
                        (
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="result",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "tracking_number",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="số hiệu bưu gửi"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kết quả giải quyết",
                    },
                ),
                migrations.CreateModel(
                    name="CodeCounter",
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
                        ("day", models.DateField()),
                        ("last", models.PositiveIntegerField()),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organizations.agency",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "day"),
                                name="code_counter_unique_for_agency_and_day",
                                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm mã hồ sơ trong một ngày.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarEdit",
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
                        ("sentence", models.TextField(verbose_name="nội dung sửa")),
                        ("decision", models.CharField(max_length=100, verbose_name="căn cứ")),
                        ("reason", models.TextField(blank=True, verbose_name="lý do")),
                        (
                            "actor_name",
                            models.CharField(max_length=120, verbose_name="tên người sửa"),
                        ),
                        (
                            "moved_count",
                            models.PositiveIntegerField(verbose_name="số hồ sơ đổi ngày hẹn"),
                        ),
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
                    options={
                        "verbose_name": "lần sửa lịch",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", ""), _negated=True),
                                    models.Q(("sentence", ""), _negated=True),
                                ),
                                name="calendar_edit_has_grounds",
                                violation_error_message="Lần sửa lịch phải có nội dung và căn cứ.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
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
                                    ("supplement", "Chờ bổ sung hồ sơ"),
                                    ("payment", "Chờ thực hiện nghĩa vụ tài chính"),
                                ],
                                max_length=12,
                                verbose_name="lý do",
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
                                verbose_name="tác động đến ngày hẹn",
                            ),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="từ lúc")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="đến lúc")),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tạm dừng",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("dossier",),
                                name="pause_one_open_for_dossier",
                                violation_error_message="Hồ sơ đang tạm dừng. Hãy kết thúc lần tạm dừng này trước.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="pause_ends_after_it_starts",
                                violation_error_message="Lần tạm dừng không thể kết thúc trước khi bắt đầu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effect__in", ["restart", "subtract", "shift"]),
                                    ("kind__in", ["supplement", "payment"]),
                                ),
                                name="pause_kind_and_effect_are_known",
                                violation_error_message="Lý do hoặc tác động của lần tạm dừng không hợp lệ.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reschedule",
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
                        ("at", models.DateTimeField(verbose_name="hẹn lại lúc")),
                        ("previous_due_at", models.DateTimeField(verbose_name="ngày hẹn trước")),
                        ("new_due_at", models.DateTimeField(verbose_name="ngày hẹn mới")),
                        ("reason", models.TextField(verbose_name="lý do")),
                        (
                            "fault",
                            models.CharField(
                                choices=[
                                    ("agency", "Cơ quan giải quyết"),
                                    ("other_agency", "Cơ quan phối hợp"),
                                    ("applicant", "Người nộp hồ sơ"),
                                    ("system", "Sự cố hệ thống, đường truyền"),
                                ],
                                max_length=14,
                                verbose_name="nguyên nhân thuộc về",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dossier",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reschedule",
                                to="dossiers.dossier",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hẹn lại",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("new_due_at__gt", models.F("previous_due_at")),
                                    ("new_due_at__gt", models.F("at")),
                                ),
                                name="reschedule_moves_forward",
                                violation_error_message="Ngày hẹn mới phải sau ngày hẹn cũ và sau hôm nay.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "fault__in",
                                        ["agency", "other_agency", "applicant", "system"],
                                    ),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                name="reschedule_says_why",
                                violation_error_message="Hãy ghi lý do hẹn lại và nguyên nhân thuộc về ai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplementRequest",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="lần")),
                        ("reason", models.TextField(verbose_name="lý do")),
                        ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                        (
                            "received_at",
                            models.DateTimeField(null=True, verbose_name="nhận đủ lúc"),
                        ),
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
                                related_name="supplement_requests",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "pause",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplement_request",
                                to="dossiers.pause",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="căn cứ yêu cầu muộn"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "yêu cầu bổ sung",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("dossier", "number"),
                                name="supplement_number_unique_in_dossier",
                                violation_error_message="Lần yêu cầu bổ sung này đã có. Hãy tải lại trang.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("received_at__isnull", True)),
                                fields=("dossier",),
                                name="supplement_one_open_for_dossier",
                                violation_error_message="Hồ sơ đang chờ bổ sung: chưa thể yêu cầu thêm lần nữa.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("received_at__isnull", True), ("received_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("received_at__gte", models.F("asked_at")),
                                        ("received_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="supplement_received_has_person_and_moment",
                                violation_error_message="Hồ sơ bổ sung đã nhận phải có người và thời điểm nhận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__gte", 1), models.Q(("reason", ""), _negated=True)
                                ),
                                name="supplement_has_number_and_reason",
                                violation_error_message="Hãy ghi rõ lý do yêu cầu bổ sung.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplementItem",
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
                        ("name", models.TextField(verbose_name="giấy tờ, nội dung")),
                        (
                            "originals",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản chính"),
                        ),
                        (
                            "certified_copies",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="bản chứng thực"
                            ),
                        ),
                        (
                            "copies",
                            models.PositiveSmallIntegerField(default=0, verbose_name="bản chụp"),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="dossiers.supplementrequest",
                            ),
                        ),
                        ("received_at", models.DateTimeField(null=True, verbose_name="nhận lúc")),
                    ],
                    options={
                        "verbose_name": "nội dung bổ sung",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "position"),
                                name="supplement_item_position_unique",
                                violation_error_message="Hai nội dung bổ sung không thể cùng số thứ tự.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="supplement_item_is_named",
                                violation_error_message="Hãy ghi rõ giấy tờ hoặc nội dung cần bổ sung.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleBook",
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
                        ("code", models.SlugField(max_length=30, unique=True, verbose_name="mã")),
                        ("title", models.CharField(max_length=200, verbose_name="tên")),
                        (
                            "in_force_from",
                            models.DateField(unique=True, verbose_name="có hiệu lực từ"),
                        ),
                        (
                            "scheduled_at",
                            models.DateTimeField(null=True, verbose_name="đặt lịch lúc"),
                        ),
                        (
                            "scheduled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bộ quy tắc",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="rule_book_has_title",
                                violation_error_message="Hãy ghi tên các văn bản của bộ quy tắc.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("scheduled_at__isnull", True),
                                        ("scheduled_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("scheduled_at__isnull", False),
                                        ("scheduled_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="rule_book_scheduled_by_somebody",
                                violation_error_message="Bộ quy tắc được đặt lịch phải có người và thời điểm.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleValue",
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
                        ("key", models.CharField(max_length=40, verbose_name="quy tắc")),
                        (
                            "text",
                            models.CharField(blank=True, max_length=100, verbose_name="giá trị"),
                        ),
                        ("article", models.CharField(max_length=200, verbose_name="điều, khoản")),
                        (
                            "is_verified",
                            models.BooleanField(default=False, verbose_name="đã kiểm chứng"),
                        ),
                        (
                            "book",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="dossiers.rulebook",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quy tắc",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("book", "key"),
                                name="rule_value_once_in_book",
                                violation_error_message="Mỗi quy tắc chỉ có một giá trị trong một bộ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("article", ""), _negated=True),
                                name="rule_value_names_its_article",
                                violation_error_message="Hãy ghi điều, khoản hoặc căn cứ của quy tắc.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptCounter",
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
                        ("last", models.PositiveIntegerField(verbose_name="số cuối")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bộ đếm biên lai",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "year"),
                                name="receipt_counter_one_for_agency_and_year",
                                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm biên lai trong một năm.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
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
                            "moment",
                            models.CharField(
                                choices=[
                                    ("transferred", "Chuyển cơ quan giải quyết"),
                                    ("ended", "Kết thúc giải quyết"),
                                    ("returned", "Trả kết quả"),
                                ],
                                max_length=11,
                                verbose_name="mốc đính chính",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Chờ quyết định"),
                                    ("accepted", "Đã chấp nhận"),
                                    ("refused", "Không chấp nhận"),
                                ],
                                max_length=8,
                                verbose_name="trạng thái",
                            ),
                        ),
                        ("improves", models.BooleanField(verbose_name="làm đẹp số liệu đúng hạn")),
                        ("former_at", models.DateTimeField(verbose_name="mốc đang tính")),
                        ("true_at", models.DateTimeField(verbose_name="mốc thực tế")),
                        ("reason", models.TextField(verbose_name="lý do")),
                        (
                            "reference",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="văn bản chứng minh"
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="đề nghị lúc")),
                        (
                            "decided_at",
                            models.DateTimeField(null=True, verbose_name="quyết định lúc"),
                        ),
                        (
                            "decision_note",
                            models.TextField(blank=True, verbose_name="ý kiến quyết định"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                                verbose_name="cơ quan giải quyết",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_for",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "dossier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="dossiers.dossier",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.dossierevent",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="dossiers.attachment",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "đính chính",
                        "indexes": [
                            models.Index(
                                models.F("agency"),
                                models.F("id"),
                                condition=models.Q(("status", "proposed")),
                                name="correction_waits",
                            ),
                            models.Index(
                                models.F("dossier"),
                                models.F("moment"),
                                models.OrderBy(models.F("decided_at"), descending=True),
                                condition=models.Q(("status", "accepted")),
                                name="correction_accepted",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("moment__in", ["transferred", "ended", "returned"])
                                ),
                                name="correction_moment_is_known",
                                violation_error_message="Hãy chọn mốc cần đính chính trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["proposed", "accepted", "refused"])
                                ),
                                name="correction_status_is_known",
                                violation_error_message="Trạng thái đính chính không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("true_at", models.F("former_at")), _negated=True),
                                    ("true_at__lte", models.F("proposed_at")),
                                ),
                                name="correction_tells_another_past_moment",
                                violation_error_message="Mốc thực tế phải khác mốc đang tính và không ở tương lai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True),
                                    models.Q(
                                        models.Q(("reference", ""), _negated=True),
                                        ("evidence__isnull", False),
                                        _connector="OR",
                                    ),
                                ),
                                name="correction_has_reason_and_evidence",
                                violation_error_message="Đính chính phải có lý do và tệp hoặc văn bản chứng minh.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(
                                        ("decided_by", models.F("proposed_by")), _negated=True
                                    ),
                                    _connector="OR",
                                ),
                                name="correction_decided_by_a_second_person",
                                violation_error_message="Người quyết định phải khác người đề nghị đính chính.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "accepted"), ("improves", True), _negated=True
                                    ),
                                    models.Q(("decided_for", models.F("agency")), _negated=True),
                                    _connector="OR",
                                ),
                                name="correction_that_improves_accepted_elsewhere",
                                violation_error_message="Đính chính làm hồ sơ hết trễ phải do cơ quan khác chấp nhận.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("status", "proposed"),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("decided_for__isnull", True),
                                        ("decision_note", ""),
                                    ),
                                    models.Q(
                                        models.Q(("status", "proposed"), _negated=True),
                                        ("decided_at__gte", models.F("proposed_at")),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("decided_for__isnull", False),
                                        models.Q(
                                            ("status", "accepted"),
                                            models.Q(("decision_note", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="correction_decided_is_whole",
                                violation_error_message="Quyết định đính chính phải có người, thời điểm; không chấp nhận phải có lý do.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "proposed")),
                                fields=("dossier", "moment"),
                                name="correction_one_waits_for_moment",
                                violation_error_message="Mốc này đang có đề nghị đính chính chờ quyết định.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
