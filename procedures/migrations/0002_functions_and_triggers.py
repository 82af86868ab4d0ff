"""Versions and rules of the clock never change; the shares of an assignment make a hundred."""

from django.db import migrations

TABLES = (
    "procedures_procedureversion",
    "procedures_channel",
    "procedures_requiredpaper",
    "procedures_legalbasis",
    "procedures_procedureresult",
    "procedures_readingfinding",
)
# A version and the rows below it are never changed and never deleted.
FUNCTION = """
CREATE FUNCTION procedures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Phiên bản thủ tục không sửa, không xóa được; thay đổi là một phiên bản mới.'
        USING ERRCODE = 'restrict_violation';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
"""
# At commit, the shares of the steps make 100, or there are no steps at all.
SHARES = """
CREATE FUNCTION procedures_check_shares() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    total numeric;
BEGIN
    -- Both, because a step may have been moved from one assignment to another.
    FOR checked IN SELECT DISTINCT unnest(ARRAY[NEW.assignment_id, OLD.assignment_id]) LOOP
        SELECT sum(share) INTO total FROM procedures_step WHERE assignment_id = checked;
        IF total <> 100 THEN
            RAISE EXCEPTION 'Tỷ lệ thời gian của các bước phải cộng đủ 100 %%, đang là %.', total
                USING ERRCODE = 'check_violation', CONSTRAINT = 'step_shares_make_a_hundred';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER step_shares_make_a_hundred
AFTER INSERT OR UPDATE OR DELETE ON procedures_step
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION procedures_check_shares();
"""
NO_SHARES = """
DROP TRIGGER step_shares_make_a_hundred ON procedures_step;
DROP FUNCTION procedures_check_shares();
"""
RULES = """
CREATE FUNCTION procedures_refuse_rule_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Quy tắc đã ghi không sửa, không xóa được; hãy ghi quy tắc mới từ ngày khác.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER procedures_clockrule_never_changes BEFORE UPDATE OR DELETE ON procedures_clockrule
FOR EACH ROW EXECUTE FUNCTION procedures_refuse_rule_change();
"""
NO_RULES = """
DROP TRIGGER procedures_clockrule_never_changes ON procedures_clockrule;
DROP FUNCTION procedures_refuse_rule_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("procedures", "0002_versions_never_change"),
        ("procedures", "0003_shares_make_a_hundred"),
        ("procedures", "0005_rules_of_the_clock_never_change"),
    ]
    dependencies = [("procedures", "0001_tables")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION procedures_refuse_change()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER {table}_never_changes ON {table}"
            )
            for table in TABLES
        ),
        migrations.RunSQL(SHARES, NO_SHARES),
        migrations.RunSQL(RULES, NO_RULES),
    ]
