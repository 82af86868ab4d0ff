"""The pages and the API of handovers, as each side sees them."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liaison.models import HandoverBatch
from liaison.statuses import HandoverOutcome
from tests.conftest import NOW, make_agency
from tests.liaison.handing_over import given, received, transferred

HOUR = timedelta(hours=1)
LIST = reverse("liaison:handovers")
FORM = reverse("liaison:hand_over")
WHERE = reverse("liaison:where")


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW + HOUR, tick=False):
        yield


def filled(desk, **overrides):
    known = {
        "submission_key": str(uuid4()),
        "origin": f"quay-{desk.counter.pk}",
        "destination": f"co-quan-{desk.agency.pk}",
        "carries": "papers",
        "way": "by_hand",
    }
    return known | overrides


def test_the_counter_ticks_and_scans_and_the_department_confirms(desk, sign_in):
    one, two = transferred(desk), transferred(desk)
    client = sign_in(desk.clerk)

    first = client.get(FORM).content.decode()
    link = f"?tu=quay-{desk.counter.pk}&amp;den=co-quan-{desk.agency.pk}&amp;gi=papers"
    assert link in first
    page = client.get(FORM + link.replace("&amp;", "&")).content.decode()
    assert f'value="{one.code}"' in page
    scan = f"https://motcua.example.vn/tra-cuu/{two.code}/"
    made = client.post(FORM, filled(desk, ticked=[one.code], codes=scan), follow=True)

    assert "Đã lập biên bản số 01/2026/BBBG." in made.content.decode()
    batch = HandoverBatch.objects.get()
    assert [item.dossier for item in batch.items.order_by("position")] == [one, two]
    assert "Xác nhận đã nhận" not in made.content.decode()

    client = sign_in(desk.officer)
    assert "01/2026/BBBG" in client.get(LIST).content.decode()
    address = reverse("liaison:confirm", args=[batch.pk])
    done = client.post(address, {"everything": "1"}, follow=True)
    again = client.post(address, {"everything": "1"})

    assert "Biên bản số 01/2026/BBBG: đã nhận 2 hồ sơ." in done.content.decode()
    assert again.status_code == 409
    assert "đã được xác nhận xong" in again.content.decode()


def test_a_form_with_faults_keeps_what_was_entered_and_names_each(desk, sign_in):
    client = sign_in(desk.clerk)
    early = desk.accept()

    empty = client.post(FORM, filled(desk, note="Túi số 3"))
    strange = client.post(FORM, filled(desk, codes="xyz"))
    wrong = client.post(FORM, filled(desk, codes=early.code))
    foreign = client.post(FORM, filled(desk, origin=f"co-quan-{desk.agency.pk}"))

    assert {answer.status_code for answer in (empty, strange, wrong, foreign)} == {400}
    assert "Túi số 3" in empty.content.decode()
    assert "Hãy quét hoặc đánh dấu ít nhất một hồ sơ." in empty.content.decode()
    assert "Không đọc được mã hồ sơ trong “xyz”" in strange.content.decode()
    assert f"{early.code}: chưa chuyển cơ quan giải quyết" in wrong.content.decode()
    assert not HandoverBatch.objects.exists()


def test_missing_and_extra_are_marked_on_the_page(desk, sign_in):
    one, two, besides = (transferred(desk) for _ in range(3))
    batch = given(desk, one, two)

    page = sign_in(desk.officer).post(
        reverse("liaison:confirm", args=[batch.pk]),
        {
            "codes": one.code, "rest_is_missing": "on", "missing_reason": "Không có trong túi.",
            "extra": besides.code, "extra_reason": "Kẹp nhầm.",
        },
        follow=True,
    ).content.decode()  # fmt: skip

    assert "đã nhận 1, thiếu 1, thừa 1 hồ sơ." in page
    assert "Thiếu khi nhận: Không có trong túi." in page
    assert set(batch.items.values_list("outcome", flat=True)) == set(HandoverOutcome.values)


def test_the_dossier_page_says_in_whose_hands_the_papers_are(desk, sign_in):
    dossier, electronic = transferred(desk), transferred(desk, papers=[])
    given(desk, dossier)

    page = sign_in(desk.officer).get(dossier.get_absolute_url()).content.decode()
    other = sign_in(desk.officer).get(electronic.get_absolute_url()).content.decode()

    assert "Trên đường từ Trung tâm Phục vụ hành chính công tỉnh Nghệ An đến Sở Tư pháp" in page
    assert "Hồ sơ giấy ở đâu" not in other


def test_where_papers_are_is_found_by_scanning_and_strangers_learn_nothing(
    desk, sign_in, commune_clerk
):
    one, two = transferred(desk), transferred(desk)
    received(given(desk, one), desk.officer)
    asked = {"q": f"{one.code}\n{two.code}\nH41.15-261113-9999"}

    page = sign_in(desk.clerk).post(WHERE, asked).content.decode()
    strange = sign_in(commune_clerk).post(WHERE, asked).content.decode()

    assert "Ở Sở Tư pháp tỉnh Nghệ An, từ 09:00 ngày 13/11/2026" in page
    assert "từ lúc tiếp nhận 09:00 ngày 13/11/2026" in page
    assert "Không có trong phạm vi của bạn: H41.15-261113-9999." in page
    assert "Sở Tư pháp" not in strange


def test_those_who_watch_find_what_is_too_long_on_its_way(desk, sign_in, supervisor):
    given(desk, transferred(desk))

    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        page = sign_in(supervisor).get(LIST).content.decode()

    assert "01/2026/BBBG" in page
    assert "Đi quá lâu" in page


def test_lists_and_the_form_take_few_queries_however_long(desk, sign_in):
    dossiers = [transferred(desk) for _ in range(6)]
    for dossier in dossiers[:3]:
        given(desk, dossier)
    client = sign_in(desk.clerk)

    for address in (f"{LIST}?tab=dang-chuyen", f"{LIST}?tab=tat-ca", FORM):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        # The session's own two are none of the list's.
        own = [each for each in captured if "django_session" not in each["sql"]]
        assert len(own) <= 8, address


def test_the_api_hands_over_confirms_and_says_where(desk, sign_in):
    dossier = transferred(desk)
    client = sign_in(desk.clerk)
    body = {
        "submission_key": str(uuid4()),
        "origin": {"counter": desk.counter.pk},
        "destination": {"agency": desk.agency.code},
        "codes": [dossier.code],
    }
    both = body | {"origin": {"counter": desk.counter.pk, "agency": desk.agency.code}}

    wrong = client.post("/api/v1/handovers/", both, content_type="application/json")
    made = client.post("/api/v1/handovers/", body, content_type="application/json")
    client = sign_in(desk.officer)
    listed = client.get("/api/v1/handovers/?tab=can-xac-nhan").json()["results"]
    done = client.post(
        f"/api/v1/handovers/{made.json()['id']}/confirm/",
        {"received": [dossier.code]},
        content_type="application/json",
    )
    where = client.get(f"/api/v1/handovers/where/{dossier.code}/").json()

    assert (wrong.status_code, made.status_code, done.status_code) == (400, 201, 200)
    assert [each["symbol"] for each in listed] == ["01/2026/BBBG"]
    assert done.json()["items"][0]["outcome"] == "received"
    assert where["holder"]["name"] == desk.agency.name


def test_other_places_see_no_batch(desk, sign_in, schedule, province, foreign_officer):
    make_agency(schedule, code="H41.99", name="Sở khác", parent=province)
    batch = given(desk, transferred(desk))

    assert sign_in(foreign_officer).get(batch.get_absolute_url()).status_code == 404
