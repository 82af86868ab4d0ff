"""The database refuses to change or delete a version of a procedure and the rows below it."""

from django.db import migrations

TABLES = (
    "procedures_procedureversion",
    "procedures_channel",
    "procedures_requiredpaper",
    "procedures_legalbasis",
    "procedures_procedureresult",
    "procedures_readingfinding",
)

FUNCTION = """
CREATE FUNCTION procedures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Phiên bản thủ tục không sửa, không xóa được; thay đổi là một phiên bản mới.'
        USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_fields_procedures_and_versions")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION procedures_refuse_change()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER {table}_never_changes ON {table}"
            )
            for table in TABLES
        ),
    ]
