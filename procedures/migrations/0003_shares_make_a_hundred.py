"""At commit, the shares of an assignment's steps make 100 (or there are no steps at all)."""

from django.db import migrations

FORWARD = """
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
BACKWARD = """
DROP TRIGGER step_shares_make_a_hundred ON procedures_step;
DROP FUNCTION procedures_check_shares();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0002_versions_never_change")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
