"""The desks' pages: worklist, one petition with its acts, ratings, and the dossier's panels."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback import rating
from feedback.models import Petition, Rating, RatingModeration
from feedback.rating import Answers
from feedback.statuses import PetitionStatus, Satisfaction
from tests.conftest import NOW
from tests.feedback.conftest import HOUR

LIST = "/phan-anh/xu-ly/"
LATE = NOW + timedelta(days=40)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def get(client, path, at=NOW + HOUR):
    with time_machine.travel(at, tick=False):
        return client.get(path)


def post(client, path, data, at=NOW + HOUR):
    with time_machine.travel(at, tick=False):
        return client.post(path, data)


def test_each_person_finds_what_waits_for_them(sign_in, hands):
    sent, received = hands.sent(), hands.received()
    answered = hands.answer(hands.received(), at=NOW + HOUR)

    def mine(user):
        page = text(get(sign_in(user), LIST))
        return {petition.code in page for petition in [sent]}, [
            petition.code in page for petition in (received, answered)
        ]

    assert mine(hands.clerk) == ({True}, [False, False])
    assert mine(hands.officer) == ({False}, [True, False])
    assert mine(hands.head) == ({False}, [True, True])


def test_the_list_shows_who_is_late(sign_in, hands, supervisor):
    late = hands.received()

    page = text(get(sign_in(supervisor), f"{LIST}?tab=qua-han", at=LATE))

    assert late.code in page
    assert "Quá hạn 11 ngày làm việc" in page
    assert "Trả lời trước 17:00 ngày 07/12/2026" in page


def test_the_list_is_empty_for_another_agency(sign_in, hands, foreign_officer):
    petition = hands.received()
    client = sign_in(foreign_officer)

    assert petition.code not in text(get(client, f"{LIST}?tab=tat-ca"))
    assert get(client, f"{LIST}{petition.code}/").status_code == 404


def test_a_list_page_costs_at_most_eight_queries(sign_in, hands, django_assert_max_num_queries):
    for _ in range(8):
        hands.received()
    client = sign_in(hands.head)
    get(client, LIST)

    with django_assert_max_num_queries(8):
        get(client, f"{LIST}?tab=tat-ca")


@pytest.mark.parametrize("tab", ["tat-ca", "can-xu-ly"])
def test_a_long_list_is_turned_by_key(sign_in, hands, tab):
    codes = {hands.sent().code for _ in range(31)}
    client = sign_in(hands.clerk)

    first = get(client, f"{LIST}?tab={tab}")
    second = get(client, first.context["next_url"].join([LIST, ""]))

    seen = {row.petition.code for page in (first, second) for row in page.context["rows"]}
    assert seen == codes
    assert get(client, f"{LIST}?after=x~y").status_code == 400


def test_the_desks_take_a_petition_from_start_to_end(sign_in, hands):
    code = hands.sent().code
    path = f"{LIST}{code}/"

    def act(user, name, version, **data):
        return post(sign_in(user), f"{path}{name}/", {"version": version, **data})

    received = act(hands.clerk, "tiep-nhan", 1, category="fee", agency="H41.15", dossier_code="")
    answered = act(hands.officer, "tra-loi", 2, answer="Đã hoàn phí.")
    published = act(hands.head, "cong-khai", 3, subject="Phí", content="Thu sai phí.")

    assert {r.status_code for r in (received, answered, published)} == {302}
    page = text(get(sign_in(hands.head), path))
    assert "Nguyễn Thị Hòa duyệt và công khai câu trả lời." in page
    assert "Trần Thị Bình phân loại là “phí, lệ phí”, giao Sở Tư pháp tỉnh Nghệ An trả lời." in page
    assert Petition.objects.public().get().public_subject == "Phí"


def test_a_stale_form_is_refused_and_keeps_what_was_written(sign_in, hands):
    petition = hands.received()

    answer = post(
        sign_in(hands.officer),
        f"{LIST}{petition.code}/tra-loi/",
        {"version": 1, "answer": "Xong rồi ạ."},
    )

    assert answer.status_code == 409
    assert "vừa được người khác cập nhật" in text(answer)
    assert "Xong rồi ạ." in text(answer)


def test_a_double_click_answers_once(sign_in, hands):
    petition = hands.received()
    path, data = f"{LIST}{petition.code}/tra-loi/", {"version": 2, "answer": "Xong."}
    client = sign_in(hands.officer)

    statuses = [post(client, path, data).status_code for _ in range(2)]

    assert statuses == [302, 409]
    assert petition.events.filter(kind="answered").count() == 1


def test_an_act_without_words_is_told_beside_its_field(sign_in, hands):
    petition = hands.sent()

    answer = post(
        sign_in(hands.clerk), f"{LIST}{petition.code}/tu-choi/", {"version": 1, "reason": " "}
    )

    assert answer.status_code == 400
    assert "Hãy ghi rõ lý do từ chối tiếp nhận." in text(answer)
    petition.refresh_from_db()
    assert petition.status == PetitionStatus.SENT


def test_a_late_act_is_warned_of_before_it_is_done(sign_in, hands):
    petition = hands.sent()

    page = text(get(sign_in(hands.clerk), f"{LIST}{petition.code}/", at=NOW + timedelta(days=6)))

    assert "Hạn từ chối là 17:00 ngày 17/11/2026, đã qua" in page
    assert "Chậm phân loại" in page


def test_files_are_saved_by_those_who_see_the_petition(sign_in, hands, foreign_officer):
    petition = hands.sent(upload=SimpleUploadedFile("anh.pdf", PDF))
    path = f"{LIST}{petition.code}/tep/{petition.files.get().pk}/"

    answer = sign_in(hands.officer).get(path)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert sign_in(foreign_officer).get(path).status_code == 404


def test_the_page_of_a_petition_costs_few_queries(sign_in, hands, django_assert_max_num_queries):
    petition = hands.published()
    client = sign_in(hands.head)
    get(client, LIST)

    with django_assert_max_num_queries(9):
        get(client, f"{LIST}{petition.code}/")


def rated(dossier, satisfaction=Satisfaction.DISSATISFIED, remark="Cán bộ nói tục."):
    return rating.give_by_link(
        token=rating.token_for(dossier),
        answers=Answers(satisfaction=satisfaction, remark=remark),
        at=NOW,
    )


def test_ratings_of_my_agency_with_their_shares(sign_in, return_dossier, head, foreign_officer):
    rated(return_dossier())

    page = text(get(sign_in(head), f"{LIST}danh-gia/"))
    assert "Cán bộ nói tục." in page
    assert "100 %" in page
    assert "Ẩn góp ý" not in page
    assert "Chưa có đánh giá nào." in text(get(sign_in(foreign_officer), f"{LIST}danh-gia/"))


def test_the_list_of_ratings_costs_at_most_eight_queries(
    sign_in, return_dossier, head, django_assert_max_num_queries
):
    for _ in range(3):
        rated(return_dossier())
    client = sign_in(head)
    get(client, LIST)

    with django_assert_max_num_queries(8):
        get(client, f"{LIST}danh-gia/?loc=khong-hai-long")


def test_the_province_office_hides_a_remark(sign_in, return_dossier, supervisor):
    given = rated(return_dossier())
    client, path = sign_in(supervisor), f"{LIST}danh-gia/{given.pk}/kiem-duyet/"

    post(client, path, {"hides": "1", "reason": ""})
    assert not RatingModeration.objects.exists()
    post(client, path, {"hides": "1", "reason": "Xúc phạm."})
    post(client, path, {"hides": "1", "reason": "Xúc phạm."})

    assert RatingModeration.objects.get().actor == supervisor
    assert "góp ý đang ẩn" in text(get(client, f"{LIST}danh-gia/"))


def test_the_clerk_gets_a_link_and_a_code_for_the_returned_dossier(
    sign_in, return_dossier, officer, clerk
):
    dossier = return_dossier()
    path = f"/ho-so/{dossier.code}/"

    page = text(get(sign_in(clerk), path))
    assert rating.token_for(dossier) in page
    assert "data:image/svg+xml" in page
    # Nobody else could rate in the citizen's name.
    assert rating.token_for(dossier) not in text(get(sign_in(officer), path))


def test_the_dossier_shows_its_rating_and_its_petitions(sign_in, return_dossier, hands):
    dossier = return_dossier()
    rated(dossier)
    petition = hands.sent(dossier_code=dossier.code, phone="0912345678")

    page = text(get(sign_in(hands.officer), f"/ho-so/{dossier.code}/"))

    assert "Không hài lòng" in page
    assert petition.code in page


def test_a_dossier_not_returned_has_no_panel_of_ratings(sign_in, dossier, clerk):
    assert "Đánh giá hài lòng" not in text(get(sign_in(clerk), f"/ho-so/{dossier.code}/"))


def test_the_screen_at_the_counter_has_no_way_into_the_portal(sign_in, return_dossier, clerk):
    dossier = return_dossier()
    path, client = f"/ho-so/{dossier.code}/danh-gia/", sign_in(clerk)

    screen = text(get(client, path))
    assert "Mời ông/bà đánh giá" in screen
    assert 'class="side"' not in screen
    done = text(post(client, path, {"satisfaction": "5"}))

    assert "Đánh giá đã được ghi nhận." in done
    assert Rating.objects.get().started_by == clerk
    assert "đã được đánh giá" in text(post(client, path, {"satisfaction": "1"}))


@pytest.mark.parametrize("who", ["officer", "head", "supervisor"])
def test_only_the_counter_opens_the_screen(sign_in, return_dossier, who, request):
    path = f"/ho-so/{return_dossier().code}/danh-gia/"

    assert sign_in(request.getfixturevalue(who)).get(path).status_code == 403
