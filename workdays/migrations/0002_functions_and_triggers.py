"""A trigger renews the stamp when a row changes, and refuses a day that is both off and worked.

The version comes from a sequence, whose values a rollback never gives out again: a calendar
built inside a transaction that was undone can not be taken for a later one.
"""

from django.db import migrations

TABLES = [
    "workdays_workschedule",
    "workdays_workinghours",
    "workdays_holiday",
    "workdays_makeupday",
]
CREATE = """
CREATE SEQUENCE workdays_calendar_version;

CREATE FUNCTION workdays_stamp_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    clash date;
BEGIN
    -- The row lock lets writers pass one by one, so the check below sees them all.
    INSERT INTO workdays_calendarstamp (id, version)
    VALUES (1, nextval('workdays_calendar_version'))
    ON CONFLICT (id) DO UPDATE SET version = excluded.version;
    SELECT h.date INTO clash FROM workdays_holiday h JOIN workdays_makeupday m USING (date) LIMIT 1;
    IF clash IS NOT NULL THEN
        RAISE EXCEPTION 'Ngày % vừa là ngày nghỉ vừa là ngày làm bù: hãy bỏ một trong hai.',
            to_char(clash, 'DD/MM/YYYY')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'holiday_is_not_make_up_day';
    END IF;
    RETURN NULL;
END
$$;

INSERT INTO workdays_calendarstamp (id, version)
VALUES (1, nextval('workdays_calendar_version'));
"""
DROP = """
DROP FUNCTION workdays_stamp_calendar() CASCADE;
DROP SEQUENCE workdays_calendar_version;
DELETE FROM workdays_calendarstamp;
"""
TRIGGER = """
CREATE TRIGGER workdays_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION workdays_stamp_calendar();
"""


class Migration(migrations.Migration):
    replaces = [
        ("workdays", "0003_stamp_every_change"),
    ]
    dependencies = [("workdays", "0001_tables")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER workdays_stamp ON {table}"
            )
            for table in TABLES
        ),
    ]
