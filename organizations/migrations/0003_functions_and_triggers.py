"""The database keeps each agency's path, the ids from the root down, and guards the journal."""

from django.db import migrations

PATH = """
CREATE FUNCTION organizations_agency_path() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT 1 FROM organizations_agency WHERE parent_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'Cơ quan % còn cơ quan trực thuộc nên chưa chuyển được.', NEW.code
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.path := coalesce(
        (SELECT path FROM organizations_agency WHERE id = NEW.parent_id), '/'
    ) || NEW.id || '/';
    RETURN NEW;
END $$;
CREATE TRIGGER agency_path BEFORE INSERT OR UPDATE OF parent_id ON organizations_agency
    FOR EACH ROW EXECUTE FUNCTION organizations_agency_path();
"""
NO_PATH = """
DROP TRIGGER agency_path ON organizations_agency;
DROP FUNCTION organizations_agency_path();
"""
# What administrators did is never changed and never deleted.
JOURNAL = """
CREATE FUNCTION organizations_refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Nhật ký quản trị không sửa, không xóa được.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER organizations_administrationentry_never_changes
BEFORE UPDATE OR DELETE ON organizations_administrationentry
FOR EACH ROW EXECUTE FUNCTION organizations_refuse_journal_change();
"""
NO_JOURNAL = """
DROP TRIGGER organizations_administrationentry_never_changes ON organizations_administrationentry;
DROP FUNCTION organizations_refuse_journal_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0003_agency_path"),
        ("organizations", "0006_journal_never_changes"),
    ]
    dependencies = [("organizations", "0002_tables")]

    operations = [
        migrations.RunSQL(PATH, NO_PATH),
        migrations.RunSQL(JOURNAL, NO_JOURNAL),
    ]
