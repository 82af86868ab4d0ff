"""The sweeps over promised days find whom to warn of without reading the dossiers."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0021_papers_change_hands_and_control_sheets")]

    operations = [
        migrations.RemoveIndex(model_name="dossier", name="dossier_open_by_due"),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                F("due_at").asc(nulls_last=True),
                F("id"),
                include=["agency", "imported_at"],
                condition=models.Q(status__in=("accepted", "processing", "awaiting_approval")),
                name="dossier_open_by_due",
            ),
        ),
    ]
