"""Rows that tell whether what was counted still holds: changes of services, and rebuilds."""

import django.db.models.functions.datetime
from django.db import migrations, models

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
FUNCTION = """
CREATE FUNCTION reporting_services_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_servicechange DEFAULT VALUES;
    RETURN NULL;
END $$;
"""
TRIGGERS = "".join(
    f"""
CREATE TRIGGER change_is_noted AFTER INSERT OR UPDATE OR DELETE ON {source}
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_services_changed();
"""
    for source in SOURCES
)
BACKWARD = (
    "".join(f"DROP TRIGGER change_is_noted ON {source};" for source in SOURCES)
    + "DROP FUNCTION reporting_services_changed();"
)


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0006_people_grade_what_is_not_counted"),
        ("procedures", "0003_shares_make_a_hundred"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceChange",
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
            options={"verbose_name": "thay đổi của thủ tục"},
        ),
        migrations.CreateModel(
            name="TallyRebuild",
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
                        verbose_name="cộng lại lúc",
                    ),
                ),
                ("dossiers", models.PositiveIntegerField(verbose_name="số hồ sơ")),
                ("differences", models.PositiveIntegerField(verbose_name="số dòng khác")),
            ],
            options={"verbose_name": "lần cộng lại số liệu"},
        ),
        migrations.RunSQL(FUNCTION + TRIGGERS, BACKWARD),
    ]
