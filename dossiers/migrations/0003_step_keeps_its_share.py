"""A step keeps the share of the time by which it ends, so that it can move with the promise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_ledger_is_append_only")]

    operations = [
        migrations.AddField(
            model_name="dossierstep",
            name="share_until",
            # Steps planned before cannot tell: they end with the promise when it moves.
            field=models.DecimalField(
                decimal_places=2, default=100, max_digits=5, verbose_name="đến hết phần trăm"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("share_until__gte", 0), ("share_until__lte", 100)),
                name="step_share_until_is_a_share",
                violation_error_message="Phần thời gian của bước phải từ 0 đến 100 phần trăm.",
            ),
        ),
    ]
