"""The database keeps each agency's path: the ids from the root down."""

from django.db import migrations

FORWARD = """
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
BACKWARD = """
DROP TRIGGER agency_path ON organizations_agency;
DROP FUNCTION organizations_agency_path();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_search_functions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
