"""Agencies, counters, people, their substitutes, and the journal of administration."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0001_agencies_counters_and_people"),
        ("organizations", "0004_agency_not_below_itself"),
        ("organizations", "0005_journal_of_administration"),
        ("organizations", "0007_officers_have_substitutes"),
    ]
    initial = True
    dependencies = [
        ("workdays", "0002_functions_and_triggers"),
        ("organizations", "0001_search_functions"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(
                                max_length=60, unique=True, verbose_name="tên đăng nhập"
                            ),
                        ),
                        ("full_name", models.CharField(max_length=120, verbose_name="họ và tên")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=120, verbose_name="chức vụ"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=30, verbose_name="điện thoại"),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="thư điện tử"
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="được đăng nhập"),
                        ),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="phải đổi mật khẩu"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="tạo lúc"),
                        ),
                    ],
                    options={
                        "verbose_name": "người dùng",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("username__regex", "^[a-z0-9][a-z0-9._-]*$")),
                                name="username_is_plain",
                                violation_error_message="Tên đăng nhập chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
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
                            models.CharField(
                                max_length=35, unique=True, verbose_name="mã định danh"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="tên cơ quan")),
                        ("short_name", models.CharField(max_length=60, verbose_name="tên gọi tắt")),
                        ("sort_key", models.CharField(editable=False, max_length=500)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("province", "Ủy ban nhân dân tỉnh"),
                                    ("office", "Văn phòng Ủy ban nhân dân tỉnh"),
                                    ("department", "Sở, cơ quan ngang sở"),
                                    ("board", "Ban quản lý"),
                                    ("vertical", "Cơ quan ngành dọc"),
                                    ("enterprise", "Đơn vị cung cấp dịch vụ"),
                                    ("district", "Cấp huyện (trước 01/7/2025)"),
                                    ("commune", "Ủy ban nhân dân xã, phường"),
                                ],
                                max_length=12,
                                verbose_name="loại",
                            ),
                        ),
                        (
                            "path",
                            models.CharField(
                                editable=False, max_length=200, null=True, unique=True
                            ),
                        ),
                        (
                            "place",
                            models.CharField(max_length=60, verbose_name="địa danh trên văn bản"),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="địa chỉ"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=30, verbose_name="điện thoại"),
                        ),
                        (
                            "due_soon_days",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="nhắc trước hạn (ngày làm việc)"
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="đang hoạt động"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="workdays.workschedule",
                                verbose_name="giờ làm việc",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cơ quan",
                        "indexes": [
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    "path", name="varchar_pattern_ops"
                                ),
                                name="agency_path_prefix",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("code__regex", "^[A-Y][0-9]{2}(\\.[A-Z0-9]+)*$")
                                ),
                                name="agency_code_is_an_identifier",
                                violation_error_message="Mã định danh có dạng H41.15: chữ in, số và dấu chấm.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "province",
                                            "office",
                                            "department",
                                            "board",
                                            "vertical",
                                            "enterprise",
                                            "district",
                                            "commune",
                                        ],
                                    )
                                ),
                                name="agency_kind_is_known",
                                violation_error_message="Loại cơ quan không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_soon_days__range", (1, 30))),
                                name="agency_reminds_one_to_thirty_days_before",
                                violation_error_message="Số ngày nhắc trước hạn phải từ 1 đến 30.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent", models.F("id")), _negated=True),
                                name="agency_is_not_below_itself",
                                violation_error_message="Cơ quan không thể trực thuộc chính nó.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceCounter",
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
                        ("address", models.CharField(max_length=300, verbose_name="địa chỉ")),
                        ("phone", models.CharField(max_length=30, verbose_name="điện thoại")),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="đang hoạt động"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="counters",
                                to="organizations.agency",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bộ phận một cửa",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "name"),
                                name="counter_name_unique_in_agency",
                                violation_error_message="Cơ quan này đã có bộ phận một cửa cùng tên.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("counter", "Cán bộ một cửa"),
                                    ("officer", "Công chức giải quyết"),
                                    ("head", "Lãnh đạo cơ quan"),
                                    ("supervisor", "Văn phòng UBND tỉnh (kiểm soát TTHC)"),
                                    ("administrator", "Quản trị hệ thống"),
                                ],
                                max_length=14,
                                verbose_name="vai trò",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="organizations.agency",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "counter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="organizations.servicecounter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vai trò tại cơ quan",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "agency", "role"),
                                name="membership_once_per_role",
                                violation_error_message="Người này đã có vai trò đó tại cơ quan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "counter",
                                            "officer",
                                            "head",
                                            "supervisor",
                                            "administrator",
                                        ],
                                    )
                                ),
                                name="membership_role_is_known",
                                violation_error_message="Vai trò không có trong danh mục.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("counter__isnull", False), ("role", "counter")),
                                    models.Q(
                                        models.Q(("role", "counter"), _negated=True),
                                        ("counter__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_counter_for_counter_staff_only",
                                violation_error_message="Cán bộ một cửa phải gắn với một bộ phận một cửa; vai trò khác thì không.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdministrationEntry",
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
                            "subject",
                            models.CharField(
                                choices=[
                                    ("agency", "Cơ quan"),
                                    ("counter", "Bộ phận một cửa"),
                                    ("user", "Người dùng"),
                                ],
                                max_length=7,
                                verbose_name="đối tượng",
                            ),
                        ),
                        ("subject_id", models.BigIntegerField(verbose_name="số của đối tượng")),
                        ("sentence", models.TextField(verbose_name="nội dung")),
                        ("made_at", models.DateTimeField(verbose_name="lúc")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nhật ký quản trị",
                        "indexes": [
                            models.Index(
                                fields=["subject", "subject_id", "id"],
                                name="administration_of_subject",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("subject__in", ["agency", "counter", "user"])),
                                name="administration_subject_is_known",
                                violation_error_message="Đối tượng của nhật ký không có trong danh mục.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Substitution",
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
                        ("first_day", models.DateField(verbose_name="từ ngày")),
                        ("last_day", models.DateField(verbose_name="đến hết ngày")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="lý do"),
                        ),
                        ("named_at", models.DateTimeField(verbose_name="lập lúc")),
                        (
                            "ended_at",
                            models.DateTimeField(null=True, verbose_name="thôi trước hạn lúc"),
                        ),
                        (
                            "absent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người nghỉ",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.agency",
                                verbose_name="cơ quan",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "substitute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="người xử lý thay",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "phân công xử lý thay",
                        "indexes": [
                            models.Index(
                                models.F("substitute"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="substitution_of_person",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("absent", models.F("substitute")), _negated=True
                                ),
                                name="substitution_by_another_person",
                                violation_error_message="Người xử lý thay phải khác người nghỉ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_day__gte", models.F("first_day"))),
                                name="substitution_days_in_order",
                                violation_error_message="Ngày cuối không thể trước ngày đầu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True), ("ended_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False), ("ended_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="substitution_ended_by_somebody",
                                violation_error_message="Việc thôi trước hạn phải có người thực hiện.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                expressions=[
                                    ("absent", "="),
                                    ("agency", "="),
                                    (
                                        models.Func(
                                            "first_day",
                                            django.db.models.functions.comparison.Greatest(
                                                "first_day", "last_day"
                                            ),
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="substitution_one_at_a_time",
                                violation_error_message="Người này đã có người xử lý thay trong những ngày đó. Hãy thôi phân công cũ trước.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
