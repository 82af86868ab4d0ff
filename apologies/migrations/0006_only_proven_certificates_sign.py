"""The database keeps certificates without a proven key, or revoked ones, from being used."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("apologies", "0005_certificates_in_use_are_proven")]

    operations = [
        migrations.AddConstraint(
            model_name="agencycertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_active", False),
                    models.Q(("proven_at__isnull", False), ("revoked_at__isnull", True)),
                    _connector="OR",
                ),
                name="certificate_active_is_proven_and_not_revoked",
                violation_error_message="Chỉ dùng được chứng thư số đã thử khóa đạt và chưa bị thu hồi.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agencycertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revocation_reason", ""),
                        ("revoked_at__isnull", True),
                        ("revoked_by__isnull", True),
                    ),
                    models.Q(
                        ("revoked_at__isnull", False),
                        ("revoked_by__isnull", False),
                        models.Q(("revocation_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificate_revoked_says_why",
                violation_error_message="Chứng thư số thu hồi phải có người, thời điểm và lý do.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingauthority",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="authority_ends_after_it_begins",
                violation_error_message="Thẩm quyền ký phải kết thúc sau ngày bắt đầu.",
            ),
        ),
    ]
