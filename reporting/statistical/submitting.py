"""Submits a form for a period that is over, and says whose is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from organizations.models import Agency, User
from organizations.roles import Role
from reporting.models import SubmittedReport
from reporting.periods import ReportPeriod
from reporting.refusals import ReportRefused
from reporting.snapshots import content_hash
from reporting.statistical import counting
from reporting.statistical.asking import FormAsked
from reporting.statistical.shapes import StatisticalForm, Table


def may_submit(user: User, agency: Agency) -> bool:
    """The head of the agency, and whoever watches over the province."""
    return agency.pk in user.agency_ids_for(Role.HEAD, Role.SUPERVISOR)


@transaction.atomic
def submit(*, asked: FormAsked, actor: User, at: datetime) -> SubmittedReport:
    """Keep the figures as they stand at the cut-off; submitting again keeps both.

    Raises PermissionDenied for others than the head, ReportRefused while the period runs, when
    nothing changed since the last time, or when another person submits at this moment.
    """
    if not may_submit(actor, asked.agency):
        raise PermissionDenied("Chỉ lãnh đạo cơ quan hoặc Văn phòng UBND tỉnh mới nộp báo cáo.")
    if not asked.period.is_over(at=at):
        raise ReportRefused(
            f"{asked.period.label} chưa kết thúc: hãy nộp báo cáo sau ngày "
            f"{asked.period.last_day:%d/%m/%Y}."
        )
    table = counting.fill_in(
        form=asked.form, agency=asked.agency, window=asked.window, with_below=asked.with_below
    )
    content = content_of(table)
    former = latest(form=asked.form, agency=asked.agency, period=asked.period)
    if former is not None and former.hash == content_hash(content):
        raise ReportRefused("Báo cáo này đã nộp và số liệu không thay đổi: không cần nộp lại.")
    return _kept(
        SubmittedReport(
            agency=asked.agency,
            form=asked.form.code,
            period=asked.period.code,
            number=former.number + 1 if former else 1,
            content=content,
            hash=content_hash(content),
            submitted_by=actor,
            submitted_by_name=actor.full_name,
            submitted_at=at,
        )
    )


def latest(
    *, form: StatisticalForm, agency: Agency, period: ReportPeriod
) -> SubmittedReport | None:
    """The last submission of a form."""
    rows = SubmittedReport.objects.filter(agency=agency, form=form.code, period=period.code)
    return rows.order_by("-number").first()


def is_whole(report: SubmittedReport) -> bool:
    """Are the figures still what was submitted, to the letter?"""
    return report.hash == content_hash(report.content)


def content_of(table: Table) -> dict[str, Any]:
    """The figures of a form as they are kept."""
    numbers = [column.number for column in table.form.columns]
    return {
        "form": table.form.code,
        "agency": table.agency.code,
        "period": table.window.period.code,
        "with_below": table.with_below,
        "cut_off": table.window.until.isoformat(),
        "columns": numbers,
        "rows": [[row.name, _figures(row.figures, numbers)] for row in table.rows],
        "total": _figures(table.total.figures, numbers),
    }


def _figures(figures: Mapping[int, int], numbers: Sequence[int]) -> list[int]:
    return [figures[number] for number in numbers]


def _kept(report: SubmittedReport) -> SubmittedReport:
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        raise ReportRefused(
            "Báo cáo này vừa được người khác nộp. Hãy tải lại trang rồi xem bản đã nộp."
        ) from None
    return report


@dataclass(frozen=True, kw_only=True)
class Submissions:
    """What an agency has submitted of each period: the last report, or None for chưa nộp."""

    agency: Agency
    reports: Sequence[tuple[ReportPeriod, SubmittedReport | None]]


def overview(
    *, form: StatisticalForm, agencies: Sequence[Agency], periods: Sequence[ReportPeriod]
) -> list[Submissions]:
    """Agencies × periods: nộp or chưa nộp, in one statement."""
    found = SubmittedReport.objects.filter(
        form=form.code,
        period__in=[period.code for period in periods],
        agency__in=[agency.pk for agency in agencies],
    )
    by_key = {(one.agency_id, one.period): one for one in found.order_by("number")}
    return [
        Submissions(
            agency=agency,
            reports=[(period, by_key.get((agency.pk, period.code))) for period in periods],
        )
        for agency in agencies
    ]
