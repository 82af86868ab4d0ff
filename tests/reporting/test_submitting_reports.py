"""A report is submitted once its period is over, stands for ever, and is missed when it is not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from reporting.models import SubmittedReport
from reporting.periods import ReportPeriod
from reporting.refusals import ReportRefused
from reporting.statistical import forms, submitting
from reporting.statistical.asking import FormAsked
from tests.conftest import NOW
from tests.dossiers.moving import walked

pytestmark = pytest.mark.django_db
NOVEMBER = ReportPeriod.parse("2026-11-tk")
AFTER = NOVEMBER.end + timedelta(days=1, hours=9)
QUERY = "?co-quan=H41.15&ky=2026-11-tk"


def question(agency, *, form="ii06a", at=AFTER):
    return FormAsked(
        form=forms.form_of(form), agency=agency, period=NOVEMBER, with_below=True, at=at
    )


def submit(agency, actor, *, form="ii06a", at=AFTER):
    asked = question(agency, form=form, at=at)
    return submitting.submit(asked=asked, actor=actor, at=at)


def test_a_report_keeps_figures_who_and_when(desk, justice, head):
    walked(desk, "return")

    report = submit(justice, head)

    assert report.content["total"] == [1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0]
    assert report.content["cut_off"] == NOVEMBER.end.isoformat()
    assert (report.number, report.submitted_by_name) == (1, head.full_name)
    assert submitting.is_whole(SubmittedReport.objects.get())


def test_changed_figures_would_be_seen(desk, justice, head):
    report = submit(justice, head)
    report.content["total"][0] += 1

    assert not submitting.is_whole(report)


def test_a_period_that_runs_is_not_submitted(justice, head):
    with pytest.raises(ReportRefused, match="chưa kết thúc"):
        submit(justice, head, at=NOW)


def test_the_same_figures_are_not_submitted_twice(desk, justice, head):
    submit(justice, head)

    with pytest.raises(ReportRefused, match="số liệu không thay đổi"):
        submit(justice, head)
    assert submit(justice, head, form="07a").number == 1


def test_only_the_head_of_the_agency_and_the_provinces_office_submit(
    justice, officer, foreign_head, administrator, supervisor
):
    for person in (officer, foreign_head, administrator):
        with pytest.raises(PermissionDenied):
            submit(justice, person)
    assert submit(justice, supervisor).number == 1


@pytest.mark.parametrize("act", ["update", "delete", "truncate"])
def test_the_database_never_changes_a_report(justice, head, act):
    submit(justice, head)
    table = "reporting_submittedreport"
    statements = {
        "update": f"UPDATE {table} SET hash = hash",
        "delete": f"DELETE FROM {table}",
        "truncate": f"TRUNCATE {table}",
    }

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements[act])


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("report_number_unique_in_period", {}),
        ("report_has_number_and_hash", {"number": 2, "hash": "x"}),
    ],
)
def test_constraints_refuse(justice, head, name, facts):
    report = submit(justice, head)
    columns = [field.attname for field in SubmittedReport._meta.concrete_fields[1:]]
    row = {column: getattr(report, column) for column in columns} | facts

    with pytest.raises(IntegrityError, match=name):
        SubmittedReport.objects.create(**row)


def test_missing_reports_are_seen_in_one_statement(justice, construction, head):
    report = submit(justice, head)
    periods = [NOVEMBER, NOVEMBER.previous()]

    with CaptureQueriesContext(connection) as queries:
        rows = submitting.overview(
            form=forms.form_of("ii06a"), agencies=[justice, construction], periods=periods
        )

    assert len(queries) == 1
    assert [dict(row.reports) for row in rows] == [
        {NOVEMBER: report, NOVEMBER.previous(): None},
        {NOVEMBER: None, NOVEMBER.previous(): None},
    ]


def test_the_head_submits_on_the_page_and_everyone_sees_it(
    desk, justice, head, officer, supervisor, client, time_machine
):
    time_machine.move_to(AFTER, tick=False)
    client.force_login(officer)
    assert "Nộp báo cáo</button>" not in client.get(f"/bao-cao/{QUERY}").content.decode()
    assert client.post(f"/bao-cao/ii06a/nop/{QUERY}").status_code == 403
    client.force_login(head)
    assert "Nộp báo cáo</button>" in client.get(f"/bao-cao/{QUERY}").content.decode()
    assert client.get(f"/bao-cao/ii06a/nop/{QUERY}").status_code == 405

    done = client.post(f"/bao-cao/ii06a/nop/{QUERY}", follow=True).content.decode()
    twice = client.post(f"/bao-cao/ii06a/nop/{QUERY}", follow=True).content.decode()

    assert "Báo cáo đã nộp, lần 1." in done
    assert "không cần nộp lại" in twice
    assert SubmittedReport.objects.count() == 1
    client.force_login(supervisor)
    text = client.get("/bao-cao/tinh-hinh/").content.decode()
    assert text.count("Đã nộp") == 1
    assert "Chưa nộp" in text


def test_a_head_of_elsewhere_finds_nothing_to_submit(justice, foreign_head, client, time_machine):
    time_machine.move_to(AFTER, tick=False)
    client.force_login(foreign_head)

    assert client.post(f"/bao-cao/ii06a/nop/{QUERY}").status_code == 404
