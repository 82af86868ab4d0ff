"""Minutes of handovers and books of the register, drawn by workers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("liaison", "0004_papers_are_in_one_place"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("failure", models.CharField(blank=True, max_length=500, verbose_name="lỗi")),
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
            },
        ),
        migrations.CreateModel(
            name="PrintedBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="quyển số")),
                ("first_entry", models.PositiveIntegerField(verbose_name="từ số")),
                ("last_entry", models.PositiveIntegerField(verbose_name="đến số")),
                ("file", models.FileField(upload_to="registers/%Y/%m/%d", verbose_name="tệp PDF")),
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
            },
        ),
        migrations.AddIndex(
            model_name="printorder",
            index=models.Index(
                models.F("asked_at"),
                condition=models.Q(("finished_at__isnull", True)),
                name="print_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="printorder",
            index=models.Index(
                models.F("asked_by"),
                models.OrderBy(models.F("id"), descending=True),
                name="print_of_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="printorder",
            constraint=models.CheckConstraint(
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
                            models.Q(("agency__isnull", True), ("counter__isnull", False)),
                            models.Q(("agency__isnull", False), ("counter__isnull", True)),
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
            ),
        ),
        migrations.AddConstraint(
            model_name="printedbook",
            constraint=models.UniqueConstraint(
                fields=("order", "number"),
                name="book_number_unique_in_order",
                violation_error_message="Quyển này đã được in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="printedbook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_entry__gte", models.F("first_entry")), ("number__gte", 1)
                ),
                name="book_entries_in_order",
                violation_error_message="Quyển được đánh số từ 1, số sau không nhỏ hơn số đầu.",
            ),
        ),
    ]
