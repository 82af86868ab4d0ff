"""What an acceptance reads of the catalogue renews the stamps of `organizations` as well."""

from django.db import migrations

TABLES = [
    "procedures_channel",
    "procedures_procedure",
    "procedures_procedureversion",
    "procedures_requiredpaper",
]
TRIGGER = """
CREATE TRIGGER reference_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_reference();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0002_functions_and_triggers"),
        ("organizations", "0004_reference_stamp"),
    ]

    operations = [
        migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER reference_stamp ON {table}")
        for table in TABLES
    ]
