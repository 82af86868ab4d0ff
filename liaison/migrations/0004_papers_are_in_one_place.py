"""The database keeps a paper file in one place, and what was handed over as it was."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION liaison_handover_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := CASE TG_TABLE_NAME
        WHEN 'liaison_handoverbatch' THEN ARRAY['settled_at']
        ELSE ARRAY['outcome', 'reason', 'settled_by_id', 'settled_at'] END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.settled_at IS NULL AND to_jsonb(NEW) - may_change = to_jsonb(OLD) - may_change THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Biên bản bàn giao chỉ được ghi thêm, không được sửa hay xóa (%).',
        TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER handover_append_only BEFORE UPDATE OR DELETE ON liaison_handoverbatch
    FOR EACH ROW EXECUTE FUNCTION liaison_handover_stands();
CREATE TRIGGER handover_not_truncated BEFORE TRUNCATE ON liaison_handoverbatch
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_handover_stands();
CREATE TRIGGER handover_item_append_only BEFORE UPDATE OR DELETE ON liaison_handoveritem
    FOR EACH ROW EXECUTE FUNCTION liaison_handover_stands();
CREATE TRIGGER handover_item_not_truncated BEFORE TRUNCATE ON liaison_handoveritem
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_handover_stands();

-- Nobody gives away what is not in their hands; what came besides is where it was found.
CREATE FUNCTION liaison_papers_are_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given liaison_handoverbatch;
    latest record;
    are_there boolean;
BEGIN
    IF NEW.outcome = 'extra' THEN
        RETURN NEW;
    END IF;
    SELECT * INTO given FROM liaison_handoverbatch WHERE id = NEW.batch_id;
    SELECT item.outcome, batch.from_counter_id, batch.from_agency_id,
        batch.to_counter_id, batch.to_agency_id
    INTO latest
    FROM liaison_handoveritem item JOIN liaison_handoverbatch batch ON batch.id = item.batch_id
    WHERE item.dossier_id = NEW.dossier_id ORDER BY item.id DESC LIMIT 1;
    IF NOT FOUND THEN
        are_there := EXISTS (
            SELECT 1 FROM dossiers_dossier WHERE id = NEW.dossier_id AND (
                counter_id = given.from_counter_id
                OR (given.carries = 'result' AND agency_id = given.from_agency_id)
            )
        );
    ELSIF latest.outcome IN ('received', 'extra') THEN
        are_there := (latest.to_counter_id, latest.to_agency_id)
            IS NOT DISTINCT FROM (given.from_counter_id, given.from_agency_id);
    ELSE
        are_there := (latest.from_counter_id, latest.from_agency_id)
            IS NOT DISTINCT FROM (given.from_counter_id, given.from_agency_id);
    END IF;
    IF NOT are_there THEN
        RAISE EXCEPTION 'Hồ sơ giấy không ở bên giao nên không bàn giao được.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER handover_item_papers_are_there BEFORE INSERT ON liaison_handoveritem
    FOR EACH ROW EXECUTE FUNCTION liaison_papers_are_there();
"""
BACKWARD = """
DROP TRIGGER handover_item_papers_are_there ON liaison_handoveritem;
DROP TRIGGER handover_item_append_only ON liaison_handoveritem;
DROP TRIGGER handover_item_not_truncated ON liaison_handoveritem;
DROP TRIGGER handover_append_only ON liaison_handoverbatch;
DROP TRIGGER handover_not_truncated ON liaison_handoverbatch;
DROP FUNCTION liaison_papers_are_there();
DROP FUNCTION liaison_handover_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("liaison", "0003_handovers_of_papers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
