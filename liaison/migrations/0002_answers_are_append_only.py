"""The database refuses to change or delete what an agency answered, and its file."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION liaison_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'Trả lời lấy ý kiến chỉ được ghi thêm, không được xóa (%).', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'Trả lời lấy ý kiến không được sửa hay xóa (%).', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION liaison_answer_file_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Văn bản trả lời chỉ được ghi thêm, không được sửa hay xóa (%).', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consultation_answer_stands BEFORE UPDATE OR DELETE ON liaison_consultation
    FOR EACH ROW EXECUTE FUNCTION liaison_answer_stands();
CREATE TRIGGER consultation_not_truncated BEFORE TRUNCATE ON liaison_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_answer_stands();
CREATE TRIGGER answerfile_append_only BEFORE UPDATE OR DELETE ON liaison_answerfile
    FOR EACH ROW EXECUTE FUNCTION liaison_answer_file_stands();
CREATE TRIGGER answerfile_not_truncated BEFORE TRUNCATE ON liaison_answerfile
    FOR EACH STATEMENT EXECUTE FUNCTION liaison_answer_file_stands();
"""
BACKWARD = """
DROP TRIGGER consultation_answer_stands ON liaison_consultation;
DROP TRIGGER consultation_not_truncated ON liaison_consultation;
DROP TRIGGER answerfile_append_only ON liaison_answerfile;
DROP TRIGGER answerfile_not_truncated ON liaison_answerfile;
DROP FUNCTION liaison_answer_stands();
DROP FUNCTION liaison_answer_file_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("liaison", "0001_consultations_of_agencies")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
