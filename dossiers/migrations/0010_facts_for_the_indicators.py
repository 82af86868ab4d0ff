"""Records where it happens what the indicators of Decision 766 count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0009_the_clock_may_stand_still_or_move"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="is_identity_verified",
            field=models.BooleanField(default=False, verbose_name="danh tính đã xác thực"),
        ),
        migrations.AddField(
            model_name="dossier",
            name="online_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("full", "Toàn trình"),
                    ("partial", "Một phần"),
                    ("none", "Không cung cấp trực tuyến"),
                ],
                max_length=10,
                verbose_name="mức trực tuyến",
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="synced_at",
            field=models.DateTimeField(
                null=True, verbose_name="đồng bộ lên Cổng Dịch vụ công quốc gia lúc"
            ),
        ),
        migrations.AddField(
            model_name="dossier",
            name="uses_population_data",
            field=models.BooleanField(default=False, verbose_name="dùng dữ liệu dân cư"),
        ),
        migrations.AddField(
            model_name="dossierpaper",
            name="is_from_store",
            field=models.BooleanField(default=False, verbose_name="lấy từ kho dữ liệu cá nhân"),
        ),
    ]
