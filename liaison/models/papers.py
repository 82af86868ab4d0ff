"""Where paper files are, as lists read it: a copy of the latest item that the database keeps.

Written by triggers alone, so that it cannot disagree with the batches it follows from; the
migration that makes them says how. Papers that were never handed over have no row: they lie
where their dossier was received.
"""

from django.db import models
from django.db.models import Q

from dossiers.models import Dossier
from liaison.models.handovers import HandoverItem
from liaison.places import Place
from organizations.models import Agency, ServiceCounter

_HERE = Q(is_filed=False)


class PaperFile(models.Model):
    """Hồ sơ giấy: which place holds it since when; while it is on the way, who gave it away."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="paper_file")
    # The one by which it came here, did not arrive, or is leaving.
    item = models.OneToOneField(HandoverItem, models.PROTECT, related_name="+")
    # One of the two. No index of the keys alone: those below begin with them.
    counter = models.ForeignKey(
        ServiceCounter, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, db_index=False, related_name="+")
    since = models.DateTimeField("từ lúc")
    # The dossier has ended and its result is handed out: the papers are an archive's matter.
    is_filed = models.BooleanField("hồ sơ đã kết thúc")

    class Meta:
        verbose_name = "hồ sơ giấy"
        indexes = [
            # The papers of a place, those longest there first.
            models.Index("counter", "since", "id", name="papers_at_counter", condition=_HERE),
            models.Index("agency", "since", "id", name="papers_in_agency", condition=_HERE),
            models.Index(
                "counter", "since", "id", name="papers_filed_at_counter", condition=~_HERE
            ),
            models.Index("agency", "since", "id", name="papers_filed_in_agency", condition=~_HERE),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.holder.name}"

    @property
    def holder(self) -> Place:
        """Who has the papers, or has them on the way."""
        return Place(counter=self.counter, agency=self.agency)
