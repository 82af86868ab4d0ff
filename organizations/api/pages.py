"""Numbered pages of lists that an administrator could read to their end: people, decisions."""

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

PAGE_SIZE = 50


class PageQuery(serializers.Serializer[Any]):
    """Trang thứ mấy."""

    page = serializers.IntegerField(required=False, min_value=1)


class NumberedPage(serializers.Serializer[Any]):
    """Một trang; `count` là tổng số."""

    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


def page_of(request: Request, found: QuerySet[Any]) -> dict[str, Any]:
    """The page that was asked for with its neighbours' addresses; Http404 behind the last."""
    try:
        page = Paginator(found, PAGE_SIZE).page(request.query_params.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
    return {
        "count": page.paginator.count,
        "next": _address(request, page.number + 1) if page.has_next() else None,
        "previous": _address(request, page.number - 1) if page.has_previous() else None,
        "results": page.object_list,
    }


def _address(request: Request, number: int) -> str:
    here = request.build_absolute_uri()
    if number == 1:
        return remove_query_param(here, "page")
    return replace_query_param(here, "page", str(number))
