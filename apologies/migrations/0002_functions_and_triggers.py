"""What a head signed is never rewritten or deleted: a wrong letter is withdrawn with a reason.

The certificate may change until the PDF is sealed with it; sent and posted are written once.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION apologies_keep_signed_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND (NEW.dossier_id, NEW.agency_id, NEW.rule_set, NEW.replaces_id, NEW.reason, NEW.fault,
             NEW.promised_at, NEW.new_day, NEW.revision, NEW.number, NEW.year, NEW.symbol,
             NEW.signed_by_id, NEW.signed_at, NEW.signer_name, NEW.signer_title, NEW.authority,
             NEW.holder_title, NEW.verification_code)
            IS NOT DISTINCT FROM
            (OLD.dossier_id, OLD.agency_id, OLD.rule_set, OLD.replaces_id, OLD.reason, OLD.fault,
             OLD.promised_at, OLD.new_day, OLD.revision, OLD.number, OLD.year, OLD.symbol,
             OLD.signed_by_id, OLD.signed_at, OLD.signer_name, OLD.signer_title, OLD.authority,
             OLD.holder_title, OLD.verification_code)
        AND (OLD.status = NEW.status OR (OLD.status = 'signed' AND NEW.status = 'withdrawn'))
        AND (OLD.sent_at IS NULL
             OR (NEW.sent_at, NEW.posted_at, NEW.certificate_id)
                IS NOT DISTINCT FROM (OLD.sent_at, OLD.posted_at, OLD.certificate_id))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Phiếu đã ký không sửa, không xóa được; phiếu sai thì thu hồi.'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER apologies_signed_letter_stays
BEFORE UPDATE OR DELETE ON apologies_apologyletter
FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION apologies_keep_signed_letter();
"""
BACKWARD = """
DROP TRIGGER apologies_signed_letter_stays ON apologies_apologyletter;
DROP FUNCTION apologies_keep_signed_letter();
"""


class Migration(migrations.Migration):
    replaces = [
        ("apologies", "0008_signed_letters_stay"),
    ]
    dependencies = [("apologies", "0001_tables")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
