"""Endpoints of handovers: the lists and the acts of the pages, and where papers are."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import paging
from dossiers.api.asking import given_in, neighbours, saved
from dossiers.converters import DossierCodeConverter
from dossiers.models import Dossier
from liaison import confirming, handing, handover_worklists, places, whereabouts
from liaison.confirming import Findings
from liaison.handing import MOST_DOSSIERS, Consignment
from liaison.models import HandoverBatch, HandoverItem, PrintedBook
from liaison.places import Place
from liaison.statuses import Carried, HandoverOutcome, HandoverWay
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.models import Agency, ServiceCounter


class CodeField(serializers.RegexField):
    """Mã hồ sơ."""

    def __init__(self, **options: Any) -> None:
        super().__init__(rf"^{DossierCodeConverter.regex}\Z", max_length=60, **options)


class PlaceField(serializers.Serializer[Any]):
    """Một bộ phận một cửa (theo số) hoặc một cơ quan (theo mã), không phải cả hai."""

    counter = serializers.PrimaryKeyRelatedField(
        queryset=ServiceCounter.objects.select_related("agency"), required=False
    )
    agency = serializers.SlugRelatedField(
        slug_field="code", queryset=Agency.objects.all(), required=False
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if len(attrs) != 1:
            raise ValidationError("Hãy nêu một bộ phận một cửa hoặc một cơ quan.")
        return attrs


class HandOverInput(serializers.Serializer[Any]):
    """Lập biên bản bàn giao."""

    submission_key = serializers.UUIDField()
    origin = PlaceField()
    destination = PlaceField()
    carries = serializers.ChoiceField(choices=Carried.choices, default=Carried.PAPERS)
    way = serializers.ChoiceField(choices=HandoverWay.choices, default=HandoverWay.BY_HAND)
    tracking_number = serializers.CharField(max_length=40, required=False, default="")
    note = serializers.CharField(max_length=500, required=False, default="")
    codes = serializers.ListField(child=CodeField(), min_length=1, max_length=MOST_DOSSIERS)


class ConfirmInput(serializers.Serializer[Any]):
    """Xác nhận bàn giao."""

    received = serializers.ListField(child=CodeField(), required=False, default=list)
    rest_is_received = serializers.BooleanField(required=False, default=False)
    rest_is_missing = serializers.BooleanField(required=False, default=False)
    missing_reason = serializers.CharField(max_length=500, required=False, default="")
    extra = serializers.ListField(child=CodeField(), required=False, default=list)
    extra_reason = serializers.CharField(max_length=500, required=False, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The rest came, or it did not."""
        if attrs["rest_is_received"] and attrs["rest_is_missing"]:
            raise ValidationError("Những hồ sơ còn lại hoặc đã nhận, hoặc thiếu.")
        return attrs


class PlaceOutput(serializers.Serializer[Any]):
    """Nơi giữ hồ sơ giấy."""

    key = serializers.CharField()
    name = serializers.CharField()


class ItemOutput(serializers.Serializer[Any]):
    """Một hồ sơ trong biên bản."""

    code = serializers.CharField(source="dossier.code")
    outcome = serializers.ChoiceField(choices=HandoverOutcome.choices, allow_blank=True)
    reason = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)


class HandoverOutput(serializers.Serializer[Any]):
    """Một biên bản bàn giao."""

    id = serializers.IntegerField()
    symbol = serializers.CharField()
    origin = PlaceOutput()
    destination = PlaceOutput()
    carries = serializers.ChoiceField(choices=Carried.choices)
    way = serializers.ChoiceField(choices=HandoverWay.choices)
    tracking_number = serializers.CharField()
    given_at = serializers.DateTimeField()
    expected_by = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True)


class HandoverDetail(HandoverOutput):
    """Một biên bản bàn giao và từng hồ sơ."""

    items = ItemOutput(many=True)


class HandoverList(serializers.Serializer[Any]):
    """Một trang biên bản bàn giao."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = HandoverOutput(many=True)


class HandoverQuery(serializers.Serializer[Any]):
    """Danh sách và trang."""

    tab = serializers.ChoiceField(
        choices=[(tab.key, tab.label) for tab in handover_worklists.TABS], required=False
    )
    after = serializers.CharField(required=False)
    before = serializers.CharField(required=False)


class WhereOutput(serializers.Serializer[Any]):
    """Hồ sơ giấy đang ở đâu; không có nơi giữ khi là hồ sơ điện tử."""

    holder = PlaceOutput(allow_null=True)
    is_on_the_way = serializers.BooleanField()
    since = serializers.DateTimeField(allow_null=True)
    sentence = serializers.CharField()


_WHERE = rf"where/(?P<code>{DossierCodeConverter.regex})"
_ITEMS = Prefetch("items", HandoverItem.objects.select_related("dossier").order_by("position"))


class HandoverViewSet(PortalViewSet):
    """Bàn giao hồ sơ giấy."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        operation_id="handovers_list", parameters=[HandoverQuery], responses=HandoverList
    )
    def list(self, request: Request) -> Response:
        """Biên bản bàn giao mà người dùng được xem, theo danh sách đã chọn."""
        user, asked = person(request), request.query_params
        key = asked.get("tab", handover_worklists.ALL.key)
        if key not in handover_worklists.BY_KEY:
            raise ValidationError({"tab": "Không có danh sách này."})
        tab = handover_worklists.BY_KEY[key]
        found = paging.page(
            handover_worklists.batches_of(tab, user=user, at=timezone.now()).for_page(),
            order=tab.order,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        rows = HandoverOutput(found.rows, many=True)
        return Response({**neighbours(request, found, "tab"), "results": rows.data})

    @extend_schema(operation_id="handovers_retrieve", responses=HandoverDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một biên bản bàn giao."""
        return _told(request, int(pk))

    @extend_schema(
        operation_id="handovers_hand_over", request=HandOverInput, responses={201: HandoverDetail}
    )
    def create(self, request: Request) -> Response:
        """Lập biên bản bàn giao hồ sơ giấy của nơi mình giữ."""
        user = person(request)
        if not places.own_places(user):
            raise PermissionDenied("Tài khoản này không giữ hồ sơ giấy của nơi nào.")
        facts = given_in(HandOverInput, request.data)
        origin, destination = Place(**facts.pop("origin")), Place(**facts.pop("destination"))
        consignment = Consignment(
            origin=origin,
            destination=destination,
            carries=Carried(facts.pop("carries")),
            way=HandoverWay(facts.pop("way")),
            **facts,
        )
        made = handing.hand_over(consignment=consignment, actor=user, at=timezone.now())
        return _told(request, made.pk, status=201)

    @extend_schema(operation_id="handovers_confirm", request=ConfirmInput, responses=HandoverDetail)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """Bên nhận xác nhận hồ sơ đã nhận, thiếu, thừa."""
        findings = Findings(**given_in(ConfirmInput, request.data))
        done = confirming.confirm(
            pk=int(pk), findings=findings, actor=person(request), at=timezone.now()
        )
        return _told(request, done.pk)

    @extend_schema(
        operation_id="handovers_minutes", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True)
    def minutes(self, request: Request, pk: str) -> FileResponse:
        """Biên bản mới nhất đã in, dạng PDF: khi giao, hoặc khi đã xác nhận."""
        visible = HandoverBatch.objects.visible_to(person(request))
        batch = get_object_or_404(visible, pk=int(pk))
        book = PrintedBook.objects.filter(order__batch=batch).order_by("-order").first()
        name = f"bien-ban-ban-giao-{batch.year}-{batch.number}.pdf"
        return saved(book and book.file, name, "application/pdf")

    @extend_schema(operation_id="handovers_where", responses=WhereOutput)
    @action(detail=False, url_path=_WHERE)
    def where(self, request: Request, code: str) -> Response:
        """Hồ sơ giấy của một hồ sơ đang ở đâu."""
        visible = Dossier.objects.visible_to(person(request)).select_related("counter")
        dossier = visible.get(code=code)
        return Response(WhereOutput(whereabouts.of_many([dossier])[dossier.pk]).data)


def _told(request: Request, pk: int, status: int = 200) -> Response:
    visible = HandoverBatch.objects.visible_to(person(request))
    found = visible.for_page().prefetch_related(_ITEMS).get(pk=pk)
    return Response(HandoverDetail(found).data, status=status)
