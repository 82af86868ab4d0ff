"""Foreign keys that nothing is looked up by, or that other indexes begin with, need none."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0007_counts_are_read_from_an_index")]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="agency",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="organizations.agency",
                verbose_name="cơ quan giải quyết",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="procedures.channel",
                verbose_name="trường hợp",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="counter",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="organizations.servicecounter",
                verbose_name="bộ phận một cửa",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="proposed_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
