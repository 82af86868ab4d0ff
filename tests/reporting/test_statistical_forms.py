"""II.06a and 07a/BTP: each column, the naive count, the cut-off, and who sees what is behind."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from apologies.models import ApologyLetter
from dossiers import endings, halting, intake
from dossiers.holding import Target
from dossiers.models import Dossier
from reporting.periods import ReportPeriod
from reporting.refusals import FormDoesNotAddUp, UnknownForm
from reporting.statistical import counting, forms
from reporting.windows import Window
from tests.conftest import NOW
from tests.dossiers.moving import asked_to_supplement, supplemented, walked
from tests.reporting import forms_oracle, histories
from tests.reporting.test_oracle import AFTER_ALL, _cast, places, quickly, undone  # noqa: F401

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOVEMBER = ReportPeriod.parse("2026-11-tk")
DECEMBER = ReportPeriod.parse("2026-12-tk")
II06A = forms.form_of("ii06a")
BTP = forms.form_of("07a")
PERIODS = ("2026-09-tk", "2026-10-tk", "2026-11-tk", "2026-Q4-tk", "2026-10", "2026")


def filled(form, agency, *, period=DECEMBER, at=AFTER_ALL, as_of=None, with_below=True):
    window = Window.of(period, at=at, as_of=as_of)
    return counting.fill_in(form=form, agency=agency, window=window, with_below=with_below)


def only(figures):
    return {number: count for number, count in figures.items() if count}


@pytest.mark.slow
@quickly
@given(
    drawn=histories.many(25),
    period=st.sampled_from(PERIODS),
    as_of=st.one_of(st.none(), st.dates(date(2026, 8, 20), date(2026, 12, 20))),
)
def test_the_form_agrees_with_the_naive_count(province, places, undone, drawn, period, as_of):  # noqa: F811
    with undone:
        histories.write(drawn, places)
        window = Window.of(ReportPeriod.parse(period), at=AFTER_ALL, as_of=as_of)
        everything = drawn + _cast(places)

        table = filled(II06A, province, period=window.period, as_of=as_of)
        by_agency = filled(forms.form_of("ii06b"), province, period=window.period, as_of=as_of)

        begun = everything if window.has_begun else []
        wanted = forms_oracle.ii06a(begun, start=window.start, end=window.until)
        assert table.total.figures == wanted
        assert table.total.figures[3] == table.total.figures[7] + table.total.figures[11]
        assert by_agency.total.figures == wanted


@pytest.mark.slow
@quickly
@given(drawn=histories.many(20), period=st.sampled_from(PERIODS), days=st.integers(0, 120))
def test_what_happens_after_the_cut_off_changes_nothing(
    province,
    places,  # noqa: F811
    undone,  # noqa: F811
    drawn,
    period,
    days,
):
    cut_off = histories.START + timedelta(days=days)
    with undone:
        known = [told for one in drawn if (told := one.known(cut_off))]
        histories.write(known, places)
        then = filled(BTP, province, period=ReportPeriod.parse(period), at=cut_off)
        histories.write(drawn, places)
        as_of = cut_off.date() - timedelta(days=1)
        later = filled(BTP, province, period=ReportPeriod.parse(period), as_of=as_of)

        assert later.total.figures == then.total.figures


def test_one_dossier_stands_in_the_columns_of_what_happened_to_it(desk, justice):
    walked(desk, "return")

    november = filled(II06A, justice, period=NOVEMBER)

    assert len(november.rows) == 1
    assert only(november.total.figures) == {3: 1, 5: 1, 7: 1, 8: 1}


def test_a_dossier_in_hand_is_of_this_period_then_of_the_earlier(desk, justice):
    desk.accept()

    first = filled(II06A, justice, period=NOVEMBER)
    second = filled(II06A, justice, period=DECEMBER)

    assert only(first.total.figures) == {3: 1, 5: 1, 11: 1, 12: 1}
    assert only(second.total.figures) == {3: 1, 6: 1, 11: 1, 13: 1}


@pytest.mark.parametrize(("seconds", "column"), [(-86_400, 8), (-1, 9), (0, 9), (1, 10)])
def test_before_the_day_on_it_and_late(desk, justice, seconds, column):
    dossier = walked(desk, "return")
    due = dossier.due_at + timedelta(seconds=seconds)
    with_triggers_asleep(dossier, resolved_at=due, returned_at=due)

    figures = filled(II06A, justice, period=ReportPeriod.parse("2026")).total.figures

    assert only(figures) == {3: 1, 5: 1, 7: 1, column: 1}


def with_triggers_asleep(dossier, **facts):
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Dossier.objects.filter(pk=dossier.pk).update(**facts)
        cursor.execute("SET session_replication_role = origin")


def test_a_wait_for_papers_is_not_overdue_before_or_after_it_ends(desk, justice):
    dossier = asked_to_supplement(desk)
    cut_off = dossier.due_at + timedelta(days=2)

    then = filled(II06A, justice, at=cut_off).total.figures
    supplemented(desk, dossier, at=cut_off + timedelta(hours=1))
    later = filled(II06A, justice, as_of=cut_off.date() - timedelta(days=1)).total.figures

    assert (then[12], then[13]) == (1, 0)
    assert later == then


def test_a_dossier_that_was_late_before_it_waited_stays_late(desk, justice):
    dossier = walked(desk, "take")
    late_at = dossier.due_at + timedelta(days=3)
    halting.pause_for_payment(
        target=Target(code=dossier.code), reason="Lệ phí trước bạ.", actor=desk.officer, at=late_at
    )

    assert filled(II06A, justice, at=late_at + timedelta(days=1)).total.figures[13] == 1


def test_a_form_is_one_statement_for_each_set(desk, province):
    walked(desk, "return")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        filled(II06A, province)
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        filled(BTP, province)
    assert len(queries) == 4


def test_an_agency_counts_with_all_below_it_or_alone(desk, province, justice, construction):
    desk.accept()

    assert filled(II06A, province).total.figures[3] == 1
    assert filled(II06A, province, with_below=False).total.figures[3] == 0
    assert filled(II06A, justice, with_below=False).total.figures[3] == 1
    assert filled(II06A, construction).total.figures[3] == 0


def test_columns_that_contradict_each_other_are_refused(desk, justice):
    figures = dict(filled(II06A, justice).total.figures)
    II06A.check(figures, "Tổng số")

    with pytest.raises(FormDoesNotAddUp, match="cột 3 là 1 nhưng cột 7 \\+ cột 11 là 0"):
        II06A.check({**figures, 3: 1, 4: 1}, "Tổng số")
    with pytest.raises(FormDoesNotAddUp, match="cột 7 là 2"):
        II06A.check({**figures, 7: 2}, "Tổng số")


def test_the_form_of_the_whole_province_is_not_made_for_an_agency(justice, province):
    with pytest.raises(UnknownForm, match="toàn tỉnh"):
        filled(forms.form_of("ii06c"), justice)
    assert filled(forms.form_of("ii06c"), province).form.unverified


def test_unknown_forms_are_refused():
    with pytest.raises(UnknownForm, match="danh sách"):
        forms.form_of("ii99")


def test_07a_tells_payments_refusals_and_who_ended_it(desk, province):
    period = ReportPeriod.parse("2026-11")
    walked(desk, "return")
    _ended_otherwise(desk)

    figures = filled(BTP, province, period=period).total.figures

    assert figures[3] == figures[11] + figures[15] == 3
    assert (figures[22], figures[23], figures[24]) == (1, 1, 1)
    assert figures[19] == figures[20] + figures[21]


def _ended_otherwise(desk):
    """One dossier stopped, one withdrawn, one not even accepted."""
    target = Target(code=walked(desk, "take").code)
    endings.stop(target=target, reason="Đất có tranh chấp.", actor=desk.head, at=NOW + DAY)
    endings.withdraw(
        target=Target(code=desk.accept().code),
        withdrawal=endings.Withdrawal(reference="Đơn ngày 14/11/2026"),
        actor=desk.clerk,
        at=NOW + DAY,
    )
    intake.refuse(request=desk.request(), reason="Sai thẩm quyền.", actor=desk.clerk, at=NOW)


def test_an_online_dossier_waits_in_time_then_late(desk, justice):
    dossier = intake.submit(request=desk.request(channel="online"), at=NOW)

    in_time = filled(BTP, justice, period=NOVEMBER, at=dossier.accept_by).total.figures
    late = filled(BTP, justice, at=dossier.accept_by + DAY).total.figures

    assert (in_time[25], in_time[26], in_time[3]) == (1, 0, 0)
    assert (late[25], late[26], late[3]) == (0, 1, 0)


def test_received_by_a_counter_of_another_place_is_beyond_the_boundary(
    desk, justice, commune_counter
):
    here = desk.accept()
    there = desk.accept()
    with_triggers_asleep(there, counter=commune_counter)

    figures = filled(BTP, justice).total.figures

    assert here.counter != commune_counter
    assert (figures[3], figures[10]) == (2, 1)


def test_a_letter_counts_while_it_stands(desk, justice):
    dossier = desk.accept()
    sent_at = dossier.due_at - DAY
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        letter = ApologyLetter.objects.create(
            dossier=dossier,
            agency=justice,
            rule_set=dossier.rule_set,
            status="withdrawn",
            reason="Hồ sơ phức tạp.",
            fault="agency",
            promised_at=dossier.due_at,
            new_day=dossier.due_at.date() + 5 * DAY,
            drafted_at=sent_at,
            number=1,
            year=2026,
            symbol="PXL-STP",
            signed_by=desk.head,
            signed_at=sent_at,
            signer_name="Hòa",
            signer_title="Giám đốc",
            authority="head",
            certificate_id=1,
            verification_code="a" * 20,
            sent_at=sent_at,
            withdrawn_at=dossier.due_at + 10 * DAY,
            withdrawn_by=desk.head,
            withdrawal_reason="Nhầm hồ sơ.",
        )
        cursor.execute("SET session_replication_role = origin")

    while_it_stands = filled(BTP, justice, at=letter.withdrawn_at - DAY).total.figures
    after = filled(BTP, justice, at=letter.withdrawn_at + DAY).total.figures
    with connection.cursor() as cursor:  # the certificate of this letter was never written
        cursor.execute("SET session_replication_role = replica")
        letter.delete()
        cursor.execute("SET session_replication_role = origin")

    assert (while_it_stands[17], while_it_stands[18]) == (1, 0)
    assert (after[17], after[18]) == (0, 1)


def test_behind_a_figure_are_its_dossiers_as_the_person_may_see_them(
    desk, justice, province, officer, foreign_officer, supervisor
):
    dossier = desk.accept()
    window = Window.of(DECEMBER, at=AFTER_ALL)
    field = dossier.version.field_id

    def seen(user, number, **more):
        return list(
            counting.behind(
                form=II06A,
                column=II06A.column(number),
                agency=province,
                window=window,
                user=user,
                **more,
            )
        )

    assert seen(supervisor, 13) == seen(officer, 13, key=field) == [dossier]
    assert seen(foreign_officer, 13) == []
    assert seen(supervisor, 12) == seen(supervisor, 13, key=field + 1) == []


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.code)
def test_every_figure_equals_the_number_of_dossiers_behind_it(desk, province, supervisor, form):
    walked(desk, "return")
    _ended_otherwise(desk)
    desk.accept(channel="online")
    intake.submit(request=desk.request(channel="online"), at=NOW)
    window = Window.of(ReportPeriod.parse("2026-11"), at=AFTER_ALL)

    table = counting.fill_in(form=form, agency=province, window=window)

    assert table.rows
    for row in (*table.rows, table.total):
        for column in form.columns:
            rows = counting.behind(
                form=form,
                column=column,
                agency=province,
                window=window,
                user=supervisor,
                key=row.key,
            )
            assert rows.count() == row.figures[column.number], column
