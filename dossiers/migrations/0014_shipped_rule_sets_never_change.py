"""The sets that come with the portal; the database refuses to change what is in force."""

import json
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).parent.parent / "data" / "rule_sets.json"

IN_FORCE = """
CREATE FUNCTION dossiers_rules_in_force() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    begins date;
BEGIN
    IF TG_TABLE_NAME = 'dossiers_rulebook' THEN
        begins := OLD.in_force_from;
    ELSE
        SELECT in_force_from INTO begins FROM dossiers_rulebook WHERE id = OLD.book_id;
    END IF;
    IF begins <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN
        RAISE EXCEPTION 'Bộ quy tắc đã có hiệu lực nên không sửa, không xóa được.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rule_book_in_force BEFORE UPDATE OR DELETE ON dossiers_rulebook
    FOR EACH ROW EXECUTE FUNCTION dossiers_rules_in_force();
CREATE TRIGGER rule_value_in_force BEFORE UPDATE OR DELETE ON dossiers_rulevalue
    FOR EACH ROW EXECUTE FUNCTION dossiers_rules_in_force();
"""
BACKWARD = """
DROP TRIGGER rule_book_in_force ON dossiers_rulebook;
DROP TRIGGER rule_value_in_force ON dossiers_rulevalue;
DROP FUNCTION dossiers_rules_in_force();
"""


def load(apps, schema_editor):
    books = apps.get_model("dossiers", "RuleBook")
    values = apps.get_model("dossiers", "RuleValue")
    for shipped in json.loads(SHIPPED.read_text(encoding="utf-8")):
        book, is_new = books.objects.get_or_create(
            code=shipped["code"],
            defaults={"title": shipped["title"], "in_force_from": shipped["in_force_from"]},
        )
        if is_new:
            values.objects.bulk_create(
                values(book=book, key=key, text=text, article=article, is_verified=is_verified)
                for key, (text, article, is_verified) in shipped["values"].items()
            )


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_rule_sets_are_dated_rows")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(IN_FORCE, BACKWARD),
    ]
