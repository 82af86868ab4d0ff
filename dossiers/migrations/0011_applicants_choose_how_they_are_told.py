"""People who file say how they wish to be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0010_facts_for_the_indicators"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="contact_preference",
            field=models.CharField(
                choices=[
                    ("any", "Tin nhắn, không có số di động thì thư điện tử"),
                    ("sms", "Tin nhắn SMS"),
                    ("email", "Thư điện tử"),
                    ("both", "Cả tin nhắn và thư điện tử"),
                    ("none", "Không nhận tin"),
                ],
                default="any",
                max_length=5,
                verbose_name="cách nhận thông báo",
            ),
        ),
    ]
