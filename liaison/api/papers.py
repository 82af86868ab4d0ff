"""Endpoints of paper files by place: how many are where, which are with one place since when."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api.asking import neighbours
from liaison import held_papers, places
from liaison.api.handovers import PlaceOutput
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet

_TABS = {
    tab.key: tab.label
    for tab in (
        held_papers.HELD,
        held_papers.UNMOVED,
        held_papers.FOREIGN,
        held_papers.LEAVING,
        held_papers.FILED,
    )
}


class PapersQuery(serializers.Serializer[Any]):
    """Của nơi nào, danh sách nào, ở đó từ trước ngày nào."""

    place = serializers.CharField(max_length=40, help_text="Khóa, xem /paper-files/places/.")
    tab = serializers.ChoiceField(choices=list(_TABS.items()), required=False)
    before_day = serializers.DateField(required=False, default=None)
    after = serializers.CharField(required=False, default="")
    before = serializers.CharField(required=False, default="")


class PaperFileOutput(serializers.Serializer[Any]):
    """Một hồ sơ giấy ở nơi này."""

    code = serializers.CharField(source="dossier.code")
    since = serializers.DateTimeField(allow_null=True)
    sentence = serializers.CharField()
    is_late = serializers.BooleanField()


class PaperFileList(serializers.Serializer[Any]):
    """Một trang hồ sơ giấy."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = PaperFileOutput(many=True)


class HeldOutput(serializers.Serializer[Any]):
    """Một nơi giữ hồ sơ giấy của hồ sơ chưa kết thúc."""

    place = PlaceOutput()
    held = serializers.IntegerField()
    leaving = serializers.IntegerField()
    unmoved = serializers.IntegerField()
    oldest = serializers.DateTimeField()


class PaperFileViewSet(PortalViewSet):
    """Hồ sơ giấy theo nơi giữ."""

    @extend_schema(
        operation_id="paper_files_list", parameters=[PapersQuery], responses=PaperFileList
    )
    def list(self, request: Request) -> Response:
        """Hồ sơ giấy đang ở một nơi, lâu nhất trước."""
        user, asked = person(request), PapersQuery().run_validation(request.query_params.dict())
        seen = {place.key: place for place in places.seen_places(user)}
        if asked["place"] not in seen:
            raise Http404
        place = seen[asked["place"]]
        tabs = {tab.key: tab for tab in held_papers.tabs(place)}
        tab = tabs.get(asked.get("tab", held_papers.HELD.key))
        if tab is None:
            raise Http404
        found = held_papers.page(
            place,
            tab,
            before_day=asked["before_day"],
            after=asked["after"],
            before=asked["before"],
        )
        rows = held_papers.rows(found, viewer=user, at=timezone.now())
        beside = neighbours(request, found, "place", "tab", "before_day")
        return Response({**beside, "results": PaperFileOutput(rows, many=True).data})

    @extend_schema(operation_id="paper_files_places", responses=HeldOutput(many=True))
    @action(detail=False)
    def places(self, request: Request) -> Response:
        """Những nơi đang giữ hồ sơ giấy, nơi có hồ sơ lâu nhất trước."""
        held = held_papers.overview(places.seen_places(person(request)))
        return Response(HeldOutput(held, many=True).data)
