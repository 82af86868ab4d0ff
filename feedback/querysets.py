"""The vocabulary of reading petitions and ratings; the SQL twin of `feedback.deadlines`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dossiers.querysets import Sight
from feedback.statuses import OPEN_STATUSES, PetitionStatus
from organizations.roles import Role

if TYPE_CHECKING:
    from organizations.models import User

# Whoever holds one of these in an agency, or above it, works with its petitions and ratings.
READERS = (Role.COUNTER, Role.OFFICER, Role.HEAD, Role.SUPERVISOR)
_S = PetitionStatus
# The worst two of the five answers.
DISSATISFIED_UP_TO = 2


def _late(at: datetime) -> Q:
    """Some term was missed by this moment, in this round or an earlier one."""
    unanswered = Q(status__in=(_S.SENT, _S.PROCESSING))
    stopped_late = (
        Q(answered_at__gt=F("answer_by"))
        | Q(refused_at__gt=F("answer_by"), refuse_by__isnull=False)
        # Asked, and never supplemented: the duty to answer was held up since then.
        | Q(asked_at__gt=F("answer_by"), refuse_by__isnull=True)
    )
    unpublished = Q(published_at__isnull=True) | Q(published_at__gt=F("publish_by"))
    return (
        Q(late_since__lt=at)
        | Q(refused_at__gt=F("refuse_by"), refused_at__lt=at)
        | Q(asked_at__gt=F("ask_by"), asked_at__lt=at)
        | (Q(answer_by__lt=at) & (unanswered | stopped_late))
        | (Q(publish_by__lt=at) & unpublished)
    )


def is_due_passed(at: datetime) -> Q:
    """The term that runs now has ended; of open petitions that means overdue."""
    return Q(due_at__lt=at)


def is_due_near(at: datetime) -> Q:
    """The term that runs now ends soon."""
    return Q(near_at__lte=at, due_at__gte=at)


class PetitionQuerySet(models.QuerySet[Any]):
    """Phản ánh, kiến nghị."""

    def visible_to(self, user: User) -> PetitionQuerySet:
        """The one door: petitions about the agencies that the person serves or answers for."""
        if user.sees_everything:
            return self.all()
        return self.filter(agency__in=user.agency_ids_for(*READERS))

    def public(self) -> PetitionQuerySet:
        """Answered, published, and not hidden by a moderator."""
        return self.filter(status=_S.PUBLISHED, hidden_at__isnull=True)

    def open(self) -> PetitionQuerySet:
        """The office still has to classify, answer or publish."""
        return self.filter(status__in=OPEN_STATUSES)

    def overdue(self, *, at: datetime) -> PetitionQuerySet:
        """Open after the end of the term that runs now (answer 15, publish 2 working days)."""
        return self.open().filter(is_due_passed(at))

    def due_soon(self, *, at: datetime) -> PetitionQuerySet:
        """Open and near the end of the term that runs now, which has not passed."""
        return self.open().filter(is_due_near(at))

    def late(self, *, at: datetime) -> PetitionQuerySet:
        """A term was missed at some time before this moment, whatever was done since."""
        return self.filter(_late(at))

    def on_time(self, *, at: datetime) -> PetitionQuerySet:
        """Xử lý đúng hạn, the numerator of 5.2: no term missed by this moment.

        Refused within 2 working days, asked about within 5, answered within 15, published
        within 2 (QĐ 766/QĐ-TTg); a petition whose terms still run is in time.
        """
        return self.exclude(pk__in=self.model.objects.late(at=at).values("pk"))

    def disliked(self) -> PetitionQuerySet:
        """More dislikes than likes of the published answer (5.3)."""
        return self.filter(dislikes__gt=F("likes"))

    def complained_again(self) -> PetitionQuerySet:
        """The sender was not content with a published answer and complained once more (5.3)."""
        return self.filter(complained_again_at__isnull=False)

    def content_with_handling(self, *, at: datetime) -> PetitionQuerySet:
        """Hài lòng về xử lý, the numerator of 5.3: each petition once.

        Neither more dislikes than likes, nor late, nor complained of again.
        """
        return (
            self.on_time(at=at)
            .filter(complained_again_at__isnull=True)
            .exclude(dislikes__gt=F("likes"))
        )

    def sent_between(self, start: datetime, end: datetime) -> PetitionQuerySet:
        """Sent in a period, half open: the start belongs to it, the end does not."""
        return self.filter(sent_at__gte=start, sent_at__lt=end)

    def admissible(self) -> PetitionQuerySet:
        """All but those that were refused: what counts as a petition about a dossier (5.4)."""
        return self.exclude(status=_S.REFUSED)

    def for_list(self) -> PetitionQuerySet:
        """With what a row shows, in one query, without the long texts."""
        return self.select_related("agency").defer("content", "answer", "public_content")

    def for_page(self) -> PetitionQuerySet:
        """With everything that the page of one petition names."""
        return self.select_related(
            "agency", "dossier__version", "procedure__current_version", "answered_by"
        )


class PetitionEventQuerySet(models.QuerySet[Any]):
    """Sự kiện của phản ánh."""

    def in_order(self) -> PetitionEventQuerySet:
        """As it happened."""
        return self.order_by("petition_id", "sequence")


class RatingQuerySet(models.QuerySet[Any]):
    """Đánh giá hài lòng."""

    def visible_to(self, user: User) -> RatingQuerySet:
        """The one door: ratings of the dossiers that the person may see."""
        sight = Sight.of(user)
        if sight.is_whole:
            return self.all()
        at_my_counter = Q(dossier__counter__in=sight.counters)
        return self.filter(Q(agency__in=sight.agencies) | at_my_counter)

    def dissatisfied(self) -> RatingQuerySet:
        """Không hài lòng or worse on the general question: the "dislike" of component 5.4."""
        return self.filter(satisfaction__lte=DISSATISFIED_UP_TO)

    def given_between(self, start: datetime, end: datetime) -> RatingQuerySet:
        """Given in a period, half open."""
        return self.filter(given_at__gte=start, given_at__lt=end)

    def with_moderation(self) -> RatingQuerySet:
        """Each with `is_hidden`: what the latest moderation of its remark says."""
        moderations = self.model._meta.get_field("moderations").related_model.objects
        latest = moderations.filter(rating=OuterRef("pk")).order_by("-id").values("hides")[:1]
        told: RatingQuerySet = self.annotate(is_hidden=Coalesce(Subquery(latest), False))
        return told

    def remarks_for_the_public(self) -> RatingQuerySet:
        """Those with a remark that no moderator hid."""
        shown: RatingQuerySet = self.with_moderation().filter(is_hidden=False)
        return shown.exclude(remark="")

    def for_list(self) -> RatingQuerySet:
        """With what a row shows."""
        rows: RatingQuerySet = self.select_related("dossier__version", "agency")
        return rows.with_moderation()
