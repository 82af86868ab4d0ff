"""Which dossiers may go into a batch: a sentence for each that may not."""

from collections.abc import Sequence
from typing import Protocol

from dossiers.holding import ActRefused
from dossiers.models import Dossier
from dossiers.statuses import ENDED_STATUSES, DossierStatus
from liaison import whereabouts
from liaison.models import Consultation
from liaison.places import Place
from liaison.statuses import Carried
from liaison.whereabouts import Whereabouts

# More sentences than these nobody reads at once.
MOST_TOLD = 5


class Route(Protocol):
    """What is carried, from where to where."""

    @property
    def origin(self) -> Place: ...
    @property
    def destination(self) -> Place: ...
    @property
    def carries(self) -> Carried: ...


def check(dossiers: Sequence[Dossier], *, consignment: Route) -> None:
    """ActRefused when any of them may not go; all are told at once, as far as one reads."""
    found, asked = whereabouts.of_many(dossiers), _asked(dossiers, consignment.destination)
    told = [
        f"{dossier.code}: {why}"
        for dossier in dossiers
        if (why := objection(dossier, found[dossier.pk], consignment, is_asked=dossier.pk in asked))
    ]
    if told:
        more = f" Và {len(told) - MOST_TOLD} hồ sơ khác." if len(told) > MOST_TOLD else ""
        raise ActRefused([*told[:MOST_TOLD], *([more.strip()] if more else [])], code="codes")


def _asked(dossiers: Sequence[Dossier], destination: Place) -> set[int]:
    """Of which of them this agency's answer is awaited."""
    if destination.agency is None:
        return set()
    asked = Consultation.objects.asked().filter(agency=destination.agency, dossier__in=dossiers)
    return set(asked.values_list("dossier", flat=True))


def objection(dossier: Dossier, where: Whereabouts, route: Route, *, is_asked: bool) -> str:
    """Why this dossier may not go this way; empty when it may.

    `is_asked`: the agency to which it goes has been asked about it and has not answered.
    """
    if dossier.accepted_at is None:
        return "chưa được tiếp nhận nên chưa có gì để bàn giao."
    if where.is_on_the_way and where.latest is not None:
        symbol = where.latest.batch.symbol
        return f"đang nằm trong biên bản số {symbol}, bên nhận chưa xác nhận."
    if route.carries == Carried.RESULT:
        return _objection_to_result(dossier, where, route)
    if not where.exists:
        return "là hồ sơ điện tử, không có hồ sơ giấy để bàn giao."
    if where.holder != route.origin:
        return f"hồ sơ giấy không ở {route.origin.name}. {where.sentence}"
    return "" if is_asked else _objection_to_destination(dossier, route)


def _objection_to_result(dossier: Dossier, where: Whereabouts, route: Route) -> str:
    if dossier.status not in ENDED_STATUSES:
        return "chưa kết thúc giải quyết nên chưa có kết quả để bàn giao."
    # Its papers may never have left the counter: the result begins its way at the agency.
    begins_here = where.latest is None and route.origin.agency == dossier.agency
    if where.holder != route.origin and not begins_here:
        return f"hồ sơ giấy không ở {route.origin.name}. {where.sentence}"
    if route.destination.counter != dossier.counter:
        return f"kết quả phải về {dossier.counter.name}, nơi đã tiếp nhận hồ sơ."
    return ""


def _objection_to_destination(dossier: Dossier, route: Route) -> str:
    """Papers go to the agency that resolves, or to one that it consults; counters pass them on."""
    if route.destination.agency is None:
        return ""
    if route.destination.agency != dossier.agency:
        return (
            f"do {dossier.agency.name} giải quyết. Hãy lập biên bản riêng gửi cơ quan này; "
            f"gửi {route.destination.name} chỉ khi đang lấy ý kiến nơi đó."
        )
    if dossier.status == DossierStatus.ACCEPTED:
        return "chưa chuyển cơ quan giải quyết trên hệ thống. Hãy chuyển hồ sơ trước."
    return ""
