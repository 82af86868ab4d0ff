"""The copy of where papers are is written by the database alone, from the latest item."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION liaison_keep_paper_file() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given liaison_handoverbatch;
    arrived boolean := NEW.outcome IN ('received', 'extra');
BEGIN
    SELECT * INTO given FROM liaison_handoverbatch WHERE id = NEW.batch_id;
    INSERT INTO liaison_paperfile AS known
        (dossier_id, item_id, counter_id, agency_id, since, is_filed)
    SELECT NEW.dossier_id, NEW.id,
        CASE WHEN arrived THEN given.to_counter_id ELSE given.from_counter_id END,
        CASE WHEN arrived THEN given.to_agency_id ELSE given.from_agency_id END,
        COALESCE(NEW.settled_at, given.given_at),
        status IN ('returned', 'declined', 'stopped', 'withdrawn', 'not_accepted')
    FROM dossiers_dossier WHERE id = NEW.dossier_id
    ON CONFLICT (dossier_id) DO UPDATE SET item_id = EXCLUDED.item_id,
        counter_id = EXCLUDED.counter_id, agency_id = EXCLUDED.agency_id, since = EXCLUDED.since
    WHERE known.item_id <= EXCLUDED.item_id;
    RETURN NULL;
END $$;
CREATE TRIGGER handover_item_moves_papers AFTER INSERT OR UPDATE ON liaison_handoveritem
    FOR EACH ROW EXECUTE FUNCTION liaison_keep_paper_file();

-- Once in the life of a dossier: its papers leave the lists of what is in work.
CREATE FUNCTION liaison_file_papers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE liaison_paperfile SET is_filed = true WHERE dossier_id = NEW.id AND NOT is_filed;
    RETURN NULL;
END $$;
CREATE TRIGGER dossier_ended_files_papers AFTER UPDATE OF status ON dossiers_dossier
    FOR EACH ROW WHEN (
        OLD.status IS DISTINCT FROM NEW.status
        AND NEW.status IN ('returned', 'declined', 'stopped', 'withdrawn', 'not_accepted')
    ) EXECUTE FUNCTION liaison_file_papers();

CREATE FUNCTION liaison_paper_file_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'Nơi giữ hồ sơ giấy chỉ đổi theo biên bản bàn giao.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

INSERT INTO liaison_paperfile (dossier_id, item_id, counter_id, agency_id, since, is_filed)
SELECT DISTINCT ON (item.dossier_id) item.dossier_id, item.id,
    CASE WHEN item.outcome IN ('received', 'extra')
        THEN given.to_counter_id ELSE given.from_counter_id END,
    CASE WHEN item.outcome IN ('received', 'extra')
        THEN given.to_agency_id ELSE given.from_agency_id END,
    COALESCE(item.settled_at, given.given_at),
    dossier.status IN ('returned', 'declined', 'stopped', 'withdrawn', 'not_accepted')
FROM liaison_handoveritem item
JOIN liaison_handoverbatch given ON given.id = item.batch_id
JOIN dossiers_dossier dossier ON dossier.id = item.dossier_id
ORDER BY item.dossier_id, item.id DESC;

CREATE TRIGGER paper_file_follows_handovers BEFORE INSERT OR UPDATE OR DELETE ON liaison_paperfile
    FOR EACH ROW EXECUTE FUNCTION liaison_paper_file_is_kept();
"""
BACKWARD = """
DROP TRIGGER paper_file_follows_handovers ON liaison_paperfile;
DROP TRIGGER dossier_ended_files_papers ON dossiers_dossier;
DROP TRIGGER handover_item_moves_papers ON liaison_handoveritem;
DROP FUNCTION liaison_paper_file_is_kept();
DROP FUNCTION liaison_file_papers();
DROP FUNCTION liaison_keep_paper_file();
"""


class Migration(migrations.Migration):
    dependencies = [("liaison", "0006_lists_of_papers_by_place")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
