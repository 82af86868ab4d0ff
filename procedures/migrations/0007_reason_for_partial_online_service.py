"""Why an agency offers a procedure online only in part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0006_decisions_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureassignment",
            name="online_reason",
            field=models.TextField(
                blank=True, db_default="", verbose_name="lý do chưa cung cấp toàn trình"
            ),
        ),
    ]
