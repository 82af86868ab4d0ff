"""A person's own filters and columns; each goes back to the list it came from.

Addresses, below `danh-sach/`: `filter_save`, `filter_forget`, `columns`.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from desk import listing
from desk.marking import list_query
from dossiers.views.asking import signed_in


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Lưu bộ lọc đang dùng với một tên."""
    user, query = signed_in(request), _query(request)
    try:
        listing.save_filter(name=request.POST.get("name", ""), query=query, actor=user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return _back(query)


@require_POST
def filter_forget(request: HttpRequest) -> HttpResponse:
    """Bỏ một bộ lọc đã lưu."""
    listing.forget_filter(name=request.POST.get("name", ""), actor=signed_in(request))
    return _back(_query(request))


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """Chọn các cột thêm vào danh sách."""
    user = signed_in(request)
    try:
        listing.choose_columns(keys=request.POST.getlist("columns"), actor=user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return _back(_query(request))


def _query(request: HttpRequest) -> str:
    return list_query(QueryDict(request.POST.get("query", "")[:2000]))


def _back(query: str) -> HttpResponse:
    return redirect(f"{reverse('dossiers:worklist')}?{query}")
