"""Tự đánh giá cải cách hành chính as tables: the sheets of a year, or one sheet."""

from collections.abc import Iterator

from dossiers.deadlines import local_date
from organizations.models import Agency
from reporting.models import ReformSheet
from reporting.printouts.asking import Question
from reporting.printouts.shapes import Printout, Row, Sheet
from reporting.reform import criteria, showing
from reporting.reform.showing import Shown, YearRow
from reporting.refusals import UnknownView

_HEADS = (
    "Tiêu chí",
    "Điểm tối đa",
    "Điểm tự chấm",
    "Giải trình, minh chứng",
    "Điểm thẩm định",
    "Ý kiến thẩm định",
)


def reform(question: Question) -> Printout:
    """The sheet of the agency that was asked, or every sheet of the year (`code`)."""
    year = _year(question)
    return _one(question, year, question.agency) if question.agency else _all(question, year)


def _year(question: Question) -> int:
    code = question.code or str(local_date(question.asked.at).year)
    if not (code.isascii() and code.isdecimal() and len(code) == 4):
        raise UnknownView("Không có phiếu của năm này. Hãy mở lại từ trang cải cách hành chính.")
    return int(code)


def _all(question: Question, year: int) -> Printout:
    rules = criteria.of_year(year)
    agencies = [
        one
        for one in Agency.objects.active().in_order()
        if one.parent_id and question.sight.covers(one)
    ]
    rows = showing.of_year(year, agencies, reader=question.user)
    return Printout(
        view="cai-cach",
        title=f"Kết quả tự đánh giá cải cách hành chính năm {year}",
        agency=question.sight.own(),
        period=f"Năm {year}",
        notes=(f"{rules.name}. {rules.basis}.",),
        sheets=(
            Sheet(
                title="Các cơ quan",
                heads=("Cơ quan", "Trạng thái", "Tự chấm", "Thẩm định", "Xếp loại"),
                rows=tuple(_year_row(row) for row in rows),
            ),
        ),
        is_signed=True,
    )


def _year_row(row: YearRow) -> Row:
    state = row.sheet.get_status_display() if row.sheet else "Chưa lập phiếu"
    return (row.agency.name, state, row.own, row.council, row.band.name if row.band else "–")


def _one(question: Question, year: int, agency: Agency) -> Printout:
    sheet = ReformSheet.objects.filter(agency=agency, year=year).first()
    if sheet is None:
        raise UnknownView("Cơ quan chưa lập phiếu của năm này.")
    sheet.agency = agency
    shown = showing.shown(sheet, reader=question.user)
    return Printout(
        view="cai-cach",
        title=f"Phiếu tự đánh giá cải cách hành chính năm {year}",
        agency=agency,
        period=f"Năm {year}. {sheet.get_status_display()}",
        notes=(f"{shown.rules.name}. {shown.rules.basis}.", _total(shown)),
        sheets=tuple(
            Sheet(
                title=f"{area.area.code}. {area.area.name}"[:120],
                heads=_HEADS,
                rows=tuple(_lines(area, shown)),
            )
            for area in shown.areas
        ),
        is_signed=True,
    )


def _total(shown: Shown) -> str:
    own = f"Tổng điểm tự chấm: {shown.own}".replace(".", ",")
    if shown.council is None:
        return f"{own}."
    band = f" Xếp loại: {shown.band.name}." if shown.band else ""
    return f"{own}; thẩm định: {str(shown.council).replace('.', ',')}.{band}"


def _lines(area: showing.AreaLines, shown: Shown) -> Iterator[Row]:
    sees = shown.council is not None
    for line in area.lines:
        files = "; ".join(file.name for file in line.evidence)
        told = ". ".join(part for part in (line.score.explanation, files) if part)
        yield (
            f"{line.criterion.code}. {line.criterion.name}",
            line.criterion.maximum,
            line.score.own_points,
            told,
            line.score.council_points if sees else None,
            line.score.council_note if sees else "",
        )
