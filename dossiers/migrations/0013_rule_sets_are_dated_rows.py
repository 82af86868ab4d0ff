"""Rules stand in the database with their dates; the shipped sets are the first rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0012_supplements_are_ticked_and_forms_numbered"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="mã")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                ("in_force_from", models.DateField(unique=True, verbose_name="có hiệu lực từ")),
                ("scheduled_at", models.DateTimeField(null=True, verbose_name="đặt lịch lúc")),
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
            },
        ),
        migrations.CreateModel(
            name="RuleValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="quy tắc")),
                ("text", models.CharField(blank=True, max_length=100, verbose_name="giá trị")),
                ("article", models.CharField(max_length=200, verbose_name="điều, khoản")),
                ("is_verified", models.BooleanField(default=False, verbose_name="đã kiểm chứng")),
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
            },
        ),
        migrations.AddConstraint(
            model_name="rulebook",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True),
                name="rule_book_has_title",
                violation_error_message="Hãy ghi tên các văn bản của bộ quy tắc.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulebook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scheduled_at__isnull", True), ("scheduled_by__isnull", True)),
                    models.Q(("scheduled_at__isnull", False), ("scheduled_by__isnull", False)),
                    _connector="OR",
                ),
                name="rule_book_scheduled_by_somebody",
                violation_error_message="Bộ quy tắc được đặt lịch phải có người và thời điểm.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulevalue",
            constraint=models.UniqueConstraint(
                fields=("book", "key"),
                name="rule_value_once_in_book",
                violation_error_message="Mỗi quy tắc chỉ có một giá trị trong một bộ.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulevalue",
            constraint=models.CheckConstraint(
                condition=models.Q(("article", ""), _negated=True),
                name="rule_value_names_its_article",
                violation_error_message="Hãy ghi điều, khoản hoặc căn cứ của quy tắc.",
            ),
        ),
    ]
