"""Pages of a period find what was in hand or ended in it without reading every dossier."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_the_ladder_reads_an_index_alone")]

    operations = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                "agency",
                "resolved_at",
                "accepted_at",
                include=["first_due_at", "version"],
                condition=Q(accepted_at__isnull=False, imported_at__isnull=True),
                name="dossier_by_end",
            ),
        ),
        migrations.AddIndex(
            model_name="dossierstep",
            index=models.Index(fields=["finished_by", "finished_at"], name="step_by_finisher"),
        ),
        migrations.AlterField(
            model_name="dossierstep",
            name="finished_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
