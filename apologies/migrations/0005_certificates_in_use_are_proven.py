"""Certificates in use have signed letters: their keys are proven."""

from django.db import migrations

_PROVEN = """
    UPDATE apologies_agencycertificate SET proven_at = added_at WHERE is_active;
"""


class Migration(migrations.Migration):
    """Only data."""

    dependencies = [("apologies", "0004_certificates_proven_and_revoked")]

    operations = [migrations.RunSQL(_PROVEN, migrations.RunSQL.noop)]
