"""Endpoints of petitions and ratings: lists, one petition, and the acts of the pages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import paging
from dossiers.api.asking import given_in, neighbours
from feedback import access, deadlines, handling, rating, worklists
from feedback.api import serializers
from feedback.api.serializers import PetitionOutput, PetitionReasonInput
from feedback.converters import PetitionCodeConverter
from feedback.handling import Classification, Publication
from feedback.holding import Target
from feedback.models import Petition, Rating
from feedback.querysets import RatingQuerySet
from feedback.statuses import Category
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.models import Agency, User

Act = Callable[..., Petition]


def _row(petition: Petition, at: datetime) -> Petition:
    """The petition with what the shapes show of this moment."""
    petition.is_late = deadlines.is_late(petition, at=at)  # type: ignore[attr-defined]
    petition.is_complained_again = petition.complained_again_at is not None  # type: ignore[attr-defined]
    petition.version = petition.event_count  # type: ignore[attr-defined]
    return petition


def _whole(code: str, user: User, at: datetime) -> Response:
    """How the petition stands now, for somebody who may still see it."""
    petition = _row(access.get_for(user, code), at)
    body = {
        **serializers.PetitionFacts(petition).data,
        "dossier_code": petition.dossier.code if petition.dossier else "",
        "events": serializers.PetitionEventOutput(
            petition.events.order_by("sequence"), many=True
        ).data,
    }
    return Response(body)


class PetitionViewSet(PortalViewSet):
    """Phản ánh, kiến nghị: danh sách và các thao tác."""

    lookup_field = "code"
    lookup_value_regex = PetitionCodeConverter.regex

    @extend_schema(
        operation_id="petitions_list",
        parameters=[serializers.PetitionQuery],
        responses=serializers.PetitionList,
    )
    def list(self, request: Request) -> Response:
        """Phản ánh mà người dùng được xem, theo danh sách công việc."""
        user, at, asked = person(request), timezone.now(), request.query_params
        tab = worklists.BY_KEY.get(asked.get("tab", worklists.ALL.key))
        if tab is None:
            raise ValidationError({"tab": ["Không có danh sách này. Hãy xem mô tả API."]})
        found = paging.page(
            worklists.petitions_of(tab, user=user, at=at).for_list(),
            order=tab.order,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        rows = serializers.PetitionRow([_row(row, at) for row in found.rows], many=True)
        return Response({**neighbours(request, found, "tab"), "results": rows.data})

    @extend_schema(operation_id="petitions_read", responses=PetitionOutput)
    def retrieve(self, request: Request, code: str) -> Response:
        """Một phản ánh với bốn hạn và quá trình xử lý."""
        return _whole(code, person(request), timezone.now())

    @extend_schema(
        operation_id="petitions_receive",
        request=serializers.ClassificationInput,
        responses={200: PetitionOutput},
    )
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, code: str) -> Response:
        """Tiếp nhận, phân loại và giao cơ quan trả lời."""
        given = given_in(serializers.ClassificationInput, request.data)
        agency = Agency.objects.active().filter(code=given["agency"]).first()
        if agency is None:
            raise ValidationError({"agency": ["Không có cơ quan với mã này. Hãy xem /agencies/."]})
        classification = Classification(
            category=Category(given["category"]),
            agency=agency,
            dossier_code=given["dossier_code"],
        )
        return self._done(request, code, given, handling.receive, classification=classification)

    @extend_schema(
        operation_id="petitions_refuse", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, code: str) -> Response:
        """Từ chối tiếp nhận, có lý do."""
        return self._with_text(request, code, handling.refuse, "reason")

    @extend_schema(
        operation_id="petitions_ask", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"])
    def ask(self, request: Request, code: str) -> Response:
        """Yêu cầu người gửi bổ sung; một lần."""
        return self._with_text(request, code, handling.ask, "wanted")

    @extend_schema(
        operation_id="petitions_answer", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, code: str) -> Response:
        """Trả lời; lãnh đạo cơ quan duyệt và công khai sau đó."""
        return self._with_text(request, code, handling.answer, "text")

    @extend_schema(
        operation_id="petitions_send_back", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, code: str) -> Response:
        """Trả lại câu trả lời để sửa; hạn trả lời không đổi."""
        return self._with_text(request, code, handling.send_back, "reason")

    @extend_schema(
        operation_id="petitions_publish",
        request=serializers.PublicationInput,
        responses=PetitionOutput,
    )
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, code: str) -> Response:
        """Duyệt và công khai câu trả lời."""
        given = given_in(serializers.PublicationInput, request.data)
        publication = Publication(subject=given["subject"], content=given["content"])
        return self._done(request, code, given, handling.publish, publication=publication)

    @extend_schema(
        operation_id="petitions_hide", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"])
    def hide(self, request: Request, code: str) -> Response:
        """Ẩn khỏi trang công khai, có lý do."""
        return self._with_text(request, code, handling.hide, "reason")

    @extend_schema(
        operation_id="petitions_show", request=PetitionReasonInput, responses=PetitionOutput
    )
    @action(detail=True, methods=["post"])
    def show(self, request: Request, code: str) -> Response:
        """Hiện lại trên trang công khai, có lý do."""
        return self._with_text(request, code, handling.show, "reason")

    def _with_text(self, request: Request, code: str, act: Act, name: str) -> Response:
        given = given_in(PetitionReasonInput, request.data)
        return self._done(request, code, given, act, **{name: given["text"]})

    def _done(
        self, request: Request, code: str, given: dict[str, Any], act: Act, **facts: Any
    ) -> Response:
        """Do the act and tell how the petition stands after it."""
        user, at = person(request), timezone.now()
        target = Target(code=code, expected_version=given["version"])
        act(target=target, actor=user, at=at, **facts)
        return _whole(code, user, at)


class RatingViewSet(PortalViewSet):
    """Đánh giá hài lòng."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,15}"

    @extend_schema(
        operation_id="ratings_list",
        parameters=[serializers.RatingQuery],
        responses=serializers.RatingList,
    )
    def list(self, request: Request) -> Response:
        """Đánh giá các hồ sơ mà người dùng được xem, mới nhất trước."""
        visible: RatingQuerySet = Rating.objects.visible_to(person(request))
        found = paging.page(
            visible.for_list(),
            order=paging.NEWEST,
            after=request.query_params.get("after", ""),
            before=request.query_params.get("before", ""),
        )
        rows = serializers.RatingOutput(found.rows, many=True)
        return Response({**neighbours(request, found, "tab"), "results": rows.data})

    @extend_schema(
        operation_id="ratings_moderate",
        request=serializers.ModerationInput,
        responses=serializers.RatingOutput,
    )
    @action(detail=True, methods=["post"])
    def moderate(self, request: Request, pk: str) -> Response:
        """Ẩn hoặc hiện lại góp ý trước công chúng; nội dung vẫn được lưu."""
        user = person(request)
        rating.require_moderator(user, int(pk))
        given = given_in(serializers.ModerationInput, request.data)
        rating.moderate(pk=int(pk), actor=user, at=timezone.now(), **given)
        visible: RatingQuerySet = Rating.objects.visible_to(user)
        return Response(serializers.RatingOutput(visible.for_list().get(pk=pk)).data)
