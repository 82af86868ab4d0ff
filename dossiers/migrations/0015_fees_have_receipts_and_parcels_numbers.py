"""Fees settled after acceptance are numbered; a result sent by post has its parcel's number."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0014_shipped_rule_sets_never_change"),
        ("organizations", "0006_journal_never_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("last", models.PositiveIntegerField(verbose_name="số cuối")),
            ],
            options={
                "verbose_name": "bộ đếm biên lai",
            },
        ),
        migrations.AddField(
            model_name="fee",
            name="receipt_agency",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.agency",
            ),
        ),
        migrations.AddField(
            model_name="fee",
            name="receipt_number",
            field=models.PositiveIntegerField(null=True, verbose_name="số biên lai"),
        ),
        migrations.AddField(
            model_name="fee",
            name="receipt_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="năm của biên lai"),
        ),
        migrations.AddField(
            model_name="result",
            name="tracking_number",
            field=models.CharField(blank=True, max_length=40, verbose_name="số hiệu bưu gửi"),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.UniqueConstraint(
                fields=("receipt_agency", "receipt_year", "receipt_number"),
                name="fee_receipt_number_unique",
                violation_error_message="Số biên lai này đã dùng trong năm. Hãy thu lại lần nữa.",
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("receipt_agency__isnull", True),
                        ("receipt_number__isnull", True),
                        ("receipt_year__isnull", True),
                    ),
                    models.Q(
                        ("paid_at__isnull", False),
                        ("receipt_agency__isnull", False),
                        ("receipt_number__gte", 1),
                        ("receipt_year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="fee_receipt_is_whole",
                violation_error_message="Biên lai phải có cơ quan, năm, số và thời điểm thu.",
            ),
        ),
        migrations.AddField(
            model_name="receiptcounter",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="receiptcounter",
            constraint=models.UniqueConstraint(
                fields=("agency", "year"),
                name="receipt_counter_one_for_agency_and_year",
                violation_error_message="Mỗi cơ quan chỉ có một bộ đếm biên lai trong một năm.",
            ),
        ),
    ]
