"""The public's pages: sending, following, reading, rating; robots, hostile input, double clicks."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from feedback import guarding, rating
from feedback.models import Petition, Rating
from tests.conftest import NOW
from tests.feedback.conftest import HOUR

SEND, FOLLOW = "/phan-anh/gui/", "/phan-anh/theo-doi/"
PERSONAL = ("Nguyễn Văn Sáu", "0988777666", "sau@example.vn")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def form(agency, /, **overrides):
    facts = {
        "agency": agency.code,
        "category": "delay",
        "subject": "Hồ sơ chậm",
        "content": "Tôi đến ba lần.",
        "sender_name": "Nguyễn Văn Sáu",
        "phone": "0988777666",
        "stamp": guarding.stamp(at=NOW - timedelta(minutes=2)),
        "submission_key": str(uuid4()),
    }
    return facts | overrides


@pytest.fixture
def post(client):
    def sent(path, data, at=NOW):
        with time_machine.travel(at, tick=False):
            return client.post(path, data)

    return sent


def test_the_form_needs_no_account_and_takes_over_what_the_link_names(client, dossier):
    with time_machine.travel(NOW, tick=False):
        page = text(client.get(f"{SEND}?ho-so={dossier.code}&thu-tuc=1.001193"))

    assert f'value="{dossier.code}"' in page
    assert '<option value="H41.15" selected>' in page
    assert 'value="1.001193"' in page


def test_what_is_sent_is_answered_with_two_codes(post, justice):
    answer = post(SEND, form(justice))

    petition = Petition.objects.get()
    assert answer.status_code == 200
    assert petition.code in text(answer)
    assert "17:00 thứ Hai 07/12/2026" in text(answer)


def test_a_second_click_shows_the_same_codes_again(post, justice):
    data = form(justice)

    first, second = post(SEND, data), post(SEND, data)

    assert text(first).split("<main")[1] == text(second).split("<main")[1]
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"agency": ""}, "Hãy chọn cơ quan được phản ánh."),
        ({"agency": "H99"}, "Cơ quan được chọn không còn hoạt động."),
        ({"category": "x"}, "không có trong danh mục"),
        ({"subject": " "}, "Hãy ghi tiêu đề của phản ánh."),
        ({"content": ""}, "Hãy ghi nội dung phản ánh."),
        ({"content": "a" * 5001}, "5000"),
        ({"content": "a\x00b"}, "Ký tự rỗng"),
        ({"sender_name": ""}, "Hãy ghi họ và tên người gửi."),
        ({"phone": ""}, "Hãy ghi số điện thoại hoặc thư điện tử"),
        ({"phone": "12345"}, "Số điện thoại phải có 10 hoặc 11 chữ số"),
        ({"procedure": "9.999999"}, "Không có thủ tục với mã này."),
        ({"website": "http://spam"}, "Ô này phải để trống."),
        ({"stamp": ""}, "Biểu mẫu không đầy đủ."),
        ({"stamp": "1~bịa"}, "Biểu mẫu không đầy đủ."),
        ({"stamp": guarding.stamp(at=NOW)}, "được gửi quá nhanh"),
        ({"stamp": guarding.stamp(at=NOW - timedelta(hours=25))}, "quá một ngày"),
    ],
)
def test_bad_input_is_told_and_changes_nothing(post, justice, overrides, sentence):
    answer = post(SEND, form(justice, **overrides))

    assert answer.status_code == 400
    assert sentence.lower() in text(answer).lower()
    assert not Petition.objects.exists()


def test_what_was_entered_is_kept_when_something_is_wrong(post, justice):
    answer = post(SEND, form(justice, subject=""))

    assert "Tôi đến ba lần." in text(answer)


def test_hostile_text_is_shown_as_text(post, hands, client):
    petition = hands.published(subject="<script>alert(1)</script>")

    with time_machine.travel(NOW + 4 * HOUR, tick=False):
        page = text(client.get(f"/phan-anh/cong-khai/{petition.code}/"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_file_goes_along_and_a_program_does_not(post, justice):
    pdf = SimpleUploadedFile("anh.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    bad = post(SEND, form(justice, file=SimpleUploadedFile("anh.pdf", b"MZ\x90\x00" * 20)))
    good = post(SEND, form(justice, file=pdf))

    assert "không phải PDF, JPG hoặc PNG" in text(bad)
    assert good.status_code == 200
    assert Petition.objects.get().files.get().name == "anh.pdf"


def test_one_address_sends_only_so_many_an_hour(post, justice):
    statuses = [post(SEND, form(justice)).status_code for _ in range(21)]

    assert statuses == [200] * 20 + [429]
    assert Petition.objects.count() == 20


def test_names_and_telephones_are_not_public(client, hands):
    petition = hands.published(email="sau@example.vn")
    with time_machine.travel(NOW + 4 * HOUR, tick=False):
        pages = text(client.get("/phan-anh/")) + text(
            client.get(f"/phan-anh/cong-khai/{petition.code}/")
        )

    assert "N*** V*** Sáu" in pages
    assert [word for word in PERSONAL if word in pages] == []
    assert "Lê Thị Oanh" not in pages


def test_only_what_is_published_is_public(client, hands):
    hidden = hands.answer(hands.received(), at=NOW)

    assert client.get(f"/phan-anh/cong-khai/{hidden.code}/").status_code == 404
    assert hidden.code not in text(client.get("/phan-anh/"))


def test_the_public_list_of_one_agency(client, hands, construction):
    petition = hands.published()

    assert petition.code in text(client.get("/phan-anh/?co-quan=H41.15"))
    assert petition.code not in text(client.get("/phan-anh/?co-quan=H41.16"))
    assert client.get("/phan-anh/?co-quan=%27%22%00").status_code == 200
    assert client.get("/phan-anh/?after=x").status_code == 302


def test_the_public_list_costs_few_queries(client, hands, django_assert_max_num_queries):
    for _ in range(5):
        hands.published()

    with django_assert_max_num_queries(4):
        client.get("/phan-anh/")


def test_one_reader_votes_once(post, client, hands):
    petition = hands.published()
    path = f"/phan-anh/cong-khai/{petition.code}/y-kien/"

    post(path, {"likes": "0"})
    post(path, {"likes": "1"})

    petition.refresh_from_db()
    assert (petition.likes, petition.dislikes) == (0, 1)
    assert client.get(path).status_code == 405


def test_the_sender_follows_supplements_and_complains_again(post, hands):
    sent = hands.send()
    proof = {"code": sent.petition.code, "secret": sent.secret}
    hands.ask(sent.petition, at=NOW)

    asked = text(post(FOLLOW, proof))
    assert "Mã hồ sơ nào?" in asked
    assert sent.secret not in asked.split('name="secret"')[0]
    done = text(post(f"{FOLLOW}bo-sung/", proof | {"text": "Mã 0001."}, at=NOW + HOUR))
    assert "Nội dung bổ sung đã được gửi." in done
    twice = post(f"{FOLLOW}bo-sung/", proof | {"text": "Mã 0001."}, at=NOW + HOUR)
    assert (twice.status_code, Petition.objects.get().event_count) == (400, 3)

    hands.receive(sent.petition, at=NOW + HOUR)
    hands.publish(hands.answer(sent.petition, at=NOW + HOUR), at=NOW + 2 * HOUR)
    voted = text(post(f"{FOLLOW}y-kien/", proof | {"likes": "0"}, at=NOW + 3 * HOUR))
    assert "Ông/bà đã bày tỏ ý kiến" in voted
    empty = post(f"{FOLLOW}phan-anh-lai/", proof | {"reason": " "}, at=NOW + 3 * HOUR)
    assert empty.status_code == 400
    again = post(f"{FOLLOW}phan-anh-lai/", proof | {"reason": "Chưa đúng."}, at=NOW + 3 * HOUR)
    assert "Phản ánh được mở lại" in text(again)
    assert Petition.objects.complained_again().count() == 1


def test_the_senders_page_names_no_officer(post, hands):
    sent = hands.send()
    hands.receive(sent.petition, at=NOW)
    hands.answer(sent.petition, at=NOW)

    page = text(post(FOLLOW, {"code": sent.petition.code, "secret": sent.secret}))

    assert "Lê Thị Oanh" not in page
    # Not before the head has approved it.
    assert "Sở đã xin lỗi" not in page


def test_secrets_cannot_be_tried_out(post, hands):
    sent = hands.send()
    wrong = {"code": sent.petition.code, "secret": "AAAABBBBCCCC"}

    statuses = [post(FOLLOW, wrong).status_code for _ in range(11)]

    assert statuses == [404] * 10 + [429]


@pytest.mark.parametrize("act", ["bo-sung", "phan-anh-lai", "y-kien"])
def test_acts_of_the_sender_need_the_secret(post, hands, act):
    petition = hands.published()

    answer = post(
        f"{FOLLOW}{act}/", {"code": petition.code, "secret": "x", "text": "a", "reason": "a"}
    )

    assert answer.status_code == 404
    assert Petition.objects.get().event_count == 4


def rate(client, dossier, data=None, at=NOW + HOUR):
    path = f"/danh-gia/{rating.token_for(dossier)}/"
    with time_machine.travel(at, tick=False):
        return client.get(path) if data is None else client.post(path, data)


def test_the_link_asks_three_questions_and_thanks(client, return_dossier):
    dossier = return_dossier()

    page = text(rate(client, dossier))
    assert page.count("<legend>") == 3
    assert "Nguyễn Thị Đào" not in page
    thanks = rate(client, dossier, {"satisfaction": "4", "timing": "2", "remark": "Nhanh hơn."})

    assert "Cảm ơn ông/bà" in text(thanks)
    given = Rating.objects.get()
    assert (given.satisfaction, given.attitude, given.timing) == (4, None, 2)
    assert "đã được đánh giá" in text(rate(client, dossier))
    assert "đã được đánh giá" in text(rate(client, dossier, {"satisfaction": "1"}))
    assert Rating.objects.get().satisfaction == 4


@pytest.mark.parametrize("data", [{}, {"satisfaction": "6"}, {"satisfaction": "x"},
                                  {"satisfaction": "5", "remark": "a" * 1001}])  # fmt: skip
def test_a_rating_without_its_answer_is_not_kept(client, return_dossier, data):
    assert rate(client, return_dossier(), {"csrf": "", **data}).status_code == 400
    assert not Rating.objects.exists()


def test_a_forged_link_leads_nowhere(client, return_dossier):
    dossier = return_dossier()

    assert client.get(f"/danh-gia/{dossier.code}/").status_code == 404
    assert client.get(f"/danh-gia/{dossier.code}~AAAA/").status_code == 404


def test_a_result_not_yet_returned_is_not_rated(client, dossier):
    assert "chưa trả kết quả" in text(rate(client, dossier))
