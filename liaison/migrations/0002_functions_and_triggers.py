"""Answers and handovers stay as they were; papers are in one place, and lists follow them."""

from django.db import migrations

# What an agency answered, and its file.
ANSWERS = """
CREATE FUNCTION liaison_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'Trả lời lấy ý kiến chỉ được ghi thêm, không được xóa (%).', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'Trả lời lấy ý kiến không được sửa hay xóa (%).', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION liaison_answer_file_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Văn bản trả lời chỉ được ghi thêm, không được sửa hay xóa (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consultation_answer_stands BEFORE UPDATE OR DELETE ON liaison_consultation
    FOR EACH ROW EXECUTE FUNCTION liaison_answer_stands();
CREATE TRIGGER consultation_not_truncated BEFORE TRUNCATE ON liaison_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_answer_stands();
CREATE TRIGGER answerfile_append_only BEFORE UPDATE OR DELETE ON liaison_answerfile
    FOR EACH ROW EXECUTE FUNCTION liaison_answer_file_stands();
CREATE TRIGGER answerfile_not_truncated BEFORE TRUNCATE ON liaison_answerfile
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_answer_file_stands();
"""
NO_ANSWERS = """
DROP TRIGGER consultation_answer_stands ON liaison_consultation;
DROP TRIGGER consultation_not_truncated ON liaison_consultation;
DROP TRIGGER answerfile_append_only ON liaison_answerfile;
DROP TRIGGER answerfile_not_truncated ON liaison_answerfile;
DROP FUNCTION liaison_answer_stands();
DROP FUNCTION liaison_answer_file_stands();
"""
# A paper file is in one place, and what was handed over stays as it was.
HANDOVERS = """
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
NO_HANDOVERS = """
DROP TRIGGER handover_item_papers_are_there ON liaison_handoveritem;
DROP TRIGGER handover_item_append_only ON liaison_handoveritem;
DROP TRIGGER handover_item_not_truncated ON liaison_handoveritem;
DROP TRIGGER handover_append_only ON liaison_handoverbatch;
DROP TRIGGER handover_not_truncated ON liaison_handoverbatch;
DROP FUNCTION liaison_papers_are_there();
DROP FUNCTION liaison_handover_stands();
"""
# The copy of where papers are is written by the database alone, from the latest item. Its first
# filling finds nothing here; it is what fills it after handovers were loaded with triggers off.
PLACES = """
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
NO_PLACES = """
DROP TRIGGER paper_file_follows_handovers ON liaison_paperfile;
DROP TRIGGER dossier_ended_files_papers ON dossiers_dossier;
DROP TRIGGER handover_item_moves_papers ON liaison_handoveritem;
DROP FUNCTION liaison_paper_file_is_kept();
DROP FUNCTION liaison_file_papers();
DROP FUNCTION liaison_keep_paper_file();
"""


class Migration(migrations.Migration):
    replaces = [
        ("liaison", "0002_answers_are_append_only"),
        ("liaison", "0004_papers_are_in_one_place"),
        ("liaison", "0007_papers_follow_their_latest_handover"),
    ]
    dependencies = [("liaison", "0001_tables")]

    operations = [
        migrations.RunSQL(ANSWERS, NO_ANSWERS),
        migrations.RunSQL(HANDOVERS, NO_HANDOVERS),
        migrations.RunSQL(PLACES, NO_PLACES),
    ]
