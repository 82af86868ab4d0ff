"""Chấm điểm giải quyết thủ tục as tables: units, one unit with its officers, one officer."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from organizations.models import Agency, User
from organizations.roles import Role
from reporting.duty import results, scoring, working
from reporting.duty.results import Cell, OfficerResult, UnitResult
from reporting.duty.scoring import DutyIndex, DutyScore
from reporting.printouts.asking import Question
from reporting.printouts.shapes import Printout, Row, Sheet
from reporting.refusals import UnknownView

_BASIS = (
    "Theo Điều 13, 14, 15 Thông tư số 01/2018/TT-VPCP. Mỗi chỉ số 0, 1 hoặc 2 điểm; chỉ số chưa "
    "có số liệu không tính vào tổng."
)
_NOTHING = "chưa có số liệu"


def scores(question: Question) -> Printout:
    """Every unit seen; or one unit, and its officers for whoever answers for them."""
    agency = question.agency
    sheets: tuple[Sheet, ...]
    if agency is None:
        sheets = (_units(results.units(question.asked, question.sight)),)
    else:
        sheets = (_units([results.unit(question.asked, agency)]),)
        if working.sees_officers(question.user, agency):
            sheets += (_officers(results.officers(question.asked, agency)),)
    return Printout(
        view="cham-diem",
        title="Đánh giá việc giải quyết thủ tục hành chính",
        agency=agency or question.sight.own(),
        period=question.asked.period.label,
        notes=(_BASIS,),
        sheets=sheets,
        is_signed=True,
    )


def work(question: Question) -> Printout:
    """One officer: points, steps with their time, ratings. Without a code it is oneself."""
    person, asked = _person(question), question.asked
    agencies = person.agency_ids_for(Role.OFFICER)
    if question.agency:
        agencies = frozenset({question.agency.pk})
    steps = working.steps(person, asked, agencies)
    ratings = working.ratings(person, question.user, asked)
    rated = (ratings.number, ratings.satisfied, ratings.dissatisfied)
    return Printout(
        view="cong-viec",
        title=f"Công việc của công chức {person.full_name}",
        agency=question.agency or question.sight.own(),
        period=asked.period.label,
        notes=(_BASIS,),
        sheets=(
            _officers([results.officer(asked, person, agencies)]),
            Sheet(
                title="Thời gian các bước đã xong",
                heads=("Bước", "Số lượng", "Quá hạn", "Trung bình", "Một nửa xong trong"),
                rows=tuple(
                    (row["name"], row["number"], row["late"], row["mean"], row["median"])
                    for row in steps
                ),
            ),
            Sheet(
                title="Đánh giá của người dân",
                heads=("Lượt đánh giá", "Hài lòng", "Không hài lòng"),
                rows=(rated,),
            ),
        ),
    )


def _person(question: Question) -> User:
    code, agency = question.code, question.agency
    if code in {"", str(question.user.pk)}:
        if not question.user.has_role(Role.OFFICER):
            raise PermissionDenied("Bảng này dành cho công chức giải quyết hồ sơ.")
        return question.user
    if agency is None or not working.sees_officers(question.user, agency):
        raise Agency.DoesNotExist
    found = None
    if code.isascii() and code.isdecimal() and len(code) < 19:
        found = User.objects.filter(pk=int(code), memberships__agency=agency).first()
    if found is None:
        raise UnknownView("Không có công chức này. Hãy mở lại từ trang chấm điểm.")
    return found


def _units(units: Sequence[UnitResult]) -> Sheet:
    return Sheet(
        title="Cơ quan",
        heads=("Cơ quan", "Hồ sơ", *_heads(scoring.UNIT_INDICES), "Tổng điểm", "Xếp loại"),
        rows=tuple(
            _row(unit.agency.name, unit.work.number, unit.cells, unit.score) for unit in units
        ),
    )


def _officers(officers: Sequence[OfficerResult]) -> Sheet:
    return Sheet(
        title="Công chức",
        heads=("Công chức", "Hồ sơ", *_heads(scoring.OFFICER_INDICES), "Tổng điểm", "Mức độ"),
        rows=tuple(
            _row(one.officer.full_name, one.work.number, one.cells, one.score) for one in officers
        ),
    )


def _row(name: str, number: int, cells: Sequence[Cell], score: DutyScore) -> Row:
    # Nobody is called poor for having had nothing to resolve.
    band = score.band.name if score.band and number else _NOTHING
    return (name, number, *(cell.points for cell in cells), score.total, band)


def _heads(indices: Sequence[DutyIndex]) -> list[str]:
    return [f"{index.value}. {index.label}" for index in indices]
