"""The pages of administrators: what was sent and what not, without addresses and words."""

import pytest
from django.core.exceptions import PermissionDenied

from notifications import asking, delivery, listing, resending
from notifications.models import Message
from notifications.statuses import DeliveryKind, MessageState
from organizations.roles import Role
from tests.conftest import NOW
from tests.notifications.conftest import make_message, make_sms

pytestmark = pytest.mark.django_db
LIST = "/tin-gui/"
S = MessageState


@pytest.fixture
def browser(sign_in, administrator):
    return sign_in(administrator)


def give_up(message: Message, *, is_clear: bool = True) -> Message:
    """As a final refusal, or an unheard answer, leaves it."""
    kind = DeliveryKind.REFUSED if is_clear else DeliveryKind.UNCLEAR
    taken = delivery._claimed(message.pk, NOW)
    assert taken is not None
    outcome = delivery.Outcome(kind=kind, sentence="Máy chủ thư từ chối.", may_repeat=False)
    delivery._settle(taken, outcome, NOW)
    message.refresh_from_db()
    return message


def text(response) -> str:
    return response.content.decode()


def test_the_role_asked_for_is_that_of_the_accounts():
    assert asking.ADMINISTRATOR == Role.ADMINISTRATOR


def test_the_list_shows_masked_addresses_and_no_words(browser):
    make_message(template="apology")
    make_sms()

    page = text(browser.get(LIST))

    assert "d***@example.vn" in page
    assert "0912***678" in page
    assert "H41.15-261113-0001" in page
    assert "Xin lỗi và hẹn lại" in page
    for secret in ("dao@example.vn", "84912345678", "Kính gửi bà Đào", "Xin loi ba"):
        assert secret not in page


def test_the_page_of_a_message_shows_its_tries_and_no_words(browser):
    message = give_up(make_message())

    page = text(browser.get(f"{LIST}{message.pk}/"))

    assert "Máy chủ thư từ chối." in page
    assert "Bị từ chối" in page
    assert "Gửi lại tin này" in page
    assert "dao@example.vn" not in page
    assert "Kính gửi bà Đào" not in page


def test_the_list_is_narrowed_by_state_channel_and_dossier(browser):
    give_up(make_message())
    make_sms(subject="H41.16-261113-0002")

    def shown(**conditions):
        page = text(browser.get(LIST, conditions))
        return "d***@example.vn" in page, "0912***678" in page

    assert shown() == (True, True)
    assert shown(state="failed") == (True, False)
    assert shown(state="waiting") == (False, True)
    assert shown(channel="sms") == (False, True)
    assert shown(subject=" h41.15-261113-0001 ") == (True, False)
    assert shown(subject="H41.15") == (False, False)
    assert shown(state="lost") == (False, False)


def test_nonsense_in_the_address_is_said_and_breaks_nothing(browser):
    make_message()

    assert "Điều kiện lọc chưa đúng" in text(browser.get(LIST, {"state": "lost"}))
    for number in ("abc", "-1", "9" * 30, "١"):
        assert browser.get(LIST, {"sau": number}).status_code == 200
    assert browser.get(LIST, {"subject": "x\x00y"}).status_code == 200


def test_an_empty_list_says_what_will_appear(browser):
    assert "Không có tin nào ở đây." in text(browser.get(LIST))


def test_a_person_sends_again_once(browser, administrator):
    message = give_up(make_message())
    address = f"{LIST}{message.pk}/gui-lai/"

    first = browser.post(address, follow=True)
    second = browser.post(address, follow=True)

    assert "gửi lại" in text(first)
    assert "Tin này đang ở trạng thái “Chờ gửi” nên không gửi lại." in text(second)
    message.refresh_from_db()
    assert message.state == S.WAITING
    again = message.deliveries.get(kind=DeliveryKind.RESENT)
    assert again.actor_username == administrator.username


def test_a_message_that_may_have_arrived_says_so_before_it_is_sent_again(browser):
    message = give_up(make_message(), is_clear=False)

    page = text(browser.get(f"{LIST}{message.pk}/"))

    assert "Người nhận có thể đã nhận được tin này." in page


def test_all_that_failed_are_sent_again_by_one_click(browser):
    failed = give_up(make_message())
    unclear = give_up(make_sms(), is_clear=False)
    assert "Gửi lại tất cả tin không gửi được" in text(browser.get(LIST, {"state": "failed"}))

    told = browser.post(f"{LIST}gui-lai/", follow=True)
    again = browser.post(f"{LIST}gui-lai/", follow=True)

    assert "1 tin sẽ được gửi lại." in text(told)
    assert "Không còn tin nào không gửi được" in text(again)
    failed.refresh_from_db()
    unclear.refresh_from_db()
    assert (failed.state, unclear.state) == (S.WAITING, S.UNCLEAR)


def test_what_is_sent_offers_no_sending_again(browser):
    message = make_message()
    delivery.deliver(message_id=message.pk, at=NOW)

    assert "Gửi lại tin này" not in text(browser.get(f"{LIST}{message.pk}/"))


def test_a_message_that_is_not_there(browser):
    assert browser.get(f"{LIST}999999/").status_code == 404
    assert browser.post(f"{LIST}999999/gui-lai/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "supervisor"])
def test_nobody_else_sends_again_even_past_the_page(request, who):
    message = give_up(make_message())
    user = request.getfixturevalue(who)

    with pytest.raises(PermissionDenied, match="Chỉ quản trị hệ thống"):
        resending.resend(message_id=message.pk, actor=user, at=NOW)

    message.refresh_from_db()
    assert message.state == S.FAILED


def test_what_was_filed_is_read_as_its_reader_would(browser):
    delivery.deliver(message_id=make_message().pk, at=NOW)
    delivery.deliver(message_id=make_sms().pk, at=NOW)

    page = text(browser.get(f"{LIST}hop-thu-mau/"))

    assert "Kính gửi bà Đào, xin lỗi bà." in page
    assert "Xin loi ba." in page
    assert "1 phần tin" in page


def test_where_messages_really_go_out_there_is_no_box(browser, settings):
    settings.MESSAGE_TRANSPORTS = {"email": "notifications.smtp.SmtpTransport", "sms": ""}

    assert browser.get(f"{LIST}hop-thu-mau/").status_code == 404
    assert "Hộp thư mẫu" not in text(browser.get(LIST))


def test_the_navigation_counts_what_waits_for_a_person(browser):
    assert "Các trang quản trị" in text(browser.get(LIST))
    before = text(browser.get("/lich-lam-viec/"))
    give_up(make_message())
    give_up(make_sms(), is_clear=False)

    after = text(browser.get("/lich-lam-viec/"))

    assert (
        '<span>Quản trị</span><span class="count" data-live="administration" data-quiet hidden>0</span>'
        in before
    )
    assert (
        '<span>Quản trị</span><span class="count" data-live="administration" data-quiet>2</span>'
        in after
    )


def test_a_clerk_has_no_pages_of_administration(sign_in, clerk):
    assert "Các trang quản trị" not in text(sign_in(clerk).get("/ho-so/"))


def test_the_list_costs_the_same_however_long_it_is(browser, django_assert_max_num_queries):
    for number in range(60):
        make_message(key=str(number))

    with django_assert_max_num_queries(8):
        assert "Trang sau" in text(browser.get(LIST))


def test_pages_lead_on_and_back_without_loss_or_repetition():
    keys = [make_message(key=str(number)).pk for number in range(listing.SIZE * 2 + 3)]
    seen, page = [], listing.page(Message.objects.all())
    while True:
        seen += [row.message.pk for row in page.rows]
        if page.after is None:
            break
        page = listing.page(Message.objects.all(), after=page.after)

    assert seen == keys[::-1]
    middle = listing.page(Message.objects.all(), before=page.before)
    assert [row.message.pk for row in middle.rows] == keys[3 : 3 + listing.SIZE][::-1]
    first = listing.page(Message.objects.all(), before=middle.before)
    assert [row.message.pk for row in first.rows] == keys[-listing.SIZE :][::-1]
    assert first.before is None
    assert [row.message.pk for row in listing.page(Message.objects.all(), before=10**9).rows] == [
        row.message.pk for row in first.rows
    ]


# -- The API ---------------------------------------------------------------------------


@pytest.fixture
def api(browser):
    def call(method: str, path: str, **data):
        send = getattr(browser, method)
        return send(f"/api/v1/messages/{path}", data, content_type="application/json")

    return call


def test_programs_read_the_same_list(api):
    give_up(make_message(template="apology"))
    make_sms()

    answer = api("get", "?state=failed").json()

    (row,) = answer["results"]
    assert answer["next"] is None
    assert (row["state"], row["address"]) == ("failed", "d***@example.vn")
    assert row["label"] == "Xin lỗi và hẹn lại"
    assert "dao@example.vn" not in str(answer)


def test_programs_turn_pages(api):
    for number in range(listing.SIZE + 1):
        make_message(key=str(number))

    first = api("get", "").json()
    second = api("get", f"?after={first['next']}").json()

    assert len(first["results"]) == listing.SIZE
    assert (len(second["results"]), second["next"]) == (1, None)


def test_programs_read_the_tries_and_send_again_once(api):
    message = give_up(make_message())
    assert [each["kind"] for each in api("get", f"{message.pk}/").json()["deliveries"]] == [
        "refused"
    ]

    again = api("post", f"{message.pk}/resend/")
    twice = api("post", f"{message.pk}/resend/")

    assert again.json()["state"] == "waiting"
    assert twice.status_code == 409
    assert twice.json()["code"] == "wrong_state"


@pytest.mark.parametrize("query", ["state=lost", "channel=pigeon", "after=abc", "after=0"])
def test_nonsense_is_refused_in_the_apis_own_shape(api, query):
    answer = api("get", f"?{query}")

    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "fields"}


def test_an_endpoint_answers_json_whatever_is_accepted(browser):
    answer = browser.get("/api/v1/messages/", headers={"accept": "text/html"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_a_message_that_is_not_there_is_refused_in_the_apis_own_shape(api):
    assert api("get", "999999/").status_code == 404
    assert api("post", "999999/resend/").status_code == 404
    assert api("post", "9" * 30 + "/resend/").status_code == 404
