"""Components 5.2 and 5.3: how petitions were handled, as a moment knows it."""

from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import Combinable, Subquery
from django.db.models.functions import Coalesce

from feedback.models import Petition, PetitionVote
from feedback.querysets import PetitionQuerySet
from reporting.windows import Window


def sent(window: Window) -> PetitionQuerySet:
    """Phản ánh, kiến nghị phải xử lý trong kỳ: those sent in it, each once."""
    rows: PetitionQuerySet = Petition.objects.sent_between(window.start, window.until)
    return rows


def on_time(window: Window) -> PetitionQuerySet:
    """5.2: từ chối ≤ 2, yêu cầu bổ sung ≤ 5, xử lý ≤ 15, công khai ≤ 2 ngày làm việc."""
    return sent(window).filter(is_on_time(window))


def content_with_handling(window: Window) -> PetitionQuerySet:
    """5.3: PAKN − those with more dislikes than likes, or overdue, or complained of again."""
    return sent(window).filter(is_content(window))


def is_on_time(window: Window) -> Combinable:
    """No term of it was missed before the moment."""
    late = Petition.objects.late(at=window.known_at)
    return ExpressionWrapper(
        ~Q(Exists(late.filter(pk=OuterRef("pk")))), output_field=BooleanField()
    )


def is_content(window: Window) -> Combinable:
    """On time, not complained of again, and not disliked more than liked, before the moment."""
    again = Q(complained_again_at__lt=window.known_at)
    return ExpressionWrapper(
        Q(is_on_time(window))
        & ~Q(Exists(Petition.objects.filter(again, pk=OuterRef("pk"))))
        & ~Q(Exists(_disliked(window))),
        output_field=BooleanField(),
    )


def _disliked(window: Window) -> QuerySet[Petition]:
    votes = PetitionVote.objects.filter(petition=OuterRef("pk"), at__lt=window.known_at)
    known: Any = Petition.objects.filter(pk=OuterRef("pk")).annotate(
        known_dislikes=_number(votes.filter(likes=False)),
        known_likes=_number(votes.filter(likes=True)),
    )
    rows: QuerySet[Petition] = known.filter(known_dislikes__gt=F("known_likes"))
    return rows


def _number(votes: QuerySet[PetitionVote]) -> Combinable:
    counted = votes.order_by().values("petition").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


MEASURES = {"5.2": is_on_time, "5.3": is_content}
