"""The ledger, the calendar's history, rules in force and corrections: what never changes.

And no change of state without an event. The sets of rules that come with the portal are the
first rows.
"""

import json
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parent.parent / "data" / "rule_sets.json"

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
NO_LEDGER = """
DROP TRIGGER dossier_state_has_event ON dossiers_dossier;
DROP FUNCTION dossiers_state_has_event();
DROP TRIGGER event_append_only ON dossiers_dossierevent;
DROP TRIGGER event_not_truncated ON dossiers_dossierevent;
DROP TRIGGER seal_append_only ON dossiers_ledgerseal;
DROP TRIGGER seal_not_truncated ON dossiers_ledgerseal;
DROP FUNCTION dossiers_ledger_append_only();
"""
CALENDAR_HISTORY = """
CREATE FUNCTION dossiers_calendar_history_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Lịch sử sửa lịch chỉ được ghi thêm, không được sửa hay xóa.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER calendar_edit_append_only BEFORE UPDATE OR DELETE ON dossiers_calendaredit
    FOR EACH ROW EXECUTE FUNCTION dossiers_calendar_history_append_only();
CREATE TRIGGER calendar_edit_not_truncated BEFORE TRUNCATE ON dossiers_calendaredit
    FOR EACH STATEMENT EXECUTE FUNCTION dossiers_calendar_history_append_only();
"""
NO_CALENDAR_HISTORY = "DROP FUNCTION dossiers_calendar_history_append_only() CASCADE"
IN_FORCE = """
CREATE FUNCTION dossiers_rules_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begins date;
BEGIN
    IF TG_TABLE_NAME = 'dossiers_rulebook' THEN
        begins := OLD.in_force_from;
    ELSE
        SELECT in_force_from INTO begins FROM dossiers_rulebook WHERE id = OLD.book_id;
    END IF;
    IF begins <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        RAISE EXCEPTION 'Bộ quy tắc đã có hiệu lực nên không sửa, không xóa được.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rule_book_in_force BEFORE UPDATE OR DELETE ON dossiers_rulebook
    FOR EACH ROW EXECUTE FUNCTION dossiers_rules_in_force();
CREATE TRIGGER rule_value_in_force BEFORE UPDATE OR DELETE ON dossiers_rulevalue
    FOR EACH ROW EXECUTE FUNCTION dossiers_rules_in_force();
"""
NO_RULES_IN_FORCE = """
DROP TRIGGER rule_book_in_force ON dossiers_rulebook;
DROP TRIGGER rule_value_in_force ON dossiers_rulevalue;
DROP FUNCTION dossiers_rules_in_force();
"""
# A correction is decided once, with its event.
CORRECTIONS = """
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
NO_CORRECTIONS = """
DROP TRIGGER correction_has_event ON dossiers_correction;
DROP FUNCTION dossiers_correction_has_event();
DROP TRIGGER correction_stands ON dossiers_correction;
DROP TRIGGER correction_not_truncated ON dossiers_correction;
DROP FUNCTION dossiers_correction_stands();
"""


def load(apps, schema_editor):
    books = apps.get_model("dossiers", "RuleBook")
    values = apps.get_model("dossiers", "RuleValue")
    for shipped in json.loads(SHIPPED.read_text(encoding="utf-8")):
        book, is_new = books.objects.get_or_create(
            code=shipped["code"],
            defaults={"title": shipped["title"], "in_force_from": shipped["in_force_from"]},
        )
        if is_new:
            values.objects.bulk_create(
                values(book=book, key=key, text=text, article=article, is_verified=is_verified)
                for key, (text, article, is_verified) in shipped["values"].items()
            )


class Migration(migrations.Migration):
    replaces = [
        ("dossiers", "0002_ledger_is_append_only"),
        ("dossiers", "0004_history_of_the_calendar"),
        ("dossiers", "0014_shipped_rule_sets_never_change"),
        ("dossiers", "0020_corrections_are_append_only"),
    ]
    dependencies = [("dossiers", "0001_tables")]

    operations = [
        migrations.RunSQL(APPEND_ONLY + STATE_NEEDS_EVENT, NO_LEDGER),
        migrations.RunSQL(CALENDAR_HISTORY, NO_CALENDAR_HISTORY),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(IN_FORCE, NO_RULES_IN_FORCE),
        migrations.RunSQL(CORRECTIONS, NO_CORRECTIONS),
    ]
