"""The database refuses to change where a dossier came from."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER origin_append_only BEFORE UPDATE OR DELETE ON legacy_origin
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER origin_not_truncated BEFORE TRUNCATE ON legacy_origin
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
BACKWARD = """
DROP TRIGGER origin_append_only ON legacy_origin;
DROP TRIGGER origin_not_truncated ON legacy_origin;
"""


class Migration(migrations.Migration):
    replaces = [
        ("legacy", "0002_origins_never_change"),
    ]
    dependencies = [("legacy", "0001_tables")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
