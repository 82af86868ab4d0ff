"""The counts of the tabs and the results that wait are each read from an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_code_prefixes_use_the_unique_index")]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        ("submitted", "accepted", "processing", "awaiting_approval", "resolved"),
                    )
                ),
                fields=["agency", "counter"],
                include=("status", "assignee", "proposed_by", "due_at", "remind_at"),
                name="dossier_unfinished_facts",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.OrderBy(models.F("due_at"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("status", "resolved")),
                name="dossier_to_return",
            ),
        ),
    ]
