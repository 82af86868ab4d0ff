"""The stamps by which a process knows that what it read before still stands."""

from django.db import models


class ReferenceStamp(models.Model):
    """Dấu phiên bản dữ liệu nền: a row for each table by which an act is judged.

    A trigger renews it with each change of the table. Each table has its own, so that a long
    change of one holds up nobody who changes another.
    """

    table = models.CharField("bảng", max_length=63, primary_key=True)
    version = models.BigIntegerField("phiên bản")

    class Meta:
        verbose_name = "dấu phiên bản dữ liệu nền"
        verbose_name_plural = "dấu phiên bản dữ liệu nền"
