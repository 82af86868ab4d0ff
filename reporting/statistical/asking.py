"""What the pages of statistical forms were asked: which form, whose, of which period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from organizations.models import Agency
from reporting.asking import Choices
from reporting.periods import PeriodLength, ReportPeriod
from reporting.refusals import UnknownPeriod
from reporting.sight import Sight
from reporting.statistical import forms
from reporting.statistical.shapes import StatisticalForm
from reporting.windows import Window

ALONE = "rieng"
CORRECTED = "co"
_SHOWN = {
    PeriodLength.MONTH: 13,
    PeriodLength.QUARTER: 5,
    PeriodLength.HALF_YEAR: 3,
    PeriodLength.YEAR: 3,
}


@dataclass(frozen=True, kw_only=True)
class FormAsked:
    """A form of an agency, with all below it or alone, for a period, at a moment."""

    form: StatisticalForm
    agency: Agency
    period: ReportPeriod
    with_below: bool
    at: datetime
    # With the corrections that were accepted: to be looked at, never submitted.
    is_corrected: bool = False

    @property
    def window(self) -> Window:
        """The cut-off is the end of the period, or now while it still runs."""
        return Window.of(self.period, at=self.at)

    @property
    def query(self) -> str:
        """The question as it stands in addresses, less the form."""
        return urlencode(self.parameters)

    @property
    def parameters(self) -> dict[str, str]:
        """The same as names and values."""
        alone = {} if self.with_below else {"pham-vi": ALONE}
        corrected = {"dinh-chinh": CORRECTED} if self.is_corrected else {}
        return {"co-quan": self.agency.code, "ky": self.period.code, **alone, **corrected}


def agencies(sight: Sight) -> list[Agency]:
    """Whose forms a person may ask for: the whole first, then in the dictionary's order."""
    found = Agency.objects.in_order()
    if sight.shown is not None:
        return list(found.filter(pk__in=sight.shown))
    return sorted(found, key=lambda agency: agency.parent_id is not None)


def first(*, sight: Sight, at: datetime) -> FormAsked:
    """II.06a of the running statistical month, of the person's agency or the whole."""
    period = ReportPeriod.containing(at, PeriodLength.MONTH, is_statistical=True)
    agency = sight.own() or Agency.objects.get(parent__isnull=True)
    return FormAsked(form=forms.FORMS[0], agency=agency, period=period, with_below=True, at=at)


def read(given: Mapping[str, str], *, sight: Sight, at: datetime, form: str = "") -> FormAsked:
    """The question in an address.

    Raises Agency.DoesNotExist for an agency whose figures may not be seen, UnknownForm or
    UnknownPeriod for what names none.
    """
    usual = first(sight=sight, at=at)
    code, period_code = given.get("co-quan", ""), given.get("ky", "")
    period = ReportPeriod.parse(period_code) if period_code else usual.period
    if period.start > at:
        raise UnknownPeriod(f"{period.label} chưa bắt đầu: hãy chọn kỳ đang chạy hoặc đã qua.")
    return FormAsked(
        form=forms.form_of(form or given.get("bieu", "") or usual.form.code),
        agency=_agency(code, sight) if code else usual.agency,
        period=period,
        with_below=given.get("pham-vi") != ALONE,
        at=at,
        is_corrected=given.get("dinh-chinh") == CORRECTED,
    )


def _agency(code: str, sight: Sight) -> Agency:
    found: Agency = Agency.objects.get(code=code)
    if not sight.covers(found):
        raise Agency.DoesNotExist
    return found


def choices(asked: FormAsked) -> list[Choices]:
    """The statistical periods first, then calendar months; the newest of each first."""
    kinds = [(length, True) for length in _SHOWN] + [(PeriodLength.MONTH, False)]
    offered = [_offered(length, is_statistical, asked.at) for length, is_statistical in kinds]
    if asked.period not in {period for group in offered for period in group.periods}:
        offered.insert(0, Choices(label="Kỳ đang xem", periods=[asked.period]))
    return offered


def _offered(length: PeriodLength, is_statistical: bool, at: datetime) -> Choices:
    newest = ReportPeriod.containing(at, length, is_statistical=is_statistical)
    label = f"{length.label} {'thống kê (từ ngày 15 đến ngày 14)' if is_statistical else 'lịch'}"
    return Choices(label=label, periods=newest.trail(_SHOWN[length])[::-1])
