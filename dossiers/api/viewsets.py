"""Endpoints of dossiers: lists, intake, one dossier and its history, deadlines."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import access, clock_facts, deadlines, intake, worklists
from dossiers.api import answers, loading, reading, serializers
from dossiers.api.acts import FORM, JSON, DossierActs
from dossiers.api.answers import DossierList, DossierOutput, DossierRow
from dossiers.api.asking import given_in
from dossiers.api.forms import DossierForms
from dossiers.api.halting import DossierHalts
from dossiers.api.on_the_spot import DossierOnTheSpot
from dossiers.converters import DossierCodeConverter
from dossiers.deadlines import Clock, Halt
from dossiers.models import Dossier
from organizations.api.authentication import person
from organizations.api.base import PortalView, PortalViewSet
from organizations.api.parsing import BoundedJSONParser, BoundedMultiPartParser
from organizations.api.recalling import RecallingViewSet
from organizations.models import User
from procedures.statuses import ClockEffect
from workdays.explaining import Explanation
from workdays.loading import calendar_for
from workdays.units import TimeUnit

# As many of the largest files as one intake may bring at once.
MOST_SCANS = 5


class DossierViewSet(DossierActs, DossierHalts, DossierOnTheSpot, DossierForms, RecallingViewSet):
    """Hồ sơ: danh sách, tiếp nhận và các thao tác."""

    lookup_field = "code"
    lookup_value_regex = DossierCodeConverter.regex
    parser_classes = (BoundedJSONParser, BoundedMultiPartParser)
    recalling_actions = frozenset({"create", "refusals", "submissions"})

    @property
    def most_files(self) -> int:
        """How many of the largest files a request may bring."""
        return MOST_SCANS if self.action == "create" else 1

    @extend_schema(
        operation_id="dossiers_list",
        parameters=[serializers.DossierQuery],
        responses=DossierList,
    )
    def list(self, request: Request) -> Response:
        """Hồ sơ mà người dùng được xem, theo danh sách công việc và bộ lọc."""
        at = timezone.now()
        page = reading.page(request, user=person(request), at=at)
        body = {
            "next": _neighbour(request, "after", page.after),
            "previous": _neighbour(request, "before", page.before),
            "results": [answers.row(found, at=at) for found in page.rows],
        }
        return Response(body)

    @extend_schema(
        operation_id="dossiers_accept",
        request={JSON: serializers.DossierInput, FORM: serializers.ScannedDossierInput},
        responses={
            201: DossierRow,
            200: OpenApiResponse(DossierRow, "Hồ sơ đã tiếp nhận trước đó với cùng khóa."),
        },
    )
    def create(self, request: Request) -> Response:
        """Tiếp nhận tại quầy: cấp mã, hẹn ngày trả, đặt in Mẫu 01."""
        given = given_in(serializers.DossierInput, loading.body(request))
        user, at = person(request), timezone.now()
        asked = loading.request_of(given, user=user, scans=_files(request, "scans"))
        return _received(intake.accept(request=asked, actor=user, at=at), user, at)

    @extend_schema(
        operation_id="dossiers_refuse_at_counter",
        request=serializers.RefusedDossierInput,
        responses={201: DossierRow, 200: DossierRow},
    )
    @action(detail=False, methods=["post"], parser_classes=[BoundedJSONParser])
    def refusals(self, request: Request) -> Response:
        """Từ chối tiếp nhận ngay tại quầy, có lý do, đặt in Mẫu 03."""
        given = given_in(serializers.RefusedDossierInput, request.data)
        user, at = person(request), timezone.now()
        asked = loading.request_of(given, user=user)
        refused = intake.refuse(request=asked, reason=given["reason"], actor=user, at=at)
        return _received(refused, user, at)

    @extend_schema(
        operation_id="dossiers_submit",
        request=serializers.DossierInput,
        responses={201: DossierRow, 200: DossierRow},
    )
    @action(detail=False, methods=["post"], parser_classes=[BoundedJSONParser])
    def submissions(self, request: Request) -> Response:
        """Đăng ký hồ sơ nộp trực tuyến cho bộ phận một cửa của mình; tiếp nhận sau."""
        given = given_in(serializers.DossierInput, request.data)
        user, at = person(request), timezone.now()
        asked = loading.request_of(given, user=user)
        access.require_counter(user, counter=asked.counter, agency=asked.agency)
        return _received(intake.submit(request=asked, at=at), user, at)

    @extend_schema(operation_id="dossiers_retrieve", responses=DossierOutput)
    def retrieve(self, request: Request, code: str) -> Response:
        """Một hồ sơ với giấy tờ, tệp, phí, các bước, kết quả và việc có thể làm."""
        return Response(reading.whole(code, user=person(request), at=timezone.now()))

    @extend_schema(operation_id="dossiers_events", responses=answers.EventOutput(many=True))
    @action(detail=True)
    def events(self, request: Request, code: str) -> Response:
        """Sổ cái của hồ sơ theo thứ tự xảy ra."""
        events = access.get_for(person(request), code).events.in_order()
        return Response(answers.EventOutput(events, many=True).data)

    @extend_schema(operation_id="dossiers_deadline", responses=answers.DeadlineOutput)
    @action(detail=True)
    def deadline(self, request: Request, code: str) -> Response:
        """Vì sao hẹn ngày này: mỗi bước một dòng."""
        dossier = access.get_for(person(request), code)
        return Response(_explained(_promise_of(dossier)))


class WorklistViewSet(PortalViewSet):
    """Các danh sách công việc."""

    @extend_schema(operation_id="worklists_list", responses=answers.TabOutput(many=True))
    def list(self, request: Request) -> Response:
        """Bao nhiêu hồ sơ đang ở mỗi danh sách của người dùng."""
        counted = worklists.counts(person(request), at=timezone.now())
        tabs = [
            {"key": tab.key, "label": tab.label, "count": counted.get(tab.key)}
            for tab in worklists.TABS
        ]
        return Response(tabs)


class DeadlineAPI(PortalView):
    """Tính thử một ngày hẹn."""

    @extend_schema(
        operation_id="deadlines_compute",
        parameters=[serializers.DeadlineQuery],
        responses=answers.DeadlineOutput,
    )
    def get(self, request: Request) -> Response:
        """Thời điểm hẹn và lý do từng bước, theo lịch làm việc của một cơ quan."""
        asked = request.query_params
        given = given_in(
            serializers.DeadlineQuery, {**asked.dict(), "pause": asked.getlist("pause")}
        )
        clock = Clock(
            accepted_at=given["start"],
            time_limit=given["limit"],
            time_unit=TimeUnit(given["unit"]),
            halts=[Halt(*loading.pause_of(text), ClockEffect.SUBTRACT) for text in given["pause"]],
        )
        calendar = calendar_for(loading.agency_of(given["agency"]).schedule_id)
        return Response(_explained(deadlines.explain(clock=clock, calendar=calendar)))


def _neighbour(request: Request, name: str, cursor: str) -> str | None:
    """The address of the page before or after, with the filters kept."""
    if not cursor:
        return None
    kept = [
        (key, value)
        for key, values in request.query_params.lists()
        for value in values
        if key not in {"after", "before"}
    ]
    query = urlencode([*kept, (name, cursor)])
    return request.build_absolute_uri(f"{request.path}?{query}")


def _files(request: Request, name: str) -> list[Any]:
    return request.FILES.getlist(name) if request.FILES else []


def _received(dossier: Dossier, user: User, at: datetime) -> Response:
    """201 for a new dossier; 200 for the one that an earlier request with this key made."""
    if dossier.event_count == 1 and dossier.changed_at == at:
        return Response(answers.row(answers.row_of(dossier), at=at), status=201)
    # The key is no door: whoever guesses it must still be one who may see the dossier.
    return Response(answers.row(reading.one_row(dossier.code, user=user), at=at))


def _promise_of(dossier: Dossier) -> Explanation | None:
    if dossier.accepted_at is None:
        return None
    clock = clock_facts.clock(dossier)
    return deadlines.explain(clock=clock, calendar=calendar_for(dossier.agency.schedule_id))


def _explained(explanation: Explanation | None) -> dict[str, Any]:
    if explanation is None:
        return {"due_at": None, "steps": []}
    steps = [
        {"date": step.date.isoformat(), "counts": step.counts, "why": step.why}
        for step in explanation.steps
    ]
    return {"due_at": answers.local(explanation.due_at), "steps": steps}
