"""The database refuses to change the ledger, and any change of state without an event."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION dossiers_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Sổ cái chỉ được ghi thêm, không được sửa hay xóa (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON dossiers_dossierevent
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON dossiers_dossierevent
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER seal_append_only BEFORE UPDATE OR DELETE ON dossiers_ledgerseal
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER seal_not_truncated BEFORE TRUNCATE ON dossiers_ledgerseal
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""

# Deferred to the commit: the act may write the dossier before or after its event.
STATE_NEEDS_EVENT = """
CREATE FUNCTION dossiers_state_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM dossiers_dossierevent
        WHERE dossier_id = NEW.id AND sequence = NEW.event_count
          AND hash = NEW.last_hash AND to_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'Hồ sơ % đổi trạng thái mà không có sự kiện trong sổ cái.', NEW.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dossier_state_has_event
    AFTER INSERT OR UPDATE OF status, event_count, last_hash ON dossiers_dossier
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION dossiers_state_has_event();
"""

BACKWARD = """
DROP TRIGGER dossier_state_has_event ON dossiers_dossier;
DROP FUNCTION dossiers_state_has_event();
DROP TRIGGER event_append_only ON dossiers_dossierevent;
DROP TRIGGER event_not_truncated ON dossiers_dossierevent;
DROP TRIGGER seal_append_only ON dossiers_ledgerseal;
DROP TRIGGER seal_not_truncated ON dossiers_ledgerseal;
DROP FUNCTION dossiers_ledger_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_dossiers_and_ledger")]

    operations = [migrations.RunSQL(APPEND_ONLY + STATE_NEEDS_EVENT, BACKWARD)]
