"""The moment of the next act, derived by the database, orders "Cần xử lý ngay"."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0004_history_of_the_calendar"),
        ("organizations", "0003_agency_path"),
        ("procedures", "0003_shares_make_a_hundred"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_of_counter",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_in_state",
        ),
        migrations.AddField(
            model_name="dossier",
            name="act_by",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(status="submitted", then=models.F("accept_by")),
                    models.When(status="accepted", then=models.F("transfer_by")),
                    default=models.F("due_at"),
                ),
                output_field=models.DateTimeField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("agency"),
                models.OrderBy(models.F("act_by"), nulls_last=True),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        ("submitted", "accepted", "processing", "awaiting_approval", "resolved"),
                    )
                ),
                name="dossier_to_act_in_agency",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("counter"),
                models.OrderBy(models.F("act_by"), nulls_last=True),
                models.F("id"),
                condition=models.Q(
                    (
                        "status__in",
                        ("submitted", "accepted", "processing", "awaiting_approval", "resolved"),
                    )
                ),
                name="dossier_to_act_at_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("counter"),
                models.OrderBy(models.F("id"), descending=True),
                name="dossier_of_counter",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("status"),
                models.OrderBy(models.F("id"), descending=True),
                name="dossier_in_state",
            ),
        ),
    ]
