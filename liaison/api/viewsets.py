"""Endpoints of consultations: the lists and the acts of the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import paging
from dossiers.api.asking import given_in, neighbours
from dossiers.holding import Target
from liaison import access, answering, asking, worklists
from liaison.answering import Answer
from liaison.api import serializers
from liaison.asking import Asked, Question
from liaison.models import Consultation
from liaison.statuses import AskingOrder, Verdict
from liaison.terms import Term
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from workdays.units import TimeUnit


class ConsultationViewSet(PortalViewSet):
    """Lấy ý kiến cơ quan khác."""

    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    @extend_schema(
        operation_id="consultations_list",
        parameters=[serializers.ListQuery],
        responses=serializers.ConsultationList,
    )
    def list(self, request: Request) -> Response:
        """Yêu cầu lấy ý kiến mà người dùng được xem, theo danh sách đã chọn."""
        user, asked = person(request), request.query_params
        key = asked.get("tab", worklists.ALL.key)
        if key not in worklists.BY_KEY:
            raise ValidationError({"tab": "Không có danh sách này."})
        tab = worklists.BY_KEY[key]
        found = paging.page(
            worklists.consultations_of(tab, user=user, at=timezone.now()).for_list(),
            order=tab.order,
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )
        rows = serializers.ConsultationOutput(found.rows, many=True)
        return Response({**neighbours(request, found, "tab"), "results": rows.data})

    @extend_schema(operation_id="consultations_retrieve", responses=serializers.ConsultationDetail)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Một yêu cầu lấy ý kiến."""
        return _told(access.get_for(person(request), int(pk)))

    @extend_schema(
        operation_id="consultations_ask",
        request=serializers.AskInput,
        responses={201: serializers.ConsultationOutput(many=True)},
    )
    def create(self, request: Request) -> Response:
        """Lấy ý kiến một hoặc nhiều cơ quan về một hồ sơ đang giải quyết."""
        given = given_in(serializers.AskInput, request.data)
        question = Question(
            content=given["content"],
            order=AskingOrder(given["order"]),
            agencies=[
                Asked(
                    agency=each["agency"],
                    term=Term(length=each["term"], unit=TimeUnit(each["unit"])),
                )
                for each in given["agencies"]
            ],
            file_ids=given["files"],
        )
        target = Target(code=given["dossier"], expected_version=given["version"])
        made = asking.ask(
            target=target, question=question, actor=person(request), at=timezone.now()
        )
        rows = made.consultations.for_list().order_by("position")
        return Response(serializers.ConsultationOutput(rows, many=True).data, status=201)

    @extend_schema(
        operation_id="consultations_answer",
        request=serializers.AnswerInput,
        responses=serializers.ConsultationDetail,
    )
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Trả lời thay mặt cơ quan được hỏi."""
        given = given_in(serializers.AnswerInput, request.data)
        said = Answer(verdict=Verdict(given["verdict"]), text=given["answer"])
        done = answering.answer(pk=int(pk), answer=said, actor=person(request), at=timezone.now())
        return _told(done)

    @extend_schema(
        operation_id="consultations_withdraw",
        request=serializers.WithdrawInput,
        responses=serializers.ConsultationDetail,
    )
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Rút yêu cầu không còn cần trả lời."""
        given = given_in(serializers.WithdrawInput, request.data)
        done = answering.withdraw(
            pk=int(pk), reason=given["reason"], actor=person(request), at=timezone.now()
        )
        return _told(done)


def _told(consultation: Consultation) -> Response:
    return Response(serializers.ConsultationDetail(consultation).data)
