"""Days by a fixed offset, and no checks of keys that the dossiers themselves keep."""

import django.db.models.deletion
from django.db import migrations, models

# Việt Nam has been at +07:00 since 1975: the table of time zones cost most of a rebuild.
QUICK = """
CREATE OR REPLACE FUNCTION reporting_day_start(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_bin('24 hours', moment, timestamptz '2000-01-01 00:00:00+07');
CREATE OR REPLACE FUNCTION reporting_half_month(moment timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN date_trunc('month', timezone(interval '7 hours', moment))::date
        + CASE WHEN extract(day FROM timezone(interval '7 hours', moment)) >= 15
            THEN 14 ELSE 0 END;
"""
SLOW = """
CREATE OR REPLACE FUNCTION reporting_day_start(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((moment AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::timestamp
        AT TIME ZONE 'Asia/Ho_Chi_Minh';
"""


def _key(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_facts_wait_to_be_tallied")]

    operations = [
        migrations.AlterField("tally", "agency", _key("organizations.agency")),
        migrations.AlterField("procedureuse", "agency", _key("organizations.agency")),
        migrations.AlterField("procedureuse", "procedure", _key("procedures.procedure")),
        migrations.RunSQL(QUICK, SLOW),
    ]
