"""The database refuses to change or delete a rule of the clock, as it does with versions."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION procedures_refuse_rule_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Quy tắc đã ghi không sửa, không xóa được; hãy ghi quy tắc mới từ ngày khác.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER procedures_clockrule_never_changes BEFORE UPDATE OR DELETE ON procedures_clockrule
FOR EACH ROW EXECUTE FUNCTION procedures_refuse_rule_change();
"""
BACKWARD = """
DROP TRIGGER procedures_clockrule_never_changes ON procedures_clockrule;
DROP FUNCTION procedures_refuse_rule_change();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_rules_of_the_clock")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
