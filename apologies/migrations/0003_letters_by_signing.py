"""The list of signed letters begins with the last signed."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("apologies", "0002_functions_and_triggers")]

    operations = [
        migrations.AddIndex(
            "apologyletter",
            models.Index(
                F("signed_at").desc(),
                F("id").desc(),
                name="letter_signed",
                condition=Q(status__in=("signed", "withdrawn")),
            ),
        ),
    ]
