"""Runs that draft and draw a month's letters of an agency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("apologies", "0006_only_proven_certificates_sign"),
        ("dossiers", "0016_kinds_without_an_act_go"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("submission_key", models.UUIDField(editable=False, unique=True)),
                ("month", models.DateField(verbose_name="tháng")),
                ("asked_at", models.DateTimeField(verbose_name="yêu cầu lúc")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafting_runs",
                        to="organizations.agency",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "đợt lập phiếu",
            },
        ),
        migrations.CreateModel(
            name="DraftingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Chờ lập"),
                            ("drafted", "Đã lập"),
                            ("unneeded", "Không cần lập"),
                            ("failed", "Không lập được"),
                        ],
                        max_length=8,
                        verbose_name="kết quả",
                    ),
                ),
                ("why_not", models.TextField(blank=True, verbose_name="vì sao không lập")),
                ("done_at", models.DateTimeField(null=True, verbose_name="xong lúc")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="apologies.apologyletter",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="apologies.draftingrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "hồ sơ trong đợt lập phiếu",
            },
        ),
        migrations.AddIndex(
            model_name="draftingrun",
            index=models.Index(
                condition=models.Q(("finished_at__isnull", True)),
                fields=["id"],
                name="drafting_run_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftingrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)),
                name="drafting_run_is_of_a_month",
                violation_error_message="Tháng lập phiếu được ghi bằng ngày đầu tháng.",
            ),
        ),
        migrations.AddIndex(
            model_name="draftingitem",
            index=models.Index(
                condition=models.Q(("outcome", "waiting")),
                fields=["run", "id"],
                name="drafting_item_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftingitem",
            constraint=models.UniqueConstraint(
                fields=("run", "dossier"),
                name="drafting_item_once",
                violation_error_message="Hồ sơ này đã có trong đợt lập phiếu.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftingitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("done_at__isnull", True),
                        ("letter__isnull", True),
                        ("outcome", "waiting"),
                        ("why_not", ""),
                    ),
                    models.Q(
                        ("done_at__isnull", False),
                        ("letter__isnull", False),
                        ("outcome", "drafted"),
                        ("why_not", ""),
                    ),
                    models.Q(
                        ("done_at__isnull", False),
                        ("outcome__in", ("unneeded", "failed")),
                        models.Q(("why_not", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="drafting_item_outcome_is_whole",
                violation_error_message="Hồ sơ không lập được phiếu phải nêu vì sao.",
            ),
        ),
    ]
