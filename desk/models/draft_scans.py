"""Scans that belong to an intake form which is not finished."""

from django.db import models

from desk.models.drafts import IntakeDraft


class DraftScan(models.Model):
    """Bản quét của hồ sơ đang nhập dở: one file of one line of the checklist."""

    draft = models.ForeignKey(IntakeDraft, models.CASCADE, related_name="scans")
    # The file field of the form that it goes back into.
    field = models.CharField(max_length=50)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField("dung lượng")
    file = models.FileField("tệp", upload_to="drafts/%Y/%m/%d")
    added_at = models.DateTimeField("thêm lúc")

    class Meta:
        verbose_name = "bản quét của hồ sơ nhập dở"

    def __str__(self) -> str:
        return self.name
