"""Endpoints of guidance before acceptance: the slips, giving one, its PDF.

Whoever comes back is received by `dossiers_accept` with the slip's submission key.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from desk import guiding
from desk.guiding import MOST_ITEMS, Advice, Lacking
from desk.models import Guidance
from dossiers import choosing
from dossiers.api.asking import given_in, saved
from dossiers.requests import Applicant
from dossiers.statuses import ApplicantKind
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.api.serializers import CounterName
from organizations.models import ServiceCounter, User

LATEST = 50


class LackingInput(serializers.Serializer[Any]):
    """Một giấy tờ còn thiếu."""

    name = serializers.CharField(max_length=500)
    originals = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)
    copies = serializers.IntegerField(min_value=0, max_value=999, required=False, default=0)


class GuidedInput(serializers.Serializer[Any]):
    """Người được hướng dẫn."""

    kind = serializers.ChoiceField(
        choices=ApplicantKind.choices, required=False, default=ApplicantKind.PERSON.value
    )
    name = serializers.CharField(max_length=200)
    identity_number = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True
    )
    tax_code = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    email = serializers.EmailField(max_length=254, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class GuidanceInput(serializers.Serializer[Any]):
    """Hướng dẫn bổ sung trước khi tiếp nhận: mọi giấy tờ còn thiếu, ghi một lần."""

    submission_key = serializers.UUIDField(
        help_text="Hồ sơ tiếp nhận sau này mang cùng khóa thì phiếu được coi là đã quay lại."
    )
    procedure = serializers.CharField(max_length=8)
    counter = serializers.IntegerField(min_value=1, help_text="Số của bộ phận một cửa, xem /me/.")
    applicant = GuidedInput()
    items = serializers.ListField(child=LackingInput(), min_length=1, max_length=MOST_ITEMS)
    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class GuidanceSearch(serializers.Serializer[Any]):
    """Tên, số định danh, mã số thuế hoặc điện thoại."""

    text = serializers.CharField(max_length=100)


class GuidanceOutput(serializers.Serializer[Any]):
    """Một phiếu hướng dẫn (Mẫu số 02)."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    year = serializers.IntegerField()
    submission_key = serializers.UUIDField()
    procedure = serializers.CharField(source="version.procedure.code")
    counter = CounterName()
    applicant_name = serializers.CharField()
    phone = serializers.CharField()
    reason = serializers.CharField()
    given_by = serializers.CharField(source="given_by.full_name")
    given_at = serializers.DateTimeField()
    rendered_at = serializers.DateTimeField(allow_null=True)
    is_given_up = serializers.BooleanField(help_text="Đã thử nhiều lần mà chưa tạo được tệp PDF.")


class LackingOutput(serializers.Serializer[Any]):
    """Một giấy tờ còn thiếu trên phiếu."""

    name = serializers.CharField()
    originals = serializers.IntegerField()
    copies = serializers.IntegerField()


class GuidanceDetail(GuidanceOutput):
    """Một phiếu hướng dẫn, giấy tờ còn thiếu và nội dung đã nhập để tiếp nhận tiếp."""

    identity_number = serializers.CharField()
    email = serializers.CharField()
    address = serializers.CharField()
    items = LackingOutput(many=True, source="told_items")
    content = serializers.DictField(child=serializers.CharField(allow_blank=True))


class GuidanceViewSet(PortalViewSet):
    """Hướng dẫn tại quầy."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(operation_id="guidances_list", responses=GuidanceOutput(many=True))
    def list(self, request: Request) -> Response:
        """Phiếu của bộ phận một cửa của mình mà người nộp chưa quay lại, mới nhất trước."""
        return _listed(Guidance.objects.visible_to(_clerk(request)))

    @extend_schema(
        operation_id="guidances_search",
        request=GuidanceSearch,
        responses=GuidanceOutput(many=True),
    )
    @action(detail=False, methods=["post"])
    def search(self, request: Request) -> Response:
        """Tìm phiếu theo người nộp; tên và số không đi trên địa chỉ."""
        clerk, given = _clerk(request), given_in(GuidanceSearch, request.data)
        return _listed(Guidance.objects.visible_to(clerk).search(given["text"]))

    @extend_schema(
        operation_id="guidances_give", request=GuidanceInput, responses={201: GuidanceDetail}
    )
    def create(self, request: Request) -> Response:
        """Lập phiếu hướng dẫn, đặt in Mẫu số 02; cùng khóa thì là cùng một phiếu."""
        clerk, given = _clerk(request), given_in(GuidanceInput, request.data)
        made = guiding.give(advice=_advice(clerk, given), actor=clerk, at=timezone.now())
        return Response(_told(clerk, made.pk), status=201)

    @extend_schema(operation_id="guidances_retrieve", responses=GuidanceDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một phiếu với các giấy tờ còn thiếu và nội dung đã nhập."""
        return Response(_told(_clerk(request), int(pk)))

    @extend_schema(operation_id="guidances_again", request=None, responses=GuidanceDetail)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: str) -> Response:
        """Tạo lại tệp PDF đã thử nhiều lần mà chưa được."""
        clerk = _clerk(request)
        guiding.draw_again(guidance=_guidance(clerk, int(pk)))
        return Response(_told(clerk, int(pk)))

    @extend_schema(
        operation_id="guidances_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY}
    )
    @action(detail=True)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """Tệp PDF của phiếu; 404 khi chưa tạo xong."""
        found = _guidance(_clerk(request), int(pk))
        name = f"huong-dan-{found.number}-{found.year}.pdf"
        return saved(found.rendered_at and found.file, name, "application/pdf")


def _clerk(request: Request) -> User:
    user = person(request)
    if not user.counters:
        raise PermissionDenied("Chỉ cán bộ một cửa mới hướng dẫn tại quầy.")
    return user


def _listed(found: Any) -> Response:
    rows = found.unreturned().for_print().defer("content").order_by("-pk")[:LATEST]
    return Response(GuidanceOutput(rows, many=True).data)


def _advice(clerk: User, given: dict[str, Any]) -> Advice:
    choices = choosing.choices_for(user=clerk, code=given["procedure"])
    who = given["applicant"]
    applicant = Applicant(**{**who, "kind": ApplicantKind(who["kind"])})
    return Advice(
        submission_key=given["submission_key"],
        counter=_counter(choices.counters, given["counter"]),
        version=choices.version,
        applicant=applicant,
        items=[Lacking(**item) for item in given["items"]],
        content=_as_typed(given),
        reason=given["reason"],
    )


def _counter(own: Any, pk: int) -> ServiceCounter:
    found: ServiceCounter | None = next((each for each in own if each.pk == pk), None)
    if found is None:
        sentence = "Bạn không trực tại bộ phận một cửa này. Hãy chọn trong /me/."
        raise ValidationError({"counter": [sentence]}, code="unknown")
    return found


def _as_typed(given: dict[str, Any]) -> dict[str, str]:
    """The intake form as the page would have sent it: a clerk goes on from there."""
    who = dict(given["applicant"])
    return {
        "submission_key": str(given["submission_key"]),
        "procedure": given["procedure"],
        "counter": str(given["counter"]),
        "applicant_kind": who.pop("kind"),
        **who,
    }


def _guidance(clerk: User, pk: int) -> Guidance:
    found: Guidance = get_object_or_404(Guidance.objects.visible_to(clerk).for_print(), pk=pk)
    return found


def _told(clerk: User, pk: int) -> Any:
    found: Any = _guidance(clerk, pk)
    found.told_items = found.items.order_by("position")
    return GuidanceDetail(found).data
