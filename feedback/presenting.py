"""What the pages show of petitions and ratings, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from dossiers.hanging import Hanging
from dossiers.models import Dossier
from dossiers.querysets import Sight
from dossiers.receipts import qr_matrix
from dossiers.statuses import DossierStatus
from dossiers.timing import Calendars, Deadline
from feedback import access, deadlines, rating, telling
from feedback.access import Act
from feedback.forms.acts import FORMS, ActForm
from feedback.models import Petition, Rating
from feedback.querysets import RatingQuerySet
from feedback.statuses import Satisfaction
from organizations.models import Agency, User
from workdays.loading import calendar_for


@dataclass(frozen=True, kw_only=True)
class Row:
    """One petition of a list."""

    petition: Petition
    turn: str
    deadline: Deadline


def rows(petitions: Iterable[Petition], *, at: datetime) -> list[Row]:
    """The petitions with their words at this moment."""
    calendars = Calendars()
    return [
        Row(
            petition=petition,
            turn=telling.turn(petition),
            deadline=telling.deadline(
                petition, calendar=calendars.of(petition.agency.schedule_id), at=at
            ),
        )
        for petition in petitions
    ]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """An act as the page offers it: a form to unfold, or the reason why not."""

    act: Act
    url: str
    form: ActForm | None
    objection: str
    is_open: bool
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class Term:
    """One of the four terms: what, by when, what was done, and whether in time."""

    name: str
    by: datetime | None
    done_at: datetime | None
    is_late: bool


def page(
    petition: Petition, *, viewer: User, at: datetime, refused: tuple[Act, ActForm] | None = None
) -> dict[str, Any]:
    """Everything that the page of this petition shows this person at this moment."""
    calendar = calendar_for(petition.agency.schedule_id)
    return {
        "petition": petition,
        "turn": telling.turn(petition),
        "deadline": telling.deadline(petition, calendar=calendar, at=at),
        "sees_dossier": petition.dossier and Sight.of(viewer).covers(petition.dossier),
        "late_since": deadlines.late_since(petition, at=at),
        "terms": terms(petition, at=at),
        "files": list(petition.files.order_by("id")),
        "timeline": [
            (event, telling.event(event)) for event in petition.events.order_by("-sequence")
        ],
        "panels": _panels(petition, viewer=viewer, at=at, refused=refused),
        "refused": refused[1] if refused else None,
    }


def terms(petition: Petition, *, at: datetime) -> list[Term]:
    """The terms of this round, each with what became of it."""
    told = [
        ("Từ chối (nếu không tiếp nhận)", petition.refuse_by, petition.refused_at, False),
        ("Yêu cầu bổ sung (nếu thiếu)", petition.ask_by, petition.asked_at, False),
        ("Trả lời", petition.answer_by, petition.answered_at, petition.due_at is not None),
        ("Công khai", petition.publish_by, petition.published_at, True),
    ]
    return [
        Term(name=name, by=by, done_at=done_at, is_late=_missed(by, done_at, binds, at))
        for name, by, done_at, binds in told
    ]


def _missed(by: datetime | None, done_at: datetime | None, binds: bool, at: datetime) -> bool:
    if by is None:
        return False
    return done_at > by if done_at else binds and by < at


def _panels(
    petition: Petition, *, viewer: User, at: datetime, refused: tuple[Act, ActForm] | None
) -> list[Panel]:
    tried = dict([refused]) if refused else {}
    return [
        Panel(
            act=offer.act,
            url=reverse(f"feedback:{offer.act.value}", args=[petition.code]),
            form=(
                tried.get(offer.act) or FORMS[offer.act](petition=petition, actor=viewer, at=at)
                if offer.is_allowed
                else None
            ),
            objection=offer.objection,
            is_open=offer.act in tried,
            is_first=number == 0,
        )
        for number, offer in enumerate(access.offers(viewer, petition))
    ]


def for_sender(petition: Petition) -> dict[str, Any]:
    """What the sender reads of their own petition."""
    told = [(event.at, *telling.event_for_sender(event)) for event in _latest_first(petition)]
    return {
        "petition": petition,
        "standing": telling.standing_for_sender(petition),
        "timeline": [line for line in told if line[1]],
        "has_voted": petition.votes.filter(voter="sender").exists(),
        "may_complain_again": petition.complained_again_at is None,
    }


def _latest_first(petition: Petition) -> Any:
    return petition.events.order_by("-sequence")


# -- Ratings -----------------------------------------------------------------------------------


def shares(ratings: RatingQuerySet) -> list[dict[str, Any]]:
    """How many gave each of the five answers, the best first, with their share in per cent."""
    tallies = {
        f"level_{level.value}": Count("id", filter=Q(satisfaction=level)) for level in Satisfaction
    }
    tallied = ratings.aggregate(**tallies)
    total = sum(tallied.values())
    return [
        {
            "label": level.label,
            "count": tallied[f"level_{level.value}"],
            "share": round(100 * tallied[f"level_{level.value}"] / total, 1) if total else None,
        }
        for level in Satisfaction
    ]


# -- On the page of a dossier ------------------------------------------------------------------


_PETITIONS = Hanging(Petition)


def petitions_panel(dossier: Dossier, viewer: User, at: datetime) -> dict[str, Any] | None:
    """The petitions about this dossier that the viewer may see; nothing when there are none."""
    if not _PETITIONS.of(dossier):
        return None
    found = Petition.objects.visible_to(viewer).filter(dossier=dossier).select_related("agency")
    told = rows(found.order_by("-id"), at=at)
    return {"rows": told} if told else None


def rating_panel(dossier: Dossier, viewer: User, at: datetime) -> dict[str, Any] | None:
    """The rating; for the counter that returned the result, the ways to ask for one."""
    if dossier.status != DossierStatus.RETURNED:
        return None
    visible: RatingQuerySet = Rating.objects.visible_to(viewer)
    given = visible.filter(dossier=dossier).first()
    if given is not None:
        return {"rating": given}
    if dossier.counter_id not in viewer.counter_ids:
        return None
    link = rating.link_for(dossier)
    code = qr_matrix(link).svg_data_uri(border=2, xmldecl=False)
    return {"rating": None, "link": link, "qr": code}


def agency_named(code: str) -> Agency | None:
    """The active agency with this code, for filters in the address."""
    if not code.isprintable():  # signs that the database cannot take
        return None
    found: Agency | None = Agency.objects.active().filter(code=code).first()
    return found
