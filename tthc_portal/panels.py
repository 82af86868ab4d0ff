"""What the upper apps add to the pages of dossiers: the project wires it, no app knows of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from apologies import extension_showing as extensions
from apologies import panels as apologies
from desk import panels as desk
from dossiers.models import Dossier
from feedback import presenting as feedback
from legacy import panels as legacy
from liaison import handover_showing as handovers
from liaison import showing as liaison
from organizations.models import User

Facts = Callable[[Dossier, User, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A partial and what it shows; `facts` answers None when there is nothing to show."""

    template: str
    facts: Facts


PageFacts = Callable[[HttpRequest, User, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A partial of a page that is about no one dossier."""

    template: str
    facts: PageFacts


# Left: what the dossier holds. Right: what this person may do, below the dossier's own acts.
LEFT: tuple[Panel, ...] = (
    Panel(template="desk/_notes.html", facts=desk.notes),
    Panel(template="feedback/_dossier_petitions.html", facts=feedback.petitions_panel),
)
RIGHT: tuple[Panel, ...] = (
    Panel(template="legacy/_origin.html", facts=legacy.origin),
    Panel(template="desk/_presence.html", facts=desk.presence),
    Panel(template="liaison/_dossier_consultations.html", facts=liaison.panel),
    Panel(template="liaison/_dossier_papers.html", facts=handovers.panel),
    Panel(template="apologies/_dossier_letters.html", facts=apologies.letters_panel),
    Panel(template="apologies/_dossier_extension.html", facts=extensions.extension_panel),
    Panel(template="feedback/_dossier_rating.html", facts=feedback.rating_panel),
)
SIDES: Mapping[str, tuple[Panel, ...]] = {"left": LEFT, "right": RIGHT}


def shown(
    side: str, *, dossier: Dossier, viewer: User, at: datetime
) -> list[tuple[str, Mapping[str, Any]]]:
    """The partials of one side with their facts, in order."""
    told = [(panel.template, panel.facts(dossier, viewer, at)) for panel in SIDES[side]]
    return [(template, facts) for template, facts in told if facts is not None]


# Above a list of dossiers, below it (inside the form of its marks), and on the intake page.
PARTS: Mapping[str, tuple[Part, ...]] = {
    "intake": (Part(template="desk/_drafts.html", facts=desk.drafts),),
    "intake-acts": (Part(template="desk/_guidance_button.html", facts=desk.guidance),),
    "list-tools": (Part(template="desk/_list_tools.html", facts=desk.list_tools),),
    "list-below": (Part(template="desk/_bulk_bar.html", facts=desk.bulk_bar),),
}


def parts(
    place: str, *, request: HttpRequest, viewer: User, at: datetime
) -> list[tuple[str, Mapping[str, Any]]]:
    """The partials of one place with their facts, in order."""
    told = [(part.template, part.facts(request, viewer, at)) for part in PARTS[place]]
    return [(template, facts) for template, facts in told if facts is not None]
