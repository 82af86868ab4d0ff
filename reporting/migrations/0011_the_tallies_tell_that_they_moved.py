"""One row that tells whether the tallies are still what they were."""

import django.db.models.functions.datetime
from django.db import migrations, models

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
BACKWARD = """
DROP TRIGGER change_is_noted ON reporting_tally;
DROP FUNCTION reporting_tallies_moved();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0010_agencies_assess_their_reform")]

    operations = [
        migrations.CreateModel(
            name="TallyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="thay đổi lúc",
                    ),
                ),
            ],
            options={"verbose_name": "thay đổi của số cộng dồn"},
        ),
        migrations.RunSQL(NOTED, BACKWARD),
    ]
