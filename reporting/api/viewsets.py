"""Endpoint of figures: the same numbers as the pages, under the same rule of sight."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from organizations.api.authentication import person
from organizations.api.base import PortalView
from organizations.models import Agency
from reporting import asking, results
from reporting.api.serializers import FiguresOutput, FiguresQuery
from reporting.results import Result
from reporting.sight import READERS, Sight


class FiguresAPI(PortalView):
    """Số liệu và điểm theo bộ chỉ số."""

    @extend_schema(
        operation_id="figures_retrieve", parameters=[FiguresQuery], responses=FiguresOutput
    )
    def get(self, request: Request) -> Response:
        """Số liệu của một kỳ: toàn tỉnh và các cơ quan mà người dùng được xem."""
        user = person(request)
        if not user.has_role(*READERS):
            raise PermissionDenied("Vai trò của tài khoản này không xem chỉ số.")
        given = FiguresQuery().run_validation(request.query_params)
        names = {"ky": given.get("period", ""), "ngay": str(given.get("as_of", ""))}
        asked = asking.read(names, at=timezone.now())
        result = results.load(asked)
        body = {
            "period": asked.period.code,
            "as_of": asked.as_of,
            "fresh_at": result.province.fresh_at,
            "indicator_set": result.scored.indicator_set.code,
            "units": [_unit(result, unit) for unit in _units(result, Sight.of(user))],
        }
        return Response(FiguresOutput(body).data)


def _units(result: Result, sight: Sight) -> list[Agency | None]:
    agencies = [agency for agency in result.scored.agencies if sight.covers(agency)]
    return [None, *agencies] if sight.is_whole else [*agencies]


def _unit(result: Result, unit: Agency | None) -> dict[str, Any]:
    score, counts = result.outcome.score_of(unit), result.outcome.figures_of(unit).counts
    return {
        "agency": unit.code if unit else None,
        "name": unit.name if unit else "Toàn tỉnh",
        "place": result.outcome.places.get(unit.pk) if unit else None,
        "total": score.total,
        "band": score.band.name,
        "groups": dict(score.groups),
        "components": [
            {
                "code": component.code,
                "numerator": counts[component.code].numerator,
                "denominator": counts[component.code].denominator,
                "points": score.components[component.code],
                "maximum": component.maximum,
                "note": counts[component.code].note,
            }
            for component in result.scored.indicator_set.components
            if component.is_scored
        ],
    }
