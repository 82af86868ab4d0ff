"""One table with the columns that an entry of a dossier has, and the usual indexes."""

from django.db import models


class Entry(models.Model):
    """A row as a tutorial would keep a dossier."""

    code = models.CharField(max_length=60, unique=True)
    agency = models.CharField(max_length=35)
    applicant_name = models.CharField(max_length=200)
    identity_number = models.CharField(max_length=20)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=300)
    summary = models.CharField(max_length=500)
    status = models.CharField(max_length=20)
    accepted_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        app_label = "floor"
        indexes = [models.Index("agency", "status", "due_at", name="entry_agency_status_due")]
