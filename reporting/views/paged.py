"""One page of the rows behind a figure."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from dossiers import paging
from dossiers.paging import CursorRefused, Page


def page_of(request: HttpRequest, found: QuerySet[Any], status: int = 200) -> tuple[Page, int]:
    """The page that the address names; the first one, with 400, where it was changed by hand."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    order, size = paging.NEWEST, paging.ON_SCREEN
    try:
        return paging.page(found, order=order, size=size, after=after, before=before), status
    except CursorRefused:
        return paging.page(found, order=order, size=size), 400
