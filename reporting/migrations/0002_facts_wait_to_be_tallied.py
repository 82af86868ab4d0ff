"""Triggers that queue a dossier when a fact of it is recorded; the arithmetic of half months.

A trigger and not the acts: the acts lie below and must not hear of tallies, and no act can
forget it.
"""

from django.db import migrations

ARITHMETIC = """
CREATE FUNCTION reporting_day_start(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::timestamp
        AT TIME ZONE 'Asia/Ho_Chi_Minh';
CREATE FUNCTION reporting_half_month(moment timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - CASE
        WHEN extract(day FROM moment AT TIME ZONE 'Asia/Ho_Chi_Minh') >= 15
        THEN extract(day FROM moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::int - 15
        ELSE extract(day FROM moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::int - 1 END;
"""

# The first moment that is too late for a promise. While a supplement is waited for the dossier
# stands as it stood at the request; the time waited is subtracted (law.md 1.4, 2 and 3).
TURN = """
CREATE FUNCTION reporting_too_late_from(promise timestamptz, by_day boolean)
    RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN by_day THEN reporting_day_start(promise) + interval '24 hours'
        ELSE promise + interval '1 microsecond' END;
CREATE FUNCTION reporting_overdue_from(
    too_late_from timestamptz, asked_at timestamptz, received_at timestamptz
) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN asked_at IS NULL OR asked_at >= too_late_from THEN too_late_from
        ELSE too_late_from + (received_at - asked_at) END;
"""

QUEUE = """
CREATE FUNCTION reporting_dossiers_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_waitingdossier (dossier_id)
        SELECT dossier_id FROM recorded WHERE dossier_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE FUNCTION reporting_dossier_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_waitingdossier (dossier_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION reporting_petitions_dossiers_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_waitingdossier (dossier_id)
        SELECT dossier_id FROM (VALUES (OLD.dossier_id), (NEW.dossier_id)) AS named (dossier_id)
        WHERE dossier_id IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER event_waits_to_be_tallied AFTER INSERT ON dossiers_dossierevent
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_dossiers_wait();
CREATE TRIGGER rating_waits_to_be_tallied AFTER INSERT ON feedback_rating
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_dossiers_wait();
CREATE TRIGGER fee_waits_to_be_tallied AFTER UPDATE ON dossiers_fee
    REFERENCING NEW TABLE AS recorded
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_dossiers_wait();
CREATE TRIGGER sync_waits_to_be_tallied AFTER UPDATE OF synced_at ON dossiers_dossier
    FOR EACH ROW WHEN (OLD.synced_at IS DISTINCT FROM NEW.synced_at)
    EXECUTE FUNCTION reporting_dossier_waits();
CREATE TRIGGER petition_waits_to_be_tallied
    AFTER UPDATE OF dossier_id, received_at ON feedback_petition
    FOR EACH ROW EXECUTE FUNCTION reporting_petitions_dossiers_wait();
"""

# An assignment keeps only its latest state; the past must be asked too.
OFFERED = """
CREATE FUNCTION reporting_service_offered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        UPDATE reporting_offeredservice SET until = now()
        WHERE agency_id = OLD.agency_id AND procedure_id = OLD.procedure_id AND until IS NULL;
    END IF;
    IF NEW.is_active THEN
        INSERT INTO reporting_offeredservice (agency_id, procedure_id, is_online, since)
        VALUES (NEW.agency_id, NEW.procedure_id, NEW.online_level <> 'none', CASE
            WHEN TG_OP = 'INSERT' THEN least(NEW.published_at, now()) ELSE now() END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER assignment_is_offered AFTER INSERT ON procedures_procedureassignment
    FOR EACH ROW EXECUTE FUNCTION reporting_service_offered();
CREATE TRIGGER assignment_is_offered_anew
    AFTER UPDATE OF agency_id, procedure_id, is_active, online_level
    ON procedures_procedureassignment FOR EACH ROW
    WHEN ((OLD.agency_id, OLD.procedure_id, OLD.is_active, OLD.online_level <> 'none')
        IS DISTINCT FROM (NEW.agency_id, NEW.procedure_id, NEW.is_active,
            NEW.online_level <> 'none'))
    EXECUTE FUNCTION reporting_service_offered();
INSERT INTO reporting_offeredservice (agency_id, procedure_id, is_online, since)
    SELECT agency_id, procedure_id, online_level <> 'none', least(published_at, now())
    FROM procedures_procedureassignment WHERE is_active;
"""

FROZEN = """
CREATE TRIGGER snapshot_append_only BEFORE UPDATE OR DELETE ON reporting_periodsnapshot
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER snapshot_not_truncated BEFORE TRUNCATE ON reporting_periodsnapshot
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""

BACKWARD = """
DROP TRIGGER assignment_is_offered ON procedures_procedureassignment;
DROP TRIGGER assignment_is_offered_anew ON procedures_procedureassignment;
DROP FUNCTION reporting_service_offered();
DROP TRIGGER snapshot_append_only ON reporting_periodsnapshot;
DROP TRIGGER snapshot_not_truncated ON reporting_periodsnapshot;
DROP TRIGGER event_waits_to_be_tallied ON dossiers_dossierevent;
DROP TRIGGER rating_waits_to_be_tallied ON feedback_rating;
DROP TRIGGER fee_waits_to_be_tallied ON dossiers_fee;
DROP TRIGGER sync_waits_to_be_tallied ON dossiers_dossier;
DROP TRIGGER petition_waits_to_be_tallied ON feedback_petition;
DROP FUNCTION reporting_petitions_dossiers_wait();
DROP FUNCTION reporting_dossier_waits();
DROP FUNCTION reporting_dossiers_wait();
DROP FUNCTION reporting_overdue_from(timestamptz, timestamptz, timestamptz);
DROP FUNCTION reporting_too_late_from(timestamptz, boolean);
DROP FUNCTION reporting_half_month(timestamptz);
DROP FUNCTION reporting_day_start(timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_tallies_and_snapshots"),
        ("dossiers", "0002_ledger_is_append_only"),
        ("feedback", "0001_petitions_and_ratings"),
        ("procedures", "0003_shares_make_a_hundred"),
    ]

    operations = [migrations.RunSQL(ARITHMETIC + TURN + QUEUE + OFFERED + FROZEN, BACKWARD)]
