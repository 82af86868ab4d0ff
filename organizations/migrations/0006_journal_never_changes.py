"""The database refuses to change or delete what administrators did."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION organizations_refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Nhật ký quản trị không sửa, không xóa được.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER organizations_administrationentry_never_changes
BEFORE UPDATE OR DELETE ON organizations_administrationentry
FOR EACH ROW EXECUTE FUNCTION organizations_refuse_journal_change();
"""
BACKWARD = """
DROP TRIGGER organizations_administrationentry_never_changes ON organizations_administrationentry;
DROP FUNCTION organizations_refuse_journal_change();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_journal_of_administration")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
