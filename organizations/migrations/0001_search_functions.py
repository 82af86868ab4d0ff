"""The accent-blind key of a Vietnamese text, as an immutable function that indexes may use."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

VN_KEY = """
CREATE FUNCTION vn_key(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))),
        '\\s+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    replaces = [
        ("organizations", "0002_search_functions"),
    ]
    initial = True
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(VN_KEY, "DROP FUNCTION vn_key(text)"),
    ]
