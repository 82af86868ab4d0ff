"""Certificates: when the key was proven, when and why one was revoked; from when one signs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("apologies", "0003_posted_letters_by_day"),
        ("organizations", "0006_journal_never_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agencycertificate",
            name="proof_failure",
            field=models.TextField(blank=True, verbose_name="vì sao thử khóa không đạt"),
        ),
        migrations.AddField(
            model_name="agencycertificate",
            name="proven_at",
            field=models.DateTimeField(null=True, verbose_name="thử khóa đạt lúc"),
        ),
        migrations.AddField(
            model_name="agencycertificate",
            name="revocation_reason",
            field=models.TextField(blank=True, verbose_name="lý do thu hồi"),
        ),
        migrations.AddField(
            model_name="agencycertificate",
            name="revoked_at",
            field=models.DateTimeField(null=True, verbose_name="thu hồi lúc"),
        ),
        migrations.AddField(
            model_name="agencycertificate",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signingauthority",
            name="valid_from",
            field=models.DateField(blank=True, null=True, verbose_name="từ ngày"),
        ),
        migrations.AlterField(
            model_name="signingauthority",
            name="holder_title",
            field=models.CharField(
                blank=True,
                max_length=120,
                verbose_name="ký thay, thừa lệnh, thừa ủy quyền của",
            ),
        ),
        migrations.AlterField(
            model_name="signingauthority",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="đến hết ngày"),
        ),
        migrations.AlterField(
            model_name="agencycertificate",
            name="is_active",
            field=models.BooleanField(default=False, verbose_name="đang dùng"),
        ),
    ]
