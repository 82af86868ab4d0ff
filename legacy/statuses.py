"""What may become of a row of an old system's export."""

from django.db import models


class RowOutcome(models.TextChoices):
    """Kết quả của một dòng."""

    IMPORTED = "imported", "Đã nhập"
    READY = "ready", "Nhập được"
    REPEATED = "repeated", "Đã nhập trước đó"
    REFUSED = "refused", "Không nhập được"
