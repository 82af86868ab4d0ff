"""An ordered print as the page that WeasyPrint draws: its template, and what stands in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dossiers.deadlines import local_date
from dossiers.receipts import balanced, official_day
from organizations.models import Agency, User
from reporting.printouts import asking
from reporting.printouts.views import printout_of
from reporting.sight import Sight
from reporting.statistical import asking as form_asking
from reporting.statistical import counting, showing

FORM = "bieu-"
# As many letters of the body's name as fit on a line of the left head, on A4 landscape.
HEAD_WIDTH = 44
# More columns than these are set small.
_MOST_AMPLE = 14

Page = tuple[str, Mapping[str, Any]]


def page_of(*, view: str, given: Mapping[str, str], user: User, at: datetime) -> Page:
    """The template and its values, by the same rule of sight as the screen.

    Raises PermissionDenied, Agency.DoesNotExist or a ValidationError like the screen does.
    """
    if view.startswith(FORM):
        return _form(view.removeprefix(FORM), given, user, at)
    return _view(view, given, user, at)


def _view(view: str, given: Mapping[str, str], user: User, at: datetime) -> Page:
    printout = printout_of(view, asking.read(given, user=user, at=at))
    agency = printout.agency or Agency.objects.get(parent__isnull=True)
    most = max((len(sheet.heads) for sheet in printout.sheets if sheet.is_printed), default=0)
    values = {
        **head_of(agency, at),
        "printout": printout,
        "sheets": [sheet for sheet in printout.sheets if sheet.is_printed],
        "is_dense": most > _MOST_AMPLE,
    }
    return "reporting/print/printout.html", values


def _form(code: str, given: Mapping[str, str], user: User, at: datetime) -> Page:
    asked = form_asking.read(given, sight=Sight.of(user), at=at, form=code)
    table = counting.fill_in(
        form=asked.form,
        agency=asked.agency,
        window=asked.window,
        with_below=asked.with_below,
        is_corrected=asked.is_corrected,
    )
    values = {
        **head_of(asked.agency, at),
        "form": asked.form,
        "head": showing.head(table),
        "groups": showing.groups(table),
        "lines": showing.lines(table),
        "row_label": showing.row_label(table),
        "is_dense": len(asked.form.columns) > _MOST_AMPLE,
    }
    return "reporting/print/form.html", values


def head_of(agency: Agency, at: datetime) -> dict[str, Any]:
    """What stands above an official paper (NĐ 30/2020 Đ8), dated by its day."""
    parent = agency.parent.name if agency.parent else ""
    return {
        "parent": balanced(parent, HEAD_WIDTH) if parent else [],
        "body": balanced(agency.name, HEAD_WIDTH),
        "place_and_day": f"{agency.place}, {official_day(local_date(at))}",
    }
