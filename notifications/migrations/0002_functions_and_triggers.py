"""The database refuses to change what happened to a message."""

from django.db import migrations

WRITTEN_ONCE = """
CREATE FUNCTION notifications_delivery_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Diễn biến gửi chỉ được ghi thêm, không được sửa hay xóa (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER delivery_written_once BEFORE UPDATE OR DELETE ON notifications_delivery
    FOR EACH ROW EXECUTE FUNCTION notifications_delivery_written_once();
CREATE TRIGGER delivery_not_truncated BEFORE TRUNCATE ON notifications_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION notifications_delivery_written_once();
"""
BACKWARD = """
DROP TRIGGER delivery_written_once ON notifications_delivery;
DROP TRIGGER delivery_not_truncated ON notifications_delivery;
DROP FUNCTION notifications_delivery_written_once();
"""


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0002_deliveries_are_written_once"),
    ]
    dependencies = [("notifications", "0001_tables")]

    operations = [
        migrations.RunSQL(WRITTEN_ONCE, BACKWARD),
    ]
