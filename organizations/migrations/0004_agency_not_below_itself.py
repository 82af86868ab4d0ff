"""An agency that pointed at itself would be a tree without a root."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_agency_path")]

    operations = [
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="agency_is_not_below_itself",
                violation_error_message="Cơ quan không thể trực thuộc chính nó.",
            ),
        ),
    ]
