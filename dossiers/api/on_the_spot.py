"""4 tại chỗ over the API: the stages, and the appraisal at the counter.

Approval and return are the dossier's ordinary acts (`approve`, `return`): the same events come
of them wherever they are done.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from dossiers import access, on_the_spot
from dossiers.api.acts import FORM, JSON, row_now, target_of
from dossiers.api.answers import DossierRow
from dossiers.api.asking import given_in
from dossiers.api.serializers import DraftedProposalInput, ProposalInput
from dossiers.holding import ActRefused
from dossiers.lifecycle import Proposal
from dossiers.models import Dossier
from dossiers.on_the_spot import Stage
from organizations.api.authentication import person
from organizations.api.base import PortalViewSet


class StageOutput(serializers.Serializer[Any]):
    """Một bước tại chỗ: ai đã làm lúc nào, đang chờ làm, hoặc chưa đến."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    label = serializers.CharField(source="stage.label")  # type: ignore[assignment]
    actor = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.BooleanField()


class OnTheSpotOutput(serializers.Serializer[Any]):
    """Các bước tại chỗ, và vì sao người dùng chưa làm được bước hiện tại (rỗng: làm được)."""

    version = serializers.IntegerField()
    stages = StageOutput(many=True)
    objection = serializers.CharField()


class DossierOnTheSpot(PortalViewSet):
    """Giải quyết tại chỗ."""

    @extend_schema(operation_id="dossiers_on_the_spot", responses=OnTheSpotOutput)
    @action(detail=True, url_path="on-the-spot", url_name="on-the-spot")
    def on_the_spot(self, request: Request, code: str) -> Response:
        """Bốn bước tại chỗ của một hồ sơ; 404 khi thủ tục không giao cho bộ phận một cửa."""
        dossier = _offered(request, code)
        told = {
            "version": dossier.event_count,
            "stages": on_the_spot.passed(dossier),
            "objection": on_the_spot.objection(person(request), dossier),
        }
        return Response(OnTheSpotOutput(told).data)

    @extend_schema(
        operation_id="dossiers_appraise_on_the_spot",
        request={JSON: ProposalInput, FORM: DraftedProposalInput},
        responses=DossierRow,
    )
    @action(detail=True, methods=["post"], url_path="on-the-spot/appraise")
    def appraise_on_the_spot(self, request: Request, code: str) -> Response:
        """Thẩm định tại chỗ và trình lãnh đạo; phê duyệt, trả kết quả như mọi hồ sơ."""
        user, dossier = person(request), _offered(request, code)
        if on_the_spot.current(dossier) != Stage.APPRAISE:
            raise ActRefused(
                "Hồ sơ không ở bước thẩm định. Hãy xem lại bước hiện tại.", code="wrong_state"
            )
        if objection := on_the_spot.objection(user, dossier):
            raise PermissionDenied(objection)
        given = given_in(DraftedProposalInput, request.data)
        on_the_spot.appraisal_of(dossier)(
            target=target_of(code, given),
            proposal=Proposal(opinion=given["opinion"], draft=given["draft"]),
            actor=user,
            at=timezone.now(),
        )
        return row_now(request, code)


def _offered(request: Request, code: str) -> Dossier:
    dossier = access.get_for(person(request), code)
    if not on_the_spot.is_offered(dossier):
        raise Http404
    return dossier
