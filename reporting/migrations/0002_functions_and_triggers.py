"""What queues a dossier to be tallied, the arithmetic of half months, and what never changes.

Triggers and not the acts queue: the acts lie below and must not hear of tallies, and no act can
forget it.
"""

from django.db import migrations

# Việt Nam has been at +07:00 since 1975: the table of time zones cost most of a rebuild.
ARITHMETIC = """
CREATE FUNCTION reporting_day_start(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('24 hours', moment, timestamptz '2000-01-01 00:00:00+07');
CREATE FUNCTION reporting_half_month(moment timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_trunc('month', timezone(interval '7 hours', moment))::date
        + CASE WHEN extract(day FROM timezone(interval '7 hours', moment)) >= 15
            THEN 14 ELSE 0 END;
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
"""
SNAPSHOTS = """
CREATE TRIGGER snapshot_append_only BEFORE UPDATE OR DELETE ON reporting_periodsnapshot
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER snapshot_not_truncated BEFORE TRUNCATE ON reporting_periodsnapshot
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
NO_TALLIES = """
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
# Reports as they were submitted, and grades that people gave.
REPORTS = """
CREATE TRIGGER report_append_only BEFORE UPDATE OR DELETE ON reporting_submittedreport
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER report_not_truncated BEFORE TRUNCATE ON reporting_submittedreport
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
NO_REPORTS = """
DROP TRIGGER report_append_only ON reporting_submittedreport;
DROP TRIGGER report_not_truncated ON reporting_submittedreport;
"""
GRADES = """
CREATE TRIGGER grade_append_only BEFORE UPDATE OR DELETE ON reporting_dutygrade
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER grade_not_truncated BEFORE TRUNCATE ON reporting_dutygrade
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
"""
NO_GRADES = """
DROP TRIGGER grade_append_only ON reporting_dutygrade;
DROP TRIGGER grade_not_truncated ON reporting_dutygrade;
"""
# Whatever the components that count procedures are read from.
SOURCES = (
    "procedures_procedure",
    "procedures_procedureversion",
    "procedures_channel",
    "procedures_requiredpaper",
    "procedures_decision",
    "procedures_decisionitem",
    "reporting_offeredservice",
)
SERVICES = """
CREATE FUNCTION reporting_services_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_servicechange DEFAULT VALUES;
    RETURN NULL;
END $$;
"""
SERVICE_TRIGGERS = "".join(
    f"""
CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE OR DELETE ON {source}
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_services_changed();
"""
    for source in SOURCES
)
NO_SERVICES = (
    "".join(f"DROP TRIGGER change_is_noted ON {source};" for source in SOURCES)
    + "DROP FUNCTION reporting_services_changed();"
)
# What was done about a finding, each sweep and a campaign's final report.
FINDINGS = """
CREATE TRIGGER finding_step_append_only BEFORE UPDATE OR DELETE ON reporting_findingstep
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER finding_step_not_truncated BEFORE TRUNCATE ON reporting_findingstep
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER finding_not_deleted BEFORE DELETE ON reporting_finding
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER finding_not_truncated BEFORE TRUNCATE ON reporting_finding
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER campaign_closed_stands BEFORE UPDATE ON reporting_campaign
    FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL)
    EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER campaign_not_deleted BEFORE DELETE ON reporting_campaign
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
"""
NO_FINDINGS = """
DROP TRIGGER campaign_not_deleted ON reporting_campaign;
DROP TRIGGER campaign_closed_stands ON reporting_campaign;
DROP TRIGGER finding_not_truncated ON reporting_finding;
DROP TRIGGER finding_not_deleted ON reporting_finding;
DROP TRIGGER finding_step_not_truncated ON reporting_findingstep;
DROP TRIGGER finding_step_append_only ON reporting_findingstep;
"""
# What was judged about the reform of an agency, once its sheet is closed.
REFORM = """
CREATE TRIGGER reform_event_append_only BEFORE UPDATE OR DELETE ON reporting_reformevent
    FOR EACH ROW EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE TRIGGER reform_event_not_truncated BEFORE TRUNCATE ON reporting_reformevent
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_ledger_append_only();
CREATE FUNCTION reporting_closed_sheet_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
BEGIN
    IF EXISTS (SELECT FROM reporting_reformsheet s WHERE s.id = sheet AND s.status = 'closed') THEN
        RAISE EXCEPTION 'Phiếu đã chốt: điểm và minh chứng không được thay đổi.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reform_score_stands BEFORE INSERT OR UPDATE OR DELETE ON reporting_reformscore
    FOR EACH ROW EXECUTE FUNCTION reporting_closed_sheet_stands();
CREATE TRIGGER reform_evidence_stands BEFORE INSERT OR UPDATE OR DELETE ON reporting_reformevidence
    FOR EACH ROW EXECUTE FUNCTION reporting_closed_sheet_stands();
CREATE FUNCTION reporting_sheet_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'closed' THEN
        RAISE EXCEPTION 'Phiếu đã chốt không được mở lại hay xóa.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reform_sheet_stays_closed BEFORE UPDATE OR DELETE ON reporting_reformsheet
    FOR EACH ROW EXECUTE FUNCTION reporting_sheet_stays_closed();
"""
NO_REFORM = """
DROP TRIGGER reform_sheet_stays_closed ON reporting_reformsheet;
DROP FUNCTION reporting_sheet_stays_closed();
DROP TRIGGER reform_evidence_stands ON reporting_reformevidence;
DROP TRIGGER reform_score_stands ON reporting_reformscore;
DROP FUNCTION reporting_closed_sheet_stands();
DROP TRIGGER reform_event_not_truncated ON reporting_reformevent;
DROP TRIGGER reform_event_append_only ON reporting_reformevent;
"""
# Only one moves the tallies at a time, so that one row in place of another waits for nobody.
NOTED = """
CREATE FUNCTION reporting_tallies_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM reporting_tallychange;
    INSERT INTO reporting_tallychange DEFAULT VALUES;
    RETURN NULL;
END $$;
CREATE TRIGGER change_is_noted
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON reporting_tally
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_tallies_moved();
"""
NOT_NOTED = """
DROP TRIGGER change_is_noted ON reporting_tally;
DROP FUNCTION reporting_tallies_moved();
"""


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0002_facts_wait_to_be_tallied"),
        ("reporting", "0003_rebuilding_costs_less"),
        ("reporting", "0004_reports_are_submitted"),
        ("reporting", "0006_people_grade_what_is_not_counted"),
        ("reporting", "0007_what_was_counted_still_holds"),
        ("reporting", "0009_what_was_done_about_findings_stays"),
        ("reporting", "0010_agencies_assess_their_reform"),
        ("reporting", "0011_the_tallies_tell_that_they_moved"),
    ]
    dependencies = [("reporting", "0001_tables")]

    operations = [
        migrations.RunSQL(ARITHMETIC + TURN + QUEUE + OFFERED + SNAPSHOTS, NO_TALLIES),
        migrations.RunSQL(REPORTS, NO_REPORTS),
        migrations.RunSQL(GRADES, NO_GRADES),
        migrations.RunSQL(SERVICES + SERVICE_TRIGGERS, NO_SERVICES),
        migrations.RunSQL(FINDINGS, NO_FINDINGS),
        migrations.RunSQL(REFORM, NO_REFORM),
        migrations.RunSQL(NOTED, NOT_NOTED),
    ]
