"""Fills in a form, and finds the dossiers behind each of its figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from organizations.folding import sort_key
from organizations.models import Agency, User
from reporting.refusals import UnknownForm
from reporting.statistical.dossiers import CLASSES, SETS
from reporting.statistical.shapes import Column, StatisticalForm, Table, TableRow
from reporting.statuses import RowBy
from reporting.windows import Window

_KEYS = {
    RowBy.FIELD: ("version__field_id", "version__field__name"),
    RowBy.AGENCY: ("agency_id", "agency__name"),
}
_Named = dict[tuple[int, str], dict[int, int]]


def fill_in(
    *, form: StatisticalForm, agency: Agency, window: Window, with_below: bool = True
) -> Table:
    """The form for an agency, with all below it unless asked otherwise; a statement for each set.

    Every dossier of a set falls into one class of each kind, so that the columns of a form add
    up; FormDoesNotAddUp if they ever do not, UnknownForm for a form of the whole province.
    """
    if form.needs_whole and agency.parent_id is not None:
        raise UnknownForm(
            f"Biểu {form.number} chỉ lập cho toàn tỉnh: hãy chọn biểu II.06a cho một cơ quan."
        )
    named = _counted(form, agency, window, with_below)
    rows = [
        TableRow(key=key, name=name, figures=figures)
        for (key, name), figures in sorted(named.items(), key=lambda row: sort_key(row[0][1]))
    ]
    total = TableRow(key=None, name="Tổng số", figures=_summed(form, rows))
    for row in (*rows, total):
        form.check(row.figures, row.name)
    return Table(
        form=form, agency=agency, with_below=with_below, window=window, rows=rows, total=total
    )


def behind(
    *,
    form: StatisticalForm,
    column: Column,
    agency: Agency,
    window: Window,
    user: User,
    key: int | None = None,
    with_below: bool = True,
) -> DossierQuerySet:
    """The dossiers of one figure that this person may see; without a key those of all rows."""
    counted = _of(agency, column.counts, window, with_below).filter(column.condition)
    if key is not None:
        counted = counted.filter(**{_KEYS[form.row_by][0]: key})
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    return visible.filter(pk__in=counted.values("pk"))


def _of(agency: Agency, name: str, window: Window, with_below: bool) -> DossierQuerySet:
    rows = SETS[name](window)
    if not with_below:
        only: DossierQuerySet = rows.filter(agency=agency)
        return only
    ids = Agency.objects.within(agency.path or "").values("pk")
    whole: DossierQuerySet = rows if agency.parent_id is None else rows.filter(agency__in=ids)
    return whole


def _counted(form: StatisticalForm, agency: Agency, window: Window, with_below: bool) -> _Named:
    named: _Named = defaultdict(lambda: {column.number: 0 for column in form.columns})
    key, name = _KEYS[form.row_by]
    for counts in dict.fromkeys(column.counts for column in form.columns):
        columns = [column for column in form.columns if column.counts == counts]
        rows = _of(agency, counts, window, with_below).order_by()
        grouped = rows.values(key, name, *CLASSES[counts]).annotate(dossiers=Count("pk"))
        for group in grouped:
            _add(named[group[key], group[name]], columns, group)
    return named


def _add(figures: dict[int, int], columns: Iterable[Column], group: Mapping[str, Any]) -> None:
    for column in columns:
        if column.holds(group):
            figures[column.number] += group["dossiers"]


def _summed(form: StatisticalForm, rows: list[TableRow]) -> dict[int, int]:
    return {
        column.number: sum(row.figures[column.number] for row in rows) for column in form.columns
    }
