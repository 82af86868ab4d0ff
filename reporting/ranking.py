"""Who stands where: agencies of one kind side by side, the best first, equals sharing a place."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from organizations.models import Agency
from organizations.statuses import AgencyKind


def league(agency: Agency) -> str:
    """Communes are compared with communes, all others with each other."""
    if agency.kind == AgencyKind.COMMUNE:
        return "Ủy ban nhân dân xã, phường"
    return "Sở, ban, ngành và đơn vị cấp tỉnh"


def places(agencies: Iterable[Agency], totals: Mapping[int, Decimal]) -> dict[int, int]:
    """The place of each agency that has a total, within its own league."""
    leagues: dict[str, list[int]] = {}
    for agency in agencies:
        if agency.pk in totals:
            leagues.setdefault(league(agency), []).append(agency.pk)
    found: dict[int, int] = {}
    for members in leagues.values():
        first: dict[Decimal, int] = {}
        for place, total in enumerate(sorted((totals[pk] for pk in members), reverse=True), 1):
            first.setdefault(total, place)
        found.update((pk, first[totals[pk]]) for pk in members)
    return found
