"""Decisions with their dates and procedures, and the version that somebody is writing."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0005_rules_of_the_clock_never_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionItem",
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
                            ("new", "Ban hành mới"),
                            ("revised", "Sửa đổi, bổ sung"),
                            ("retired", "Bãi bỏ"),
                        ],
                        max_length=7,
                        verbose_name="nội dung công bố",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="lý do")),
                (
                    "basis",
                    models.CharField(max_length=300, verbose_name="văn bản quy định thủ tục"),
                ),
                (
                    "basis_effective_date",
                    models.DateField(verbose_name="ngày hiệu lực của văn bản"),
                ),
                (
                    "is_shortened",
                    models.BooleanField(
                        default=False, verbose_name="ban hành theo trình tự rút gọn"
                    ),
                ),
                ("publish_by", models.DateField(verbose_name="hạn công bố")),
                ("public_by", models.DateField(verbose_name="hạn công khai")),
                ("applies_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("recorded_at", models.DateTimeField(verbose_name="ghi lúc")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="đưa vào áp dụng lúc"),
                ),
                (
                    "made_public_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="công khai lúc"),
                ),
            ],
            options={
                "verbose_name": "thủ tục trong quyết định công bố",
            },
        ),
        migrations.CreateModel(
            name="VersionDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="mã thủ tục")),
                ("facts", models.JSONField(verbose_name="nội dung")),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="lần ghi")),
                ("started_at", models.DateTimeField(verbose_name="bắt đầu lúc")),
                ("saved_at", models.DateTimeField(verbose_name="ghi lần cuối lúc")),
            ],
            options={
                "verbose_name": "bản đang soạn",
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ministry", "Bộ, cơ quan ngang bộ"),
                    ("province", "Ủy ban nhân dân tỉnh"),
                ],
                max_length=8,
                verbose_name="cấp công bố",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="recorded_at",
            field=models.DateTimeField(null=True, verbose_name="ghi lúc"),
        ),
        migrations.AddField(
            model_name="decision",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["", "ministry", "province"])),
                name="decision_level_is_known",
                violation_error_message="Cấp công bố không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", ""),
                    models.Q(("effective_date__isnull", False), ("issued_date__isnull", False)),
                    _connector="OR",
                ),
                name="decision_of_a_level_has_its_dates",
                violation_error_message="Quyết định phải có ngày ban hành và ngày hiệu lực.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("effective_date__gte", models.F("issued_date"))),
                name="decision_takes_effect_when_signed_or_later",
                violation_error_message="Quyết định không có hiệu lực trước ngày ban hành.",
            ),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="procedures.decision",
            ),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="made_public_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="procedure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_items",
                to="procedures.procedure",
            ),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="decisionitem",
            name="version",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision_item",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="versiondraft",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
        migrations.AddField(
            model_name="versiondraft",
            name="saved_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="versiondraft",
            name="started_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="decisionitem",
            index=models.Index(
                condition=models.Q(("applied_at__isnull", True)),
                fields=["applies_from"],
                name="decision_item_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.UniqueConstraint(
                fields=("decision", "procedure"),
                name="decision_item_once_per_procedure",
                violation_error_message="Quyết định này đã công bố thủ tục đó.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("applied_at__isnull", True)),
                fields=("procedure",),
                name="decision_item_one_waits_for_each_procedure",
                violation_error_message="Thủ tục đã có một thay đổi đang chờ ngày áp dụng.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["new", "revised", "retired"])),
                name="decision_item_kind_is_known",
                violation_error_message="Nội dung công bố không có trong danh mục.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "retired"), ("version__isnull", True)),
                    models.Q(
                        models.Q(("kind", "retired"), _negated=True), ("version__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="decision_item_has_a_version_unless_retired",
                violation_error_message="Công bố mới và sửa đổi phải kèm phiên bản; bãi bỏ thì không có phiên bản.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("made_public_at__isnull", True), ("made_public_by__isnull", True)),
                    models.Q(("made_public_at__isnull", False), ("made_public_by__isnull", False)),
                    _connector="OR",
                ),
                name="decision_item_public_by_somebody",
                violation_error_message="Lần công khai phải có cả thời điểm và người công khai.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versiondraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]\\.[0-9]{6}$")),
                name="draft_code_has_national_form",
                violation_error_message="Mã thủ tục có dạng 1.012790.",
            ),
        ),
    ]
