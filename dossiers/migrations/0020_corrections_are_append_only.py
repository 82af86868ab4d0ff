"""The database lets a correction be decided once, with its event, and refuses all else."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION dossiers_correction_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'proposed' AND NEW.status <> 'proposed' AND (
        OLD.id, OLD.dossier_id, OLD.event_id, OLD.agency_id, OLD.moment, OLD.improves,
        OLD.former_at, OLD.true_at, OLD.reason, OLD.reference, OLD.evidence_id,
        OLD.proposed_by_id, OLD.proposed_at
    ) IS NOT DISTINCT FROM (
        NEW.id, NEW.dossier_id, NEW.event_id, NEW.agency_id, NEW.moment, NEW.improves,
        NEW.former_at, NEW.true_at, NEW.reason, NEW.reference, NEW.evidence_id,
        NEW.proposed_by_id, NEW.proposed_at
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Đính chính chỉ được quyết định một lần, không được sửa hay xóa (%).',
        TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER correction_stands BEFORE UPDATE OR DELETE ON dossiers_correction
    FOR EACH ROW EXECUTE FUNCTION dossiers_correction_stands();
CREATE TRIGGER correction_not_truncated BEFORE TRUNCATE ON dossiers_correction
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_correction_stands();

CREATE FUNCTION dossiers_correction_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_dossierevent
        WHERE dossier_id = NEW.dossier_id AND kind = 'correction_' || NEW.status
          AND (data ->> 'correction')::bigint = NEW.id
    ) THEN
        RAISE EXCEPTION 'Đính chính % không có sự kiện trong sổ cái.', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER correction_has_event AFTER INSERT OR UPDATE ON dossiers_correction
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION dossiers_correction_has_event();
"""
BACKWARD = """
DROP TRIGGER correction_has_event ON dossiers_correction;
DROP FUNCTION dossiers_correction_has_event();
DROP TRIGGER correction_stands ON dossiers_correction;
DROP TRIGGER correction_not_truncated ON dossiers_correction;
DROP FUNCTION dossiers_correction_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0019_corrections_stand_beside_what_was_recorded")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
