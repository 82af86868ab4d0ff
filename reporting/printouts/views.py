"""The views that can be taken out of the portal, by their names in addresses."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from reporting.printouts import duty, figures, reform, times
from reporting.printouts.asking import Question
from reporting.printouts.shapes import Printout
from reporting.refusals import UnknownView

View = Callable[[Question], Printout]

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "ket-qua": figures.board,
        "nhom": figures.group,
        "chi-tieu": figures.component,
        "thoi-gian": times.time_lost,
        "khoi-luong": times.workload,
        "hien-thi": times.shown_only,
        "cham-diem": duty.scores,
        "cong-viec": duty.work,
        "cai-cach": reform.reform,
    }
)


def printout_of(view: str, question: Question) -> Printout:
    """The view as tables; UnknownView when it is none, or is asked of nothing that there is."""
    if view not in VIEWS:
        raise UnknownView("Không có bảng số liệu này. Hãy mở lại từ trang chỉ số.")
    return VIEWS[view](question)
