"""Fills in a form, and finds the dossiers behind each of its figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count

from dossiers.models import Dossier
from dossiers.querysets import DossierQuerySet
from organizations.folding import sort_key
from organizations.models import Agency, User
from reporting.refusals import UnknownForm
from reporting.statistical.dossiers import CLASSES, CORRECTED, SETS
from reporting.statistical.shapes import Column, StatisticalForm, Table, TableRow
from reporting.statuses import RowBy
from reporting.windows import Window

_KEYS = {
    RowBy.FIELD: ("version__field_id", "version__field__name"),
    RowBy.AGENCY: ("agency_id", "agency__name"),
}
_Named = dict[tuple[int, str], dict[int, int]]


def fill_in(
    *,
    form: StatisticalForm,
    agency: Agency,
    window: Window,
    with_below: bool = True,
    is_corrected: bool = False,
) -> Table:
    """The form for an agency, with all below it unless asked otherwise; a statement for each set.

    By the recorded ends, or by those that accepted corrections tell (ADR 24).

    Every dossier of a set falls into one class of each kind, so that the columns of a form add
    up; FormDoesNotAddUp if they ever do not, UnknownForm for a form of the whole province.
    """
    if form.needs_whole and agency.parent_id is not None:
        raise UnknownForm(
            f"Biểu {form.number} chỉ lập cho toàn tỉnh: hãy chọn biểu II.06a cho một cơ quan."
        )
    scope = _Scope(agency, window, with_below, is_corrected)
    named = _counted(form, scope)
    rows = [
        TableRow(key=key, name=name, figures=figures)
        for (key, name), figures in sorted(named.items(), key=lambda row: sort_key(row[0][1]))
    ]
    total = TableRow(key=None, name="Tổng số", figures=_summed(form, rows))
    for row in (*rows, total):
        form.check(row.figures, row.name)
    return Table(
        form=form,
        agency=agency,
        with_below=with_below,
        window=window,
        rows=rows,
        total=total,
        is_corrected=is_corrected,
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
    is_corrected: bool = False,
) -> DossierQuerySet:
    """The dossiers of one figure that this person may see; without a key those of all rows."""
    scope = _Scope(agency, window, with_below, is_corrected)
    counted = scope.dossiers(column.counts).filter(column.condition)
    if key is not None:
        counted = counted.filter(**{_KEYS[form.row_by][0]: key})
    visible: DossierQuerySet = Dossier.objects.visible_to(user)
    return visible.filter(pk__in=counted.values("pk"))


class _Scope(NamedTuple):
    """Whose dossiers of which period count, and by which ends."""

    agency: Agency
    window: Window
    with_below: bool
    is_corrected: bool

    def dossiers(self, name: str) -> DossierQuerySet:
        """The set of this name, of the agency alone or of all below it too."""
        made = CORRECTED.get(name, SETS[name]) if self.is_corrected else SETS[name]
        rows = made(self.window)
        if not self.with_below:
            only: DossierQuerySet = rows.filter(agency=self.agency)
            return only
        if self.agency.parent_id is None:
            return rows
        ids = Agency.objects.within(self.agency.path or "").values("pk")
        below: DossierQuerySet = rows.filter(agency__in=ids)
        return below


def _counted(form: StatisticalForm, scope: _Scope) -> _Named:
    named: _Named = defaultdict(lambda: {column.number: 0 for column in form.columns})
    key, name = _KEYS[form.row_by]
    for counts in dict.fromkeys(column.counts for column in form.columns):
        columns = [column for column in form.columns if column.counts == counts]
        rows = scope.dossiers(counts).order_by()
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
