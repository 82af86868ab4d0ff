"""The unique code has an index for prefixes of its own: a second one only slows intake."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0005_next_act_orders_the_worklist"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_code_prefix",
        ),
    ]
