"""Endpoints of the register: days of a place ordered, the progress of the print, each book."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers.api.asking import given_in, saved
from liaison import printing
from liaison.api.handovers import PlaceField, PlaceOutput
from liaison.models import PrintOrder
from liaison.places import Place
from liaison.statuses import PrintKind
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet

LATEST = 20


class RegisterInput(serializers.Serializer[Any]):
    """Sổ theo dõi của một nơi, các ngày trong cùng một năm."""

    submission_key = serializers.UUIDField()
    place = PlaceField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class BookOutput(serializers.Serializer[Any]):
    """Một quyển đã in xong; tải về theo /books/{number}/."""

    number = serializers.IntegerField()
    first_entry = serializers.IntegerField()
    last_entry = serializers.IntegerField()
    sha256 = serializers.CharField()


class RegisterOutput(serializers.Serializer[Any]):
    """Một lần in sổ theo dõi: đã in đến đâu, vì sao không in được."""

    id = serializers.IntegerField()
    place = serializers.SerializerMethodField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    asked_at = serializers.DateTimeField()
    expected_rows = serializers.IntegerField()
    written_rows = serializers.IntegerField()
    finished_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.CharField(allow_blank=True)

    def get_place(self, order: PrintOrder) -> PlaceOutput:
        """Whose register it is."""
        told: Any = PlaceOutput(Place(counter=order.counter, agency=order.agency)).data
        return told  # type: ignore[no-any-return]


class RegisterDetail(RegisterOutput):
    """Một lần in sổ theo dõi và các quyển đã có."""

    books = BookOutput(source="told_books", many=True)


class RegisterViewSet(PortalViewSet):
    """Sổ theo dõi hồ sơ."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="registers_list", responses=RegisterOutput(many=True))
    def list(self, request: Request) -> Response:
        """Các lần in gần nhất của người dùng."""
        latest = _own(request).order_by("-id")[:LATEST]
        return Response(RegisterOutput(latest, many=True).data)

    @extend_schema(
        operation_id="registers_order", request=RegisterInput, responses={201: RegisterDetail}
    )
    def create(self, request: Request) -> Response:
        """Yêu cầu in sổ theo dõi; cùng khóa thì là cùng một lần in."""
        given = given_in(RegisterInput, request.data)
        order = printing.ask_register(
            place=Place(**given.pop("place")), **given, actor=person(request), at=timezone.now()
        )
        return Response(_told(request, order.pk), status=201)

    @extend_schema(operation_id="registers_retrieve", responses=RegisterDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một lần in: đã in đến đâu, có những quyển nào."""
        return Response(_told(request, int(pk)))

    @extend_schema(
        operation_id="registers_book", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True, url_path=r"books/(?P<number>[0-9]{1,4})")
    def book(self, request: Request, pk: str, number: str) -> FileResponse:
        """Tệp PDF của một quyển, cho người đã yêu cầu, đến khi tệp bị xóa."""
        order = get_object_or_404(_own(request), pk=int(pk))
        book = get_object_or_404(order.books, number=int(number))
        name = f"so-theo-doi-{order.first_day:%Y}-quyen-{number}.pdf"
        return saved(book.file, name, "application/pdf")


def _own(request: Request) -> Any:
    visible = PrintOrder.objects.visible_to(person(request)).filter(kind=PrintKind.REGISTER)
    return visible.select_related("counter__agency", "agency")


def _told(request: Request, pk: int) -> Any:
    order = get_object_or_404(_own(request), pk=pk)
    order.told_books = order.books.order_by("number")
    return RegisterDetail(order).data
