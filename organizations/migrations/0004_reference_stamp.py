"""Stamps that are renewed whenever something changes by which requests are judged.

Who a token belongs to, what the person may do, which agencies and counters there are: a process
that answers from memory has the statement that writes compare the versions. They come from a
sequence, whose values a rollback never gives out again.
"""

from django.db import migrations, models

TABLES = [
    "knox_authtoken",
    "organizations_agency",
    "organizations_membership",
    "organizations_servicecounter",
    "organizations_substitution",
]
CREATE = """
CREATE SEQUENCE organizations_reference_version;

CREATE FUNCTION organizations_stamp_reference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organizations_referencestamp ("table", version)
    VALUES (TG_TABLE_NAME, nextval('organizations_reference_version'))
    ON CONFLICT ("table") DO UPDATE SET version = excluded.version;
    RETURN NULL;
END
$$;
"""
DROP = """
DROP FUNCTION organizations_stamp_reference() CASCADE;
DROP SEQUENCE organizations_reference_version;
DELETE FROM organizations_referencestamp;
"""
TRIGGER = """
CREATE TRIGGER reference_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_reference();
"""
# Each sign-in writes `last_login`, which judges nothing.
USERS = """
CREATE TRIGGER reference_stamp AFTER INSERT OR DELETE OR TRUNCATE OR UPDATE OF
    id, password, username, full_name, title, phone, email, is_active, must_change_password,
    created_at
ON organizations_user FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_reference();
"""
NO_TRIGGER = "DROP TRIGGER reference_stamp ON {table}"


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0003_functions_and_triggers"),
        ("knox", "0009_extend_authtoken_field"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReferenceStamp",
            fields=[
                (
                    "table",
                    models.CharField(
                        max_length=63, primary_key=True, serialize=False, verbose_name="bảng"
                    ),
                ),
                ("version", models.BigIntegerField(verbose_name="phiên bản")),
            ],
            options={
                "verbose_name": "dấu phiên bản dữ liệu nền",
                "verbose_name_plural": "dấu phiên bản dữ liệu nền",
            },
        ),
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(USERS, NO_TRIGGER.format(table="organizations_user")),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), NO_TRIGGER.format(table=table))
            for table in TABLES
        ),
    ]
