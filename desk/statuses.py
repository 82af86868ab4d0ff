"""What may be done to many dossiers at once, and what became of each of them."""

from django.db import models


class BulkAct(models.TextChoices):
    """Việc làm hàng loạt."""

    TRANSFER = "transfer", "Chuyển cơ quan giải quyết"
    ASSIGN = "assign", "Phân công"
    RETURN = "return", "Trả kết quả"
    PRINT = "print", "In giấy tiếp nhận"


class ItemState(models.TextChoices):
    """Kết quả của từng hồ sơ trong một lần làm hàng loạt."""

    PENDING = "pending", "Chờ làm"
    DONE = "done", "Đã làm"
    REFUSED = "refused", "Không làm được"
