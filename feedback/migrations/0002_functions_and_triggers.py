"""The database refuses to change events, votes, ratings and moderations, or a state alone."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION feedback_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Dữ liệu này chỉ được ghi thêm, không được sửa hay xóa (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
"""
TABLES = ("petitionevent", "petitionvote", "rating", "ratingmoderation")
GUARDS = "".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON feedback_{table}
    FOR EACH ROW EXECUTE FUNCTION feedback_append_only();
CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON feedback_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION feedback_append_only();
"""
    for table in TABLES
)
# Deferred to the commit: the act may write the petition before or after its event.
STATE_NEEDS_EVENT = """
CREATE FUNCTION feedback_state_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM feedback_petitionevent
        WHERE petition_id = NEW.id AND sequence = NEW.event_count AND to_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'Phản ánh % đổi trạng thái mà không có sự kiện.', NEW.code
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER petition_state_has_event
    AFTER INSERT OR UPDATE OF status, event_count ON feedback_petition
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION feedback_state_has_event();
"""
BACKWARD = (
    "DROP TRIGGER petition_state_has_event ON feedback_petition;"
    "DROP FUNCTION feedback_state_has_event();"
    + "".join(
        f"DROP TRIGGER {table}_append_only ON feedback_{table};"
        f"DROP TRIGGER {table}_not_truncated ON feedback_{table};"
        for table in TABLES
    )
    + "DROP FUNCTION feedback_append_only();"
)


class Migration(migrations.Migration):
    replaces = [
        ("feedback", "0002_traces_are_append_only"),
    ]
    dependencies = [("feedback", "0001_tables")]

    operations = [
        migrations.RunSQL(APPEND_ONLY + GUARDS + STATE_NEEDS_EVENT, BACKWARD),
    ]
