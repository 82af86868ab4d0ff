"""What a statistical form is: its columns, what each counts, and a filled-in table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from organizations.models import Agency
from reporting.refusals import FormDoesNotAddUp
from reporting.statuses import RowBy
from reporting.windows import Window

Class = str | bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """Cột: the dossiers of a set whose classes are among these, or a sum of other columns."""

    number: int
    label: str
    group: str
    counts: str = "in_hand"
    where: Mapping[str, tuple[Class, ...]] = field(default_factory=dict)
    # Said in the heading: 3 = 4+5+6. Only a check; a total counts its own dossiers.
    sum_of: tuple[int, ...] = ()
    # Of which: counted again in another column of its group.
    is_part: bool = False

    @property
    def condition(self) -> Q:
        """The same as a condition on the set."""
        return Q(**{f"{name}__in": values for name, values in self.where.items()})

    def holds(self, classes: Mapping[str, Class]) -> bool:
        """Does a dossier of these classes belong to the column?"""
        return all(classes[name] in values for name, values in self.where.items())

    @property
    def sum_text(self) -> str:
        """`4+5+6`, empty for a column that is no sum."""
        return "+".join(str(number) for number in self.sum_of)


@dataclass(frozen=True, kw_only=True)
class StatisticalForm:
    """Biểu mẫu báo cáo."""

    code: str
    number: str
    title: str
    row_by: RowBy
    columns: tuple[Column, ...]
    # Pairs of a column and those that it must equal: 3 = 7 + 11.
    must_equal: tuple[tuple[int, tuple[int, ...]], ...]
    # Why the layout is not yet that of the law; empty when it is known.
    unverified: str = ""
    needs_whole: bool = False

    def column(self, number: int) -> Column:
        """The column of this number; LookupError without one."""
        for column in self.columns:
            if column.number == number:
                return column
        raise LookupError(number)

    def check(self, figures: Mapping[int, int], name: str) -> None:
        """Refuse a row whose columns do not add up."""
        sums = [(column.number, column.sum_of) for column in self.columns if column.sum_of]
        for total, parts in (*sums, *self.must_equal):
            found = sum(figures[part] for part in parts)
            if figures[total] != found:
                raise FormDoesNotAddUp(
                    f"Biểu {self.number}, dòng “{name}”: cột {total} là {figures[total]} nhưng "
                    f"{' + '.join(f'cột {part}' for part in parts)} là {found}. Không lập được "
                    "biểu: hãy báo quản trị hệ thống kiểm tra số liệu."
                )


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One line: a field or an agency with its figures by column."""

    key: int | None
    name: str
    figures: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A form filled in for an agency and a period, as at a cut-off."""

    form: StatisticalForm
    agency: Agency
    with_below: bool
    window: Window
    rows: Sequence[TableRow]
    total: TableRow
    # By the ends that corrections tell, not by those that were recorded.
    is_corrected: bool = False
