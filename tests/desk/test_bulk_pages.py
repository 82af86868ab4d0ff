"""The pages of bulk runs: marks, the question, progress, and what hostile input does."""

from uuid import uuid4

import pytest

from desk.models import BulkRun
from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.models import Dossier
from tests.conftest import NOW, Desk
from tests.desk.conftest import worked_off

START = "/hang-loat/bat-dau/"


def sent(dossiers: list[Dossier], **facts) -> dict[str, object]:
    """What the question sends back."""
    marks = " ".join(f"{dossier.code}~{dossier.event_count}" for dossier in dossiers)
    return {"act": "transfer", "marks": marks, "submission_key": str(uuid4())} | facts


def text(response) -> str:
    return response.content.decode()


def test_the_list_offers_marks_and_the_acts_of_the_role(desk: Desk, sign_in, dossier):
    page = text(sign_in(desk.clerk).get("/ho-so/"))

    assert f'value="{dossier.code}~1" data-mark' in page
    assert "Chuyển cơ quan giải quyết…" in page
    assert "Phân công…" not in page


def test_the_question_names_what_will_not_work_before_anything_is_done(desk: Desk, sign_in, three):
    client = sign_in(desk.clerk)
    lifecycle.transfer(target=Target(code=three[0].code), actor=desk.clerk, at=NOW)
    marks = [f"{dossier.code}~1" for dossier in three]

    page = text(client.post("/hang-loat/", {"act": "transfer", "dossier": marks}))

    assert "Chuyển cơ quan giải quyết 2 hồ sơ" in page
    assert "1 hồ sơ hiện không làm được" in page
    assert not BulkRun.objects.exists()


def test_all_of_the_filter_is_taken_without_a_mark(desk: Desk, sign_in, three):
    page = text(
        sign_in(desk.clerk).post(
            "/hang-loat/", {"act": "transfer", "all": "1", "query": "tab=tat-ca"}
        )
    )

    assert all(dossier.code in page for dossier in three)


def test_all_of_a_filter_that_is_wrong_takes_nothing(desk: Desk, sign_in, three):
    answer = sign_in(desk.clerk).post(
        "/hang-loat/", {"act": "transfer", "all": "1", "query": "tab=tat-ca&due_after=hôm nào"}
    )

    assert three[0].code not in text(answer)


def test_a_started_run_leads_to_its_page_and_shows_each_outcome(desk: Desk, sign_in, three):
    client = sign_in(desk.clerk)

    answer = client.post(START, sent(three))

    run = BulkRun.objects.get()
    assert answer["Location"] == f"/hang-loat/{run.pk}/"
    assert "0/3" in text(client.get(answer["Location"]))
    worked_off(run, run.asked_at)
    page = text(client.get(answer["Location"]))
    assert "3/3" in page
    assert page.count("Đã làm") == 3


def test_polling_answers_nothing_while_nothing_moved(desk: Desk, sign_in, three):
    client = sign_in(desk.clerk)
    path = client.post(START, sent(three))["Location"]

    assert client.get(f"{path}?da=0", headers={"HX-Request": "true"}).status_code == 204
    assert client.get(f"{path}?da=1", headers={"HX-Request": "true"}).status_code == 200


def test_an_assignment_without_an_officer_is_asked_again(desk: Desk, sign_in, three):
    answer = sign_in(desk.head).post(START, sent(three, act="assign"))

    assert answer.status_code == 422
    assert "Hãy chọn công chức xử lý." in text(answer)
    assert not BulkRun.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"marks": "'; DROP TABLE"},
        {"marks": ""},
        {"act": "approve"},
        {"submission_key": "khóa"},
        {"marks": "H41.15-261113-0001~99999999999"},
        {"act": ""},
    ],
)
def test_hostile_input_starts_nothing(desk: Desk, sign_in, three, facts):
    answer = sign_in(desk.clerk).post(START, sent(three, **facts))

    assert answer.status_code in {302, 422}
    assert not BulkRun.objects.exists()


def test_anothers_run_is_not_there(desk: Desk, sign_in, three, supervisor):
    path = sign_in(desk.clerk).post(START, sent(three))["Location"]

    assert sign_in(supervisor).get(path).status_code == 404


def test_the_file_of_a_printing_run_is_for_who_asked(desk: Desk, sign_in, three, supervisor):
    client = sign_in(desk.clerk)
    path = client.post(START, sent(three, act="print"))["Location"]
    run = BulkRun.objects.get()
    worked_off(run, run.asked_at)

    answer = client.get(f"{path}giay-tiep-nhan.pdf")

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert sign_in(supervisor).get(f"{path}giay-tiep-nhan.pdf").status_code == 404


def test_the_page_of_500_takes_few_queries(
    desk: Desk, sign_in, three, django_assert_max_num_queries
):
    client = sign_in(desk.clerk)
    path = client.post(START, sent(three))["Location"]

    with django_assert_max_num_queries(8):
        client.get(path)
    with django_assert_max_num_queries(8):
        client.get("/hang-loat/")
