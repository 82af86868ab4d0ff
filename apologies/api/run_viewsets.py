"""Endpoints of runs and of the notices to counters."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from apologies import drafting_runs, notices, runs
from apologies.api import letter_serializers as serializers
from apologies.api.extension_serializers import PageQuery
from apologies.api.letter_viewsets import NUMBER
from apologies.holding import LetterTarget
from apologies.issuing import Grounds
from apologies.models import CentreNotice, DraftingRun, SigningRun
from dossiers import paging
from dossiers.api.asking import given_in, neighbours
from dossiers.statuses import Fault
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet
from organizations.models import Agency
from organizations.roles import Role


class SigningRunViewSet(PortalViewSet):
    """Đợt ký nhiều phiếu."""

    lookup_value_regex = NUMBER

    @extend_schema(
        operation_id="apology_signing_runs_start",
        request=serializers.SigningRunInput,
        responses={201: serializers.SigningRunOutput},
    )
    def create(self, request: Request) -> Response:
        """Ký các phiếu đã chọn; mỗi phiếu có kết quả riêng."""
        actor = person(request)
        if not actor.has_role(Role.HEAD):
            raise PermissionDenied("Chỉ lãnh đạo cơ quan mới ký phiếu xin lỗi.")
        given = given_in(serializers.SigningRunInput, request.data)
        targets = [
            LetterTarget(pk=each["id"], expected_revision=each["revision"])
            for each in given["letters"]
        ]
        common = Grounds(reason=given["reason"], fault=Fault(given["fault"]))
        run = runs.start(
            targets=targets, common=common, key=given["key"], actor=actor, at=timezone.now()
        )
        return _signing(run, status=201)

    @extend_schema(operation_id="apology_signing_run", responses=serializers.SigningRunOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Tiến độ và kết quả từng phiếu của một đợt ký do chính người dùng yêu cầu."""
        mine = SigningRun.objects.filter(asked_by=person(request))
        return _signing(get_object_or_404(mine, pk=int(pk)))


class DraftingRunViewSet(PortalViewSet):
    """Đợt lập phiếu của một cơ quan trong một tháng."""

    lookup_value_regex = NUMBER

    @extend_schema(
        operation_id="apology_drafting_runs_start",
        request=serializers.DraftingRunInput,
        responses={201: serializers.DraftingRunOutput},
    )
    def create(self, request: Request) -> Response:
        """Lập dự thảo và bản xem trước cho mọi hồ sơ quá hạn, sắp đến hạn trong tháng."""
        actor = person(request)
        startable = drafting_runs.startable_ids(actor)
        if not startable:
            raise PermissionDenied(
                "Chỉ lãnh đạo cơ quan và Văn phòng UBND tỉnh lập được phiếu theo tháng."
            )
        given = given_in(serializers.DraftingRunInput, request.data)
        agency = Agency.objects.filter(pk__in=startable, code=given["agency"]).first()
        if agency is None:
            raise ValidationError({"agency": ["Không có cơ quan này trong phạm vi của bạn."]})
        run = drafting_runs.start(
            agency=agency,
            month=date.fromisoformat(f"{given['month']}-01"),
            key=given["key"],
            actor=actor,
            at=timezone.now(),
        )
        return _drafting(run, status=201)

    @extend_schema(operation_id="apology_drafting_run", responses=serializers.DraftingRunOutput)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Tiến độ và kết quả từng hồ sơ của một đợt lập phiếu."""
        visible = drafting_runs.visible_to(person(request)).select_related("agency")
        return _drafting(get_object_or_404(visible, pk=int(pk)))


class NoticeViewSet(PortalViewSet):
    """Thông báo bằng văn bản cho bộ phận một cửa."""

    lookup_value_regex = NUMBER

    @extend_schema(
        operation_id="apology_notices", parameters=[PageQuery], responses=serializers.NoticeList
    )
    def list(self, request: Request) -> Response:
        """Thông báo mà bộ phận một cửa của người dùng chưa xem, mới nhất trước."""
        unread = CentreNotice.objects.unread_at(person(request).counter_ids)
        found = paging.page(
            unread.select_related("letter__dossier", "letter__agency"),
            order=paging.NEWEST,
            after=request.query_params.get("after", ""),
            before=request.query_params.get("before", ""),
        )
        rows = serializers.NoticeOutput(found.rows, many=True)
        return Response({**neighbours(request, found), "results": rows.data})

    @extend_schema(
        operation_id="apology_notices_read",
        request=None,
        responses={200: serializers.NoticeOutput},
    )
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: str) -> Response:
        """Ghi nhận đã xem, một lần."""
        try:
            notice = notices.read(notice_id=int(pk), actor=person(request), at=timezone.now())
        except CentreNotice.DoesNotExist:
            raise Http404("Không có thông báo này.") from None
        return Response(serializers.NoticeOutput(notice).data)


def _signing(run: SigningRun, *, status: int = 200) -> Response:
    told = {"run": run, "progress": runs.progress(run)}
    return Response(serializers.SigningRunOutput(told).data, status=status)


def _drafting(run: DraftingRun, *, status: int = 200) -> Response:
    told = {"run": run, "progress": drafting_runs.progress(run)}
    return Response(serializers.DraftingRunOutput(told).data, status=status)
