"""The vocabulary of reading consultations; the SQL twin of what `terms` says of one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Least

from dossiers.models import Dossier
from dossiers.statuses import ENDED_STATUSES
from liaison.statuses import OPEN_CONSULTATIONS, ConsultationStatus
from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User

ANSWERING = (Role.OFFICER, Role.HEAD)


class ConsultationQuerySet(models.QuerySet[Any]):
    """Lấy ý kiến."""

    def visible_to(self, user: User) -> ConsultationQuerySet:
        """Those of the dossiers that the person may see, and those put to their agencies.

        An agency sees what it is asked, once it is asked: never the whole dossier.
        """
        if user.sees_everything:
            return self.all()
        asked = user.agency_ids_for(*ANSWERING, Role.SUPERVISOR)
        theirs = Q(agency__in=asked) & ~Q(status=ConsultationStatus.WAITING)
        return self.filter(theirs | Q(dossier__in=Dossier.objects.visible_to(user)))

    def open(self) -> ConsultationQuerySet:
        """Still to be answered, of dossiers that have not ended."""
        return self.filter(status__in=OPEN_CONSULTATIONS).exclude(
            dossier__status__in=ENDED_STATUSES
        )

    def asked(self) -> ConsultationQuerySet:
        """The term of the answer runs."""
        return self.open().filter(status=ConsultationStatus.ASKED)

    def late(self, *, at: datetime) -> ConsultationQuerySet:
        """Answered after the term, or not answered when it ended; once late, always late."""
        ended = Coalesce(
            F("answered_at"),
            F("closed_at"),
            F("dossier__resolved_at"),
            Value(at),
            output_field=models.DateTimeField(),
        )
        return self.filter(due_at__lt=Least(ended, Value(at)))

    def for_list(self) -> ConsultationQuerySet:
        """With what a row shows, in one query."""
        return self.select_related("agency", "dossier__agency", "dossier__version", "round")

    def for_page(self) -> ConsultationQuerySet:
        """With everything that its page names, in one query."""
        return self.select_related(
            "agency__schedule",
            "dossier__agency",
            "dossier__counter",
            "dossier__version__procedure",
            "round__asked_by",
            "answered_by",
            "closed_by",
            "late_notice__read_by",
            "answer_file",
        )
