"""What was done about a finding, each sweep and a campaign's final report never change."""

from django.db import migrations

FORWARD = """
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
BACKWARD = """
DROP TRIGGER campaign_not_deleted ON reporting_campaign;
DROP TRIGGER campaign_closed_stands ON reporting_campaign;
DROP TRIGGER finding_not_truncated ON reporting_finding;
DROP TRIGGER finding_not_deleted ON reporting_finding;
DROP TRIGGER finding_step_not_truncated ON reporting_findingstep;
DROP TRIGGER finding_step_append_only ON reporting_findingstep;
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_findings_and_campaigns")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
