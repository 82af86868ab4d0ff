"""Papers at a consulted agency and back, and the lists of what is with each place."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import lifecycle, sealing
from dossiers.holding import ActRefused, Target
from dossiers.lifecycle import Handover
from dossiers.models import Dossier
from liaison import answering, asking, handing, handover_worklists
from liaison.answering import Answer
from liaison.models import HandoverBatch, PaperFile
from liaison.places import Place
from liaison.statuses import Carried, Verdict
from tests.conftest import NOW, make_agency
from tests.liaison.conftest import question, taken
from tests.liaison.handing_over import given, received, resolved, to_agency, transferred

HOUR = timedelta(hours=1)
PAGE = reverse("liaison:papers")


@pytest.fixture
def at_department(desk) -> Dossier:
    """A dossier in work at the Department of Justice, its papers with it."""
    dossier = taken(desk)
    received(given(desk, dossier), desk.officer)
    return dossier


def asked(desk, dossier: Dossier, *agencies, **facts):
    return asking.ask(
        target=Target(code=dossier.code),
        question=question(*agencies, **facts),
        actor=desk.officer,
        at=NOW,
    )


def sent(desk, dossier: Dossier, origin: Place, destination: Place, actor) -> HandoverBatch:
    consignment = to_agency(desk, [dossier.code], origin=origin, destination=destination)
    return handing.hand_over(consignment=consignment, actor=actor, at=NOW)


def test_papers_go_to_the_asked_agency_and_come_back_whoever_sees_the_dossier(
    desk, at_department, construction, foreign_officer
):
    justice, build = Place(agency=desk.agency), Place(agency=construction)
    made = asked(desk, at_department, construction)
    there = received(sent(desk, at_department, justice, build, desk.officer), foreign_officer)
    assert there.settled_at
    assert PaperFile.objects.get().holder == build
    # While the answer is awaited nothing asks for the papers back.
    assert handover_worklists.ready(foreign_officer, origin=build) == []
    said = Answer(verdict=Verdict.AGREES, text="Đồng ý.")
    answering.answer(pk=made.consultations.get().pk, answer=said, actor=foreign_officer, at=NOW)

    (waiting,) = handover_worklists.ready(foreign_officer, origin=build)
    assert (waiting.destination, waiting.carries) == (justice, Carried.PAPERS)
    assert not Dossier.objects.visible_to(foreign_officer).exists()
    back = sent(desk, at_department, build, justice, foreign_officer)
    received(back, desk.officer)

    assert PaperFile.objects.get().holder == justice
    assert handover_worklists.ready(foreign_officer, origin=build) == []
    connection.check_constraints()
    assert sealing.verify().broken is None


def test_papers_go_to_no_agency_that_is_not_asked_or_has_answered(
    desk, at_department, construction, foreign_officer
):
    justice, build = Place(agency=desk.agency), Place(agency=construction)
    with pytest.raises(ActRefused, match="chỉ khi đang lấy ý kiến"):
        sent(desk, at_department, justice, build, desk.officer)
    made = asked(desk, at_department, construction)
    said = Answer(verdict=Verdict.AGREES, text="Đồng ý.")
    answering.answer(pk=made.consultations.get().pk, answer=said, actor=foreign_officer, at=NOW)

    with pytest.raises(ActRefused, match="chỉ khi đang lấy ý kiến"):
        sent(desk, at_department, justice, build, desk.officer)


def test_in_sequence_papers_may_go_on_from_one_asked_agency_to_the_next(
    desk, at_department, construction, commune, foreign_officer
):
    justice, build = Place(agency=desk.agency), Place(agency=construction)
    made = asked(desk, at_department, construction, commune, order="sequence")
    received(sent(desk, at_department, justice, build, desk.officer), foreign_officer)
    on = Place(agency=commune)
    with pytest.raises(ActRefused):
        sent(desk, at_department, build, on, foreign_officer)
    first = made.consultations.get(position=1)
    said = Answer(verdict=Verdict.AGREES, text="Đồng ý.")
    answering.answer(pk=first.pk, answer=said, actor=foreign_officer, at=NOW)

    assert sent(desk, at_department, build, on, foreign_officer).destination == on


def test_who_never_held_the_papers_of_a_dossier_hands_none_of_it_over(
    desk, at_department, construction, foreign_officer
):
    build = Place(agency=construction)

    with pytest.raises(ActRefused, match="Không có hồ sơ"):
        sent(desk, at_department, build, Place(agency=desk.agency), foreign_officer)


def test_the_page_of_a_question_says_where_the_papers_are_and_leads_to_the_batch(
    desk, at_department, construction, foreign_officer, sign_in
):
    made = asked(desk, at_department, construction)
    address = made.consultations.get().get_absolute_url()
    link = (
        f"?tu=co-quan-{desk.agency.pk}&amp;den=co-quan-{construction.pk}"
        f"&amp;gi=papers&amp;ho-so={at_department.code}"
    )

    page = sign_in(desk.officer).get(address).content.decode()
    assert link in page
    form = sign_in(desk.officer).get(reverse("liaison:hand_over") + link.replace("&amp;", "&"))
    assert at_department.code in form.content.decode()
    theirs = sign_in(foreign_officer).get(address).content.decode()

    assert f"Ở {desk.agency.name}" in theirs
    assert "Lập biên bản bàn giao đến" not in theirs


# -- The lists -------------------------------------------------------------------------------------


@pytest.fixture
def _now():
    with time_machine.travel(NOW + HOUR, tick=False):
        yield


@pytest.mark.usefixtures("_now")
def test_a_counter_reads_what_it_holds_what_never_left_and_what_is_leaving(desk, sign_in):
    unmoved, leaving, gone = desk.accept(), transferred(desk), transferred(desk)
    given(desk, leaving)
    received(given(desk, gone), desk.officer)
    client = sign_in(desk.clerk)

    def codes(tab: str) -> set[str]:
        page = client.get(PAGE, {"tab": tab}).content.decode()
        return {each.code for each in (unmoved, leaving, gone) if each.code in page}

    assert codes("dang-giu") == set()
    assert codes("chua-ban-giao") == {unmoved.code}
    assert codes("dang-chuyen-di") == {leaving.code}
    # The moment from which each has been there.
    assert "09:00 13/11/2026" in client.get(PAGE, {"tab": "chua-ban-giao"}).content.decode()


@pytest.mark.usefixtures("_now")
def test_an_agency_reads_whose_papers_it_holds_and_links_only_what_it_may_open(
    desk, at_department, construction, foreign_officer, sign_in
):
    justice, build = Place(agency=desk.agency), Place(agency=construction)
    assert at_department.get_absolute_url() in sign_in(desk.officer).get(PAGE).content.decode()
    asked(desk, at_department, construction)
    received(sent(desk, at_department, justice, build, desk.officer), foreign_officer)

    client = sign_in(foreign_officer)
    for tab in ("dang-giu", "co-quan-khac"):
        page = client.get(PAGE, {"tab": tab}).content.decode()
        assert at_department.code in page
        assert f"Nhận từ {desk.agency.name}" in page
        assert at_department.get_absolute_url() not in page
        assert "Nguyễn Thị Đào" not in page
    assert at_department.code not in sign_in(desk.officer).get(PAGE).content.decode()


@pytest.mark.usefixtures("_now")
def test_the_province_sees_every_place_and_how_long_the_oldest_is_there(
    desk, at_department, supervisor, sign_in
):
    desk.accept()
    client = sign_in(supervisor)

    page = client.get(PAGE).content.decode()

    assert desk.counter.name in page
    assert f'href="?noi=co-quan-{desk.agency.pk}"' in page
    of_agency = client.get(PAGE, {"noi": f"co-quan-{desk.agency.pk}"}).content.decode()
    assert at_department.code in of_agency


@pytest.mark.usefixtures("_now")
def test_nobody_reads_the_papers_of_a_place_that_is_not_theirs(
    desk, at_department, construction, foreign_officer, commune_clerk, sign_in
):
    for user in (foreign_officer, commune_clerk):
        for key in (f"co-quan-{desk.agency.pk}", f"quay-{desk.counter.pk}", "x"):
            assert sign_in(user).get(PAGE, {"noi": key}).status_code == 404


@pytest.mark.usefixtures("_now")
def test_the_list_is_filtered_by_the_day_and_forged_addresses_are_told(
    desk, at_department, sign_in
):
    client = sign_in(desk.officer)

    assert at_department.code in client.get(PAGE, {"truoc": "14/11/2026"}).content.decode()
    assert at_department.code not in client.get(PAGE, {"truoc": "13/11/2026"}).content.decode()
    for forged in ({"truoc": "hôm qua"}, {"truoc": "01/01/0001"}, {"after": "x"}):
        answer = client.get(PAGE, forged)
        assert answer.status_code in {200, 400}
    assert "Ngày chưa đúng." in client.get(PAGE, {"truoc": "x"}).content.decode()


@pytest.mark.usefixtures("_now")
def test_papers_of_an_ended_dossier_leave_the_list_of_what_is_in_work(desk, sign_in):
    dossier = resolved(desk)
    received(given(desk, dossier), desk.officer)
    assert not PaperFile.objects.get().is_filed
    handover = Handover(recipient_name="Nguyễn Thị Đào")
    lifecycle.return_result(
        target=Target(code=dossier.code), handover=handover, actor=desk.clerk, at=NOW + HOUR
    )

    client = sign_in(desk.officer)
    assert PaperFile.objects.get().is_filed
    assert dossier.code not in client.get(PAGE).content.decode()
    assert dossier.code in client.get(PAGE, {"tab": "da-ket-thuc"}).content.decode()


@pytest.mark.usefixtures("_now")
def test_lists_of_papers_take_few_queries_follow_each_other_and_read_an_index(
    desk, sign_in, supervisor
):
    received(given(desk, *[transferred(desk) for _ in range(32)]), desk.officer)
    here = {"noi": f"co-quan-{desk.agency.pk}"}
    for user, query in ((desk.officer, here), (supervisor, {}), (supervisor, here)):
        client = sign_in(user)
        client.get(PAGE, query)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE, query).status_code == 200
        own = [each for each in captured if "django_session" not in each["sql"]]
        assert len(own) <= 8, query

    first = sign_in(desk.officer).get(PAGE)
    following = sign_in(desk.officer).get(PAGE + first.context["next_url"])
    shown = [row.dossier.code for page in (first, following) for row in page.context["rows"]]
    assert len(shown) == len(set(shown)) == 32
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM liaison_paperfile WHERE agency_id = %s AND NOT is_filed"
            " ORDER BY since, id LIMIT 31",
            [desk.agency.pk],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "papers_in_agency" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE liaison_paperfile SET since = now()",
        "DELETE FROM liaison_paperfile",
        "INSERT INTO liaison_paperfile (dossier_id, item_id, since, is_filed)"
        " SELECT dossier_id, item_id, since, is_filed FROM liaison_paperfile",
    ],
)
def test_nobody_but_the_database_writes_where_papers_are(desk, at_department, change):
    with pytest.raises(IntegrityError, match="chỉ đổi theo biên bản"), transaction.atomic():
        connection.cursor().execute(change)


def test_a_place_without_papers_says_so(desk, sign_in, schedule, province):
    make_agency(schedule, code="H41.77", name="Sở Vắng", parent=province)

    assert "mà còn ở đây" in sign_in(desk.officer).get(PAGE).content.decode()


@pytest.mark.usefixtures("_now")
def test_programs_read_the_lists_of_their_places_page_by_page(
    desk, sign_in, foreign_officer, supervisor
):
    received(given(desk, *[transferred(desk) for _ in range(31)]), desk.officer)
    address, key = "/api/v1/paper-files/", f"co-quan-{desk.agency.pk}"
    program = sign_in(desk.officer)

    first = program.get(address, {"place": key}).json()
    second = program.get(first["next"]).json()

    assert [len(page["results"]) for page in (first, second)] == [30, 1]
    assert second["results"][0]["sentence"].startswith(f"Nhận từ {desk.counter.name}")
    assert program.get(address, {"place": key, "before_day": "2026-11-13"}).json()["results"] == []
    assert program.get(address, {"place": key, "tab": "chua-ban-giao"}).status_code == 404
    assert program.get(address, {"place": key, "after": "x"}).status_code == 400
    (held,) = sign_in(supervisor).get(f"{address}places/").json()
    assert (held["place"]["key"], held["held"]) == (key, 31)
    assert sign_in(foreign_officer).get(address, {"place": key}).status_code == 404
    assert sign_in(foreign_officer).get(f"{address}places/").json() == []
