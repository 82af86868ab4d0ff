"""What a person orders and a worker makes while they wait: the fields of every such order."""

from django.db import models


class OrderedWork(models.Model):
    """An order for `dossiers.ordered_work`."""

    asked_at = models.DateTimeField("yêu cầu lúc")
    # Made, or given up: then `failure` says why.
    finished_at = models.DateTimeField("xong lúc", null=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    # Until then a worker has it in hand; moved on while it works.
    held_until = models.DateTimeField(null=True, editable=False)
    failure = models.CharField("lỗi", max_length=500, blank=True)

    class Meta:
        abstract = True
