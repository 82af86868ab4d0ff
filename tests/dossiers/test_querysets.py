"""Search by code, number and name, never past what a person may see; the plans it runs on."""

import re
from dataclasses import replace
from datetime import timedelta
from unicodedata import normalize

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers import intake, paging, reminders, worklists
from dossiers.models import Dossier
from dossiers.querysets import looks_like_code
from dossiers.statuses import ApplicantKind
from tests.conftest import APPLICANT, NOW, Desk, make_request, make_version
from tests.dossiers.clones import clone

COMPANY = replace(
    APPLICANT,
    kind=ApplicantKind.ORGANISATION,
    name="Công ty TNHH Xuất-Nhập khẩu “O'Brien & Đức” (chi nhánh 2)",
    identity_number="C1234567",
    tax_code="0100109106-001",
    phone="02383841234",
)


@pytest.fixture
def dao(desk: Desk) -> Dossier:
    return desk.accept()


@pytest.fixture
def company(desk: Desk) -> Dossier:
    return desk.accept(applicant=COMPANY)


def found(text: str) -> set[Dossier]:
    return set(Dossier.objects.search(text))


@pytest.mark.parametrize(
    "text",
    [
        "H41.15-261113-0001",
        "h41.15-261113-0001",
        "  H41.15-261113-0001 ",
        "H41.15-261113",
        "H41.15",
        "h41",
        "040190001234",
        "040 190 001 234",
        "040.190.001.234",
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "(091) 2345678",
        "+84 912 345 678",
        "Nguyễn Thị Đào",
        "nguyen thi dao",
        "NGUYỄN THỊ ĐÀO",
        normalize("NFD", "Nguyễn Thị Đào"),
        "Đào Nguyễn",
        "dao   ng",
        "đ",
        "Nguyễn, Đào!",
    ],
)
def test_a_dossier_is_found_however_it_is_asked_for(dao, text):
    assert found(text) == {dao}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\t\n",
        "H41.16",
        "H41.15-261113-0001-x",
        "0401900012345",
        "04019000123",
        "0912345679",
        "Nguyễn Văn",
        "guyen",
        "Đào Nguyên Thi X",
    ],
)
def test_what_does_not_match_is_not_found(dao, text):
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "0100109106-001",
        "0100109106001",
        "0100109106 001",
        "c1234567",
        "C1234567",
        "0238 384 1234",
        "Xuất-Nhập",
        "xuat-nhap khau",
        "xuất nhập",
        "o'brien",
        "O'Brien & Đức",
        "duc brien",
        "(chi nhánh 2)",
        "“O'Brien",
    ],
)
def test_a_company_is_found_by_its_numbers_and_by_names_full_of_signs(company, dao, text):
    assert found(text) == {company}


@pytest.mark.parametrize(
    "text",
    [
        "%", "_", "%%%", "H41%", "H41._5-261113-0001", "h41.15%", "\\", "'", "''", "\\'", '"',
        "&", "|", "!", ":*", "&&", "!!", "<->", "()", "' OR 1=1 --", "'; DROP TABLE x; --", "\x00",
        "*", ":", "a:b:c", "$$", "²", "☃", "%s", "%(code)s", "ts_rewrite('a','b')",
    ],
)  # fmt: skip
def test_signs_of_sql_and_of_queries_are_only_text(dao, text):
    assert found(text) == set()


@pytest.mark.parametrize(
    "text",
    ["nguyen & dao", "nguyen | dao", "nguyen:* dao", "'nguyen' dao", "nguyen\\ dao", "(nguyen) dao",
     "nguyen <-> dao", "nguyen\x00dao", "nguyen' dao", "dao:B", "nguyen ! dao", "!nguyen !dao"],
)  # fmt: skip
def test_signs_between_words_do_not_change_what_is_asked(dao, text):
    assert found(text) <= {dao}
    if ":B" not in text:
        assert found(text) == {dao}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Nguyễn Thị Hoa", {"Nguyễn Thị Hoa"}),
        ("hoa nguyen", {"Nguyễn Thị Hoa", "Nguyễn Thịnh Hoa"}),
        ("nguyen thi hoan", {"Nguyễn Thị Hoàng"}),
        ("ng thi hoa", {"Nguyễn Thị Hoa", "Nguyễn Thị Hoàng", "Nguyễn Thịnh Hoa"}),
        ("nguyen th", {"Nguyễn Thị Hoa", "Nguyễn Thị Hoàng", "Nguyễn Thịnh Hoa"}),
    ],
)
def test_words_are_whole_where_somebody_bears_them_so_and_beginnings_elsewhere(desk, text, names):
    for name in ("Nguyễn Thị Hoa", "Nguyễn Thị Hoàng", "Nguyễn Thịnh Hoa"):
        desk.accept(applicant=replace(APPLICANT, name=name))

    assert {dossier.applicant_name for dossier in found(text)} == names


def test_who_bears_a_name_is_asked_among_the_dossiers_that_the_person_may_see(
    desk, foreign_officer
):
    """A stranger's dossier that one may not see does not hide one's own."""
    desk.accept(applicant=replace(APPLICANT, name="Nguyễn Thị Hoa"))
    theirs = replace(desk, agency=foreign_officer.main_posting.agency)
    desk.version.procedure.assignments.get_or_create(agency=theirs.agency)
    own = theirs.accept(applicant=replace(APPLICANT, name="Nguyễn Thị Hoàng"))

    assert set(Dossier.objects.visible_to(foreign_officer).search("nguyen thi hoa")) == {own}


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_no_text_breaks_the_search(dao, text):
    assert found(text) <= {dao}


@given(words=st.permutations(["Nguyễn", "Thị", "Đào"]), form=st.sampled_from(["NFC", "NFD"]))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_may_come_in_any_order(dao, words, form):
    assert found(normalize(form, " ".join(words))) == {dao}


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("H41.15-261113-0001", True),
        ("h41", True),
        ("H41-", True),
        ("H41.15", True),
        ("C1234567", False),
        ("H4", False),
        ("Hoa", False),
        ("040190001234", False),
        ("Đ41", False),
        ("", False),
    ],
)
def test_codes_are_told_from_names_and_numbers(text, is_code):
    assert looks_like_code(text) is is_code


def test_search_finds_nothing_that_the_person_may_not_see(
    desk, construction, commune, commune_counter, commune_clerk, foreign_officer, head, supervisor,
    administrator, dao,
):  # fmt: skip
    version = make_version(construction, commune, code="1.009999", name="Cấp giấy phép xây dựng")
    foreign = intake.accept(
        request=make_request(version, construction, desk.counter), actor=desk.clerk, at=NOW
    )
    distant = intake.accept(
        request=make_request(version, commune, commune_counter), actor=commune_clerk, at=NOW
    )
    expected = {
        desk.clerk: {dao, foreign}, commune_clerk: {distant}, desk.officer: {dao},
        foreign_officer: {foreign}, head: {dao}, supervisor: {dao, foreign, distant},
        administrator: set(),
    }  # fmt: skip

    for text in ("Nguyễn Thị Đào", "040190001234", "0912345678", "H41"):
        for user, theirs in expected.items():
            assert set(Dossier.objects.visible_to(user).search(text)) == theirs


# -- Plans -------------------------------------------------------------------------


@pytest.fixture
def many(desk: Desk, supervisor, construction):
    """Three thousand dossiers as a province has them: most are finished, few are late."""
    one = desk.accept()

    def facts(number: int):
        agency = {"agency_id": construction.pk} if number % 3 else {}
        name = {"applicant_name": f"Trần Văn {number}", "identity_number": f"{number:012d}"}
        due_at = NOW + timedelta(days=number % 40 - 5)
        common = agency | name | {"transferred_at": NOW - timedelta(days=30)}
        if number % 10:
            done = {"status": "returned", "resolved_at": NOW, "returned_at": NOW}
            return common | done | {"overdue_noted": bool(number % 4)}
        began = {"accepted_at": NOW - timedelta(days=40)}
        return common | began | {
            "status": "processing", "due_at": due_at, "remind_at": due_at - timedelta(days=1),
            "overdue_noted": number % 200 != 0, "due_soon_noted": number % 200 != 0,
        }  # fmt: skip

    clone(one, map(facts, range(3000)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE dossiers_dossier")
    return desk


def plan_of(act) -> str:
    """The plan of the first reading statement about dossiers that the act sends."""
    with CaptureQueriesContext(connection) as queries:
        act()
    sql = next(
        query["sql"] for query in queries
        if query["sql"].startswith("EXECUTE")
        or (query["sql"].startswith("SELECT") and 'FROM "dossiers_dossier"' in query["sql"])
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql.replace("%", "%%"), [])
        return "\n".join(line for (line,) in cursor.fetchall())


def a_page(queryset, order):
    return lambda: paging.page(queryset, order=order)


def test_sweeps_lists_and_searches_run_on_their_indexes(many, supervisor):
    visible = Dossier.objects.visible_to
    overdue = worklists.OVERDUE
    acts = {
        "dossier_overdue_unnoted": lambda: reminders.record_overdue(at=NOW - timedelta(days=39)),
        "dossier_due_soon_unnoted": lambda: reminders.record_due_soon(at=NOW - timedelta(days=39)),
        "dossier_to_transfer": lambda: reminders.record_not_transferred(at=NOW),
        "dossier_to_accept": lambda: reminders.record_not_accepted(at=NOW),
        "dossier_open_of_agency": a_page(
            worklists.dossiers_of(overdue, user=many.head, at=NOW), overdue.order
        ),
        "dossier_open_by_due": a_page(
            worklists.dossiers_of(overdue, user=supervisor, at=NOW), overdue.order
        ),
        # Both hold just what is unfinished; without a vacuum they cost the same.
        "dossier_(unfinished_facts|to_act_|in_state|of_agency)": lambda: worklists.counts(
            many.head, at=NOW
        ),
        "dossier_applicant_words": lambda: list(visible(supervisor).search("Trần 1234")),
        "dossier_identity": lambda: list(visible(supervisor).search("000000001234")),
        "dossier_phone": lambda: list(visible(supervisor).search("000000001234")),
        "dossier_tax_code": lambda: list(visible(supervisor).search("000000001234")),
        # The unique index serves where the database compares by code points.
        "dossier_code": lambda: list(visible(supervisor).search("H41.15-990101-00123")),
        "dossier_of_agency": a_page(visible(many.head), paging.NEWEST),
    }

    plans = {index: plan_of(act) for index, act in acts.items()}

    assert {index: plan for index, plan in plans.items() if not re.search(index, plan)} == {}
