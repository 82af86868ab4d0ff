"""The pages of points as tables: the whole or an agency, a group, a component."""

from collections.abc import Iterable, Sequence

from organizations.models import Agency
from reporting import boards, corrected, results, wording
from reporting.indicator_sets.shapes import Component, Group
from reporting.printouts.asking import Question
from reporting.printouts.shapes import Printout, Row, Sheet
from reporting.refusals import UnknownView
from reporting.results import Result

_COUNTS = ("Cơ quan", "Mã", "Chỉ số", "Tử số", "Mẫu số", "Điểm", "Điểm tối đa", "Ghi chú")
_WHOLE = "Toàn tỉnh"


def board(question: Question) -> Printout:
    """Điểm và xếp hạng: the whole and every agency seen, or the one that was asked."""
    result = results.load(question.asked)
    units = _units(question, result)
    heads = [group.name for group in result.scored.indicator_set.groups]
    counts = (row for unit in units for row in _counts(result, unit))
    return Printout(
        view="ket-qua",
        title="Kết quả đánh giá chất lượng phục vụ người dân, doanh nghiệp",
        agency=question.agency or question.sight.own(),
        period=question.asked.period.label,
        notes=notes(question, result),
        sheets=(
            Sheet(
                title="Điểm",
                heads=("Cơ quan", "Hạng", "Xếp loại", "Tổng điểm", *heads),
                rows=tuple(_points(result, unit) for unit in units),
            ),
            Sheet(title="Số liệu", heads=_COUNTS, rows=tuple(counts), is_printed=len(units) == 1),
        ),
    )


def group(question: Question) -> Printout:
    """Nhóm chỉ tiêu: the points of its components at every agency seen."""
    result = results.load(question.asked)
    found = _group(result, question.code)
    scored = [component for component in found.components if component.is_scored]
    units = _units(question, result)
    return Printout(
        view="nhom",
        title=f"Nhóm chỉ tiêu: {found.name}",
        agency=question.agency,
        period=question.asked.period.label,
        notes=notes(question, result),
        sheets=(
            Sheet(
                title="Điểm",
                heads=("Cơ quan", "Điểm nhóm", *(component.name for component in scored)),
                rows=tuple(_of_group(result, unit, found, scored) for unit in units),
            ),
        ),
    )


def component(question: Question) -> Printout:
    """Chỉ số thành phần: numerator, denominator, share and points of every agency seen."""
    result = results.load(question.asked)
    found = _component(result, question.code)
    rows = (_of_component(result, unit, found) for unit in _units(question, result))
    explained = (f"Tử số: {found.numerator}.", f"Mẫu số: {found.denominator}.")
    heads = ("Cơ quan", "Tử số", "Mẫu số", "Chưa đạt", "Tỷ lệ", "Điểm", "Điểm tối đa")
    return Printout(
        view="chi-tieu",
        title=f"Chỉ số {found.code}. {found.name}",
        agency=question.agency,
        period=question.asked.period.label,
        notes=(*notes(question, result), *explained, *_with_corrections(question, result, found)),
        sheets=(Sheet(title="Số liệu", heads=heads, rows=tuple(rows)),),
    )


def notes(question: Question, result: Result) -> tuple[str, ...]:
    """By which set of indicators, and as known when."""
    fresh_at = result.province.fresh_at.astimezone(question.asked.period.end.tzinfo)
    known = f"Số liệu tính đến {fresh_at:%H:%M:%S} ngày {fresh_at:%d/%m/%Y}."
    if question.asked.as_of:
        known = f"Số liệu như đã biết hết ngày {question.asked.as_of:%d/%m/%Y}."
    return (f"{result.scored.indicator_set.name}.", known)


def _with_corrections(question: Question, result: Result, component: Component) -> Iterable[str]:
    """Component 2.1 once more with the corrections that were accepted, where there are any."""
    whole = question.agency is None and question.sight.is_whole
    if component.code != corrected.COMPONENT or not (question.agency or whole):
        return
    difference = corrected.of(result.province.window, question.agency)
    if difference.dossiers:
        recorded = result.outcome.figures_of(question.agency).counts[component.code]
        count = difference.added_to(recorded)
        yield (
            f"Tính cả đính chính đã được chấp nhận ({difference.dossiers} hồ sơ), tỷ lệ là "
            f"{wording.percent(count.ratio)} ({count.numerator}/{count.denominator}). "
            "Điểm luôn tính theo mốc đã ghi."
        )


def _units(question: Question, result: Result) -> Sequence[Agency | None]:
    """The whole first; those in the order of the dictionary."""
    if question.agency is not None:
        return [question.agency]
    agencies = [one for one in result.scored.agencies if question.sight.covers(one)]
    return [None, *agencies] if question.sight.is_whole else agencies


def _points(result: Result, unit: Agency | None) -> Row:
    score = result.outcome.score_of(unit)
    place = result.outcome.places.get(unit.pk) if unit else None
    return (name_of(unit), place, score.band.name, score.total, *score.groups.values())


def _counts(result: Result, unit: Agency | None) -> Iterable[Row]:
    points, counts = (
        result.outcome.score_of(unit).components,
        result.outcome.figures_of(unit).counts,
    )
    for component in result.scored.indicator_set.components:
        if component.is_scored:
            count = counts[component.code]
            yield (
                name_of(unit),
                component.code,
                component.name,
                count.numerator,
                count.denominator,
                points[component.code],
                component.maximum,
                count.note,
            )


def _of_group(
    result: Result, unit: Agency | None, group: Group, scored: Sequence[Component]
) -> Row:
    score = result.outcome.score_of(unit)
    points = (score.components[component.code] for component in scored)
    return (name_of(unit), score.groups[group.code], *points)


def _of_component(result: Result, unit: Agency | None, component: Component) -> Row:
    line = boards.component_line(result.outcome, unit, component)
    count = line.count
    share = wording.percent(count.ratio)
    figures = (count.numerator, count.denominator, count.rest, share)
    return (name_of(unit), *figures, line.points, component.maximum)


def name_of(unit: Agency | None) -> str:
    """The whole is called so."""
    return unit.name if unit else _WHOLE


def _group(result: Result, code: str) -> Group:
    for group in result.scored.indicator_set.groups:
        if group.code == code:
            return group
    raise UnknownView("Không có nhóm chỉ tiêu này. Hãy mở lại từ trang chỉ số.")


def _component(result: Result, code: str) -> Component:
    for component in result.scored.indicator_set.components:
        if component.code == code and component.is_scored:
            return component
    raise UnknownView("Không có chỉ số này. Hãy mở lại từ trang chỉ số.")
