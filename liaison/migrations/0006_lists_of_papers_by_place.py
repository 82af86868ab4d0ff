"""Where paper files are, for the lists of each place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0022_the_ladder_reads_an_index_alone"),
        ("liaison", "0005_minutes_and_registers_are_printed"),
        ("organizations", "0007_officers_have_substitutes"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
    ]
