"""Schedules, working hours, days off and made up.

Equality inside a GiST index is what the exclusion constraint on working hours needs.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from schema.operations import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("workdays", "0001_compare_ranges_with_equality"),
        ("workdays", "0002_schedules_and_days"),
    ]
    initial = True
    dependencies = []

    operations = [
        BtreeGistExtension(),
        CreateModels(
            [
                migrations.CreateModel(
                    name="CalendarStamp",
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
                        ("version", models.BigIntegerField(verbose_name="phiên bản")),
                    ],
                    options={
                        "verbose_name": "dấu phiên bản lịch",
                        "verbose_name_plural": "dấu phiên bản lịch",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("id", 1)),
                                name="calendar_stamp_single",
                                violation_error_message="Dấu phiên bản lịch chỉ có một dòng: đừng thêm dòng nữa.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holiday",
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
                        ("date", models.DateField(verbose_name="ngày")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("holiday", "Nghỉ lễ, Tết"),
                                    ("compensatory_day_off", "Nghỉ bù"),
                                    ("swapped_day_off", "Nghỉ hoán đổi"),
                                ],
                                max_length=20,
                                verbose_name="loại",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="tên")),
                        (
                            "decision",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="số quyết định, công văn"
                            ),
                        ),
                        (
                            "is_provisional",
                            models.BooleanField(
                                default=False, verbose_name="tạm tính, chưa có thông báo"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ngày nghỉ",
                        "verbose_name_plural": "ngày nghỉ",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("date",),
                                name="holiday_date_unique",
                                violation_error_message="Ngày nghỉ này đã có: hãy sửa dòng đã nhập.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["holiday", "compensatory_day_off", "swapped_day_off"],
                                    )
                                ),
                                name="holiday_kind_known",
                                violation_error_message="Loại ngày nghỉ này không có: hãy chọn lại loại.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="holiday_named",
                                violation_error_message="Ngày nghỉ phải có tên: hãy nhập tên.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MakeUpDay",
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
                        ("date", models.DateField(verbose_name="ngày")),
                        ("name", models.CharField(max_length=200, verbose_name="tên")),
                        (
                            "replaces_date",
                            models.DateField(blank=True, null=True, verbose_name="làm bù cho ngày"),
                        ),
                        (
                            "decision",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="số quyết định, công văn"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ngày làm bù",
                        "verbose_name_plural": "ngày làm bù",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("date",),
                                name="make_up_day_date_unique",
                                violation_error_message="Ngày làm bù này đã có: hãy sửa dòng đã nhập.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="make_up_day_named",
                                violation_error_message="Ngày làm bù phải có tên: hãy nhập tên.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaces_date__isnull", True),
                                    models.Q(("replaces_date", models.F("date")), _negated=True),
                                    _connector="OR",
                                ),
                                name="make_up_day_replaces_another",
                                violation_error_message="Ngày làm bù không thể thay cho chính nó: hãy sửa ngày được làm bù.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkSchedule",
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
                        ("code", models.SlugField(max_length=35, verbose_name="mã")),
                        ("name", models.CharField(max_length=200, verbose_name="tên")),
                        (
                            "roll_after_closing",
                            models.BooleanField(
                                default=True,
                                verbose_name="nhận sau giờ đóng cửa tính vào lần mở cửa sau",
                            ),
                        ),
                        (
                            "day_ends_at_close",
                            models.BooleanField(
                                default=True,
                                help_text="Nếu không chọn, hạn giữ nguyên giờ tiếp nhận.",
                                verbose_name="thời hạn tính bằng ngày hết vào giờ đóng cửa",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lịch làm việc",
                        "verbose_name_plural": "lịch làm việc",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code",),
                                name="work_schedule_code_unique",
                                violation_error_message="Mã lịch làm việc này đã có: hãy chọn mã khác.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                name="work_schedule_named",
                                violation_error_message="Lịch làm việc phải có mã và tên: hãy nhập cả hai.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkingHours",
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
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Ngày làm bù"),
                                    (1, "thứ Hai"),
                                    (2, "thứ Ba"),
                                    (3, "thứ Tư"),
                                    (4, "thứ Năm"),
                                    (5, "thứ Sáu"),
                                    (6, "thứ Bảy"),
                                    (7, "Chủ nhật"),
                                ],
                                verbose_name="thứ",
                            ),
                        ),
                        ("opens_at", models.TimeField(verbose_name="mở cửa lúc")),
                        ("closes_at", models.TimeField(verbose_name="đóng cửa lúc")),
                        (
                            "counts",
                            models.BooleanField(
                                default=True,
                                help_text="Bỏ chọn với buổi trực chỉ tiếp nhận hồ sơ, như sáng thứ Bảy.",
                                verbose_name="tính vào thời hạn",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                        (
                            "valid_until",
                            models.DateField(
                                blank=True, null=True, verbose_name="áp dụng đến hết ngày"
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hours",
                                to="workdays.workschedule",
                                verbose_name="lịch làm việc",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "giờ làm việc",
                        "verbose_name_plural": "giờ làm việc",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__in", [0, 1, 2, 3, 4, 5, 6, 7])),
                                name="working_hours_weekday_known",
                                violation_error_message="Thứ này không có trong tuần: hãy chọn lại thứ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="working_hours_close_after_opening",
                                violation_error_message="Giờ đóng cửa phải sau giờ mở cửa: hãy sửa lại giờ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="working_hours_end_after_start",
                                violation_error_message="Ngày hết áp dụng phải từ ngày bắt đầu áp dụng trở đi: hãy sửa lại ngày.",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("schedule", "="),
                                    ("weekday", "="),
                                    (
                                        models.Func(
                                            models.Func(
                                                "opens_at",
                                                template="(DATE '2000-01-01' + %(expressions)s)",
                                            ),
                                            models.Func(
                                                django.db.models.functions.comparison.Greatest(
                                                    "opens_at", "closes_at"
                                                ),
                                                template="(DATE '2000-01-01' + %(expressions)s)",
                                            ),
                                            function="tsrange",
                                        ),
                                        "&&",
                                    ),
                                    (
                                        models.Func(
                                            "valid_from",
                                            django.db.models.functions.comparison.Greatest(
                                                "valid_from",
                                                django.db.models.functions.comparison.Coalesce(
                                                    "valid_until",
                                                    models.Func(template="DATE 'infinity'"),
                                                ),
                                            ),
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                            function="daterange",
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="working_hours_do_not_overlap",
                                violation_error_message="Buổi làm việc này chồng lên một buổi khác cùng thứ: hãy sửa giờ hoặc ngày áp dụng.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
