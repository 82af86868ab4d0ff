"""Pages by key: every row once and in order, forwards and backwards, whatever the moments."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dossiers import paging
from dossiers.models import Dossier
from dossiers.paging import BY_DUE, NEWEST, NEXT_ACT, CursorRefused, Order
from tests.conftest import NOW
from tests.dossiers.clones import clone

# Few moments, so that many rows share one; None stands for a procedure without a limit.
MOMENTS = st.one_of(st.none(), st.integers(1, 4).map(lambda days: NOW + timedelta(days=days)))
LATEST = Order("due_at", latest_first=True)
ORDERS = st.sampled_from([BY_DUE, NEXT_ACT, NEWEST, LATEST])
EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def promised(due_at):
    """The facts of a dossier that is promised for this moment, or that has no limit."""
    if due_at is None:
        return {"due_at": None, "first_due_at": None, "time_limit": None, "time_unit": ""}
    return {"due_at": due_at, "first_due_at": due_at, "status": "processing", "transferred_at": NOW}


def listed(order):
    """What may be sorted so: from the latest on only what has a moment."""
    return (
        Dossier.objects.filter(due_at__isnull=False) if order is LATEST else Dossier.objects.all()
    )


def in_order(rows, order):
    """The same order as Python sees it."""
    if order is NEWEST:
        return sorted((row.pk for row in rows), reverse=True)
    if order is LATEST:
        return [row.pk for row in sorted(rows, key=lambda row: (row.due_at, row.pk))][::-1]
    moment = order.moment
    ordered = sorted(
        rows, key=lambda row: (getattr(row, moment) is None, getattr(row, moment) or NOW, row.pk)
    )
    return [row.pk for row in ordered]


def walk(queryset, order, size):
    """All pages from the first to the last."""
    pages = [paging.page(queryset, order=order, size=size)]
    while pages[-1].after:
        pages.append(paging.page(queryset, order=order, after=pages[-1].after, size=size))
    return pages


def walk_back(queryset, order, size, last):
    """All pages from the last to the first, in the order in which they would be read."""
    pages = [last]
    while pages[0].before:
        pages.insert(0, paging.page(queryset, order=order, before=pages[0].before, size=size))
    return pages


def keys(pages):
    return [row.pk for page in pages for row in page.rows]


@EXAMPLES
@given(moments=st.lists(MOMENTS, max_size=14), order=ORDERS, size=st.integers(1, 6))
def test_walking_gives_every_row_once_in_order(dossier, moments, order, size):
    with transaction.atomic():
        clone(dossier, map(promised, moments))
        rows = listed(order)
        expected = in_order(rows, order)

        forward = walk(rows, order, size)
        back = walk_back(rows, order, size, forward[-1])
        transaction.set_rollback(True)

    assert keys(forward) == expected
    assert keys(back) == expected
    assert all(len(page.rows) == size for page in forward[:-1])
    assert forward[0].before == ""
    assert forward[-1].after == ""


@EXAMPLES
@given(
    moments=st.lists(MOMENTS, min_size=4, max_size=10),
    order=ORDERS,
    gone=st.sets(st.integers(0, 10), max_size=4),
)
def test_rows_that_leave_between_two_pages_take_no_other_with_them(dossier, moments, order, gone):
    with transaction.atomic():
        clone(dossier, map(promised, moments))
        expected = in_order(listed(order), order)
        first = paging.page(listed(order), order=order, size=3)
        assume(first.after)
        left = [expected[place] for place in gone if place < len(expected)]
        remaining = listed(order).exclude(pk__in=left)

        second = paging.page(remaining, order=order, after=first.after, size=50)
        back = paging.page(remaining, order=order, before=first.after, size=50)
        transaction.set_rollback(True)

    assert [row.pk for row in second.rows] == [pk for pk in expected[3:] if pk not in left]
    seen_before = [pk for pk in expected[:2] if pk not in left]
    assert [row.pk for row in back.rows][: len(seen_before)] == seen_before


def test_an_empty_list_has_one_empty_page(db):
    page = paging.page(Dossier.objects.all(), order=BY_DUE)

    assert (page.rows, page.after, page.before) == ([], "", "")


@pytest.mark.parametrize("order", [BY_DUE, NEXT_ACT, NEWEST])
def test_before_the_first_row_stands_the_first_page(dossier, order):
    clone(dossier, [promised(None), promised(NOW + timedelta(days=1))])
    rows = Dossier.objects.all()
    first = paging.page(rows, order=order)

    page = paging.page(rows, order=order, before=order.cursor(first.rows[0]))

    assert [row.pk for row in page.rows] == [row.pk for row in first.rows]
    assert page.before == ""


def test_a_page_that_exactly_fills_has_no_follower(dossier):
    clone(dossier, [promised(NOW + timedelta(days=day)) for day in (1, 2)])

    page = paging.page(Dossier.objects.all(), order=BY_DUE, size=3)

    assert len(page.rows) == 3
    assert page.after == ""


def test_a_cursor_reads_back_what_it_wrote(dossier):
    dossier.refresh_from_db()
    for order in (BY_DUE, NEXT_ACT, NEWEST):
        written = order.cursor(dossier)

        assert str(paging.Cursor.read(written)) == written


@pytest.mark.parametrize(
    "cursor",
    ["~", "abc", "1", "~-1", "~1.5", "~1e3", "~²", "~１２", "~ 1", "~1 ", "~" + "9" * 19,
     "2026-11-13T09:00:00~5", "2026-13-45T09:00:00+07:00~1", "2026-11-13~1",
     "2026-11-13T09:00:00+99:99~1", "2026-11-13T09:00:00+07:00~", "2026-11-13T09:00:00+07:00",
     "2026-11-13T09:00:00+07:00~1~2", "'; DROP TABLE dossiers_dossier --~1", "\x00~1", "~\x00",
     "%s~1", "null~1"],
)  # fmt: skip
@pytest.mark.parametrize("side", ["after", "before"])
@pytest.mark.parametrize("order", [BY_DUE, NEWEST, LATEST])
def test_hostile_cursors_are_refused_with_a_sentence(db, cursor, side, order):
    with pytest.raises(CursorRefused) as refused:
        paging.page(Dossier.objects.all(), order=order, **{side: cursor})

    assert refused.value.code == "cursor"
    assert refused.value.messages == ["Địa chỉ trang không đúng. Hãy mở lại danh sách từ đầu."]


@pytest.mark.parametrize(
    "cursor",
    ["~0", "~" + "9" * 18, "0001-01-01T00:00:00+14:00~1", "9999-12-31T23:59:59-14:00~1"],
)
@pytest.mark.parametrize("side", ["after", "before"])
@pytest.mark.parametrize("order", [BY_DUE, NEWEST, LATEST])
def test_cursors_at_the_ends_of_time_are_harmless(dossier, cursor, side, order):
    page = paging.page(Dossier.objects.all(), order=order, **{side: cursor})

    assert len(page.rows) <= 1


def test_a_page_deep_in_the_list_costs_one_query(dossier):
    clone(dossier, [promised(NOW + timedelta(days=day)) for day in range(1, 40)])
    first = paging.page(Dossier.objects.all(), order=BY_DUE, size=10)

    with CaptureQueriesContext(connection) as queries:
        paging.page(Dossier.objects.all(), order=BY_DUE, after=first.after, size=10)

    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]
