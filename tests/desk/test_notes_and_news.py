"""Notes, mentions, what is new since one looked, who else is here, and lists of one's own."""

from datetime import timedelta

import pytest

from desk import listing, looking, noting
from desk.listing import ListRefused
from desk.models import Look, Mention, Note
from desk.noting import NoteRefused
from dossiers import lifecycle
from dossiers.holding import Target
from dossiers.listed import listed
from dossiers.models import Dossier
from organizations.models import User
from tests.conftest import NOW, Desk


def text(response) -> str:
    return response.content.decode()


def anew(user: User) -> User:
    """The person as the next request knows them."""
    return User.objects.get(pk=user.pk)


# -- Notes ----------------------------------------------------------------------------------


def test_a_note_is_read_by_colleagues_and_changes_nothing(desk: Desk, dossier, sign_in):
    client = sign_in(desk.clerk)
    answer = client.post(f"/ho-so/{dossier.code}/ghi-chu/", {"text": "Đã gọi điện."})

    assert answer["Location"].endswith("#notes")
    assert "Đã gọi điện." in text(sign_in(desk.head).get(f"/ho-so/{dossier.code}/"))
    assert Dossier.objects.get().event_count == 1


def test_citizens_never_see_a_note(desk: Desk, dossier, client):
    noting.write(code=dossier.code, text="Nghi giấy tờ giả.", actor=desk.clerk, at=NOW)

    page = text(client.post(f"/tra-cuu/{dossier.code}/", {"digits": "5678"}))

    assert "Nghi giấy tờ giả" not in page


def test_who_is_named_finds_it_and_it_is_read_by_opening_the_dossier(desk: Desk, dossier, sign_in):
    noting.write(code=dossier.code, text="Nhờ @Oanh. và @hoa xem.", actor=desk.clerk, at=NOW)
    assert set(Mention.objects.values_list("user__username", flat=True)) == {"oanh", "hoa"}
    assert listing.waiting(anew(desk.officer))["news"].count() == 1
    client = sign_in(desk.officer)
    assert dossier.code in text(client.get("/tin-moi/"))

    client.post(f"/ho-so/{dossier.code}/dang-xem/", {"seen": "1"})

    assert listing.waiting(anew(desk.officer))["news"].count() == 0
    assert listing.waiting(anew(desk.head))["news"].count() == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [("@khong.co xem", "named"), ("@ngoc xem", "named"), ("  \x00 ", "text"),
     (" ".join(f"@nguoi{n}" for n in range(11)), "too_many")],
)  # fmt: skip
def test_a_note_that_cannot_be_kept_says_why(desk: Desk, dossier, foreign_officer, words, code):
    with pytest.raises(NoteRefused) as refusal:
        noting.write(code=dossier.code, text=words, actor=desk.clerk, at=NOW)

    assert refusal.value.code == code
    assert not Note.objects.exists()


def test_a_refused_note_keeps_its_text(desk: Desk, dossier, sign_in):
    answer = sign_in(desk.clerk).post(
        f"/ho-so/{dossier.code}/ghi-chu/", {"text": "Nhờ @khong.co xem"}
    )

    assert answer.status_code == 422
    assert "Nhờ @khong.co xem</textarea>" in text(answer)


def test_an_e_mail_address_names_nobody(desk: Desk, dossier):
    noting.write(code=dossier.code, text="Gửi dao@hoa.vn", actor=desk.clerk, at=NOW)

    assert not Mention.objects.exists()


# -- What is new ----------------------------------------------------------------------------


def news_for(user: User) -> dict[int, str]:
    """The words of each dossier that has some."""
    found = listed(Dossier.objects.values_list("pk", flat=True), reader=user)
    told = {dossier.pk: looking.news(dossier, user=user) for dossier in found}
    return {pk: words for pk, words in told.items() if words}


def transferred(desk: Desk, dossier: Dossier) -> Dossier:
    lifecycle.transfer(target=Target(code=dossier.code), actor=desk.clerk, at=NOW)
    dossier.refresh_from_db()
    return dossier


def test_news_is_what_others_did_since_one_looked(desk: Desk, dossier, sign_in):
    looking.look(dossier=dossier, user=desk.head, seen=1, at=NOW)
    assert news_for(desk.head) == {}

    transferred(desk, dossier)

    assert news_for(desk.head) == {dossier.pk: "Mới: chuyển cơ quan giải quyết"}
    assert "Mới: chuyển cơ quan giải quyết" in text(sign_in(desk.head).get("/ho-so/"))
    looking.look(dossier=dossier, user=desk.head, seen=2, at=NOW)
    assert news_for(desk.head) == {}


def test_ones_own_acts_and_what_one_never_opened_are_no_news(desk: Desk, dossier):
    looking.look(dossier=dossier, user=desk.clerk, seen=1, at=NOW)
    transferred(desk, dossier)

    assert news_for(desk.clerk) == {}
    assert news_for(desk.officer) == {}


def test_a_page_that_was_stale_when_it_was_read_leaves_the_news(desk: Desk, dossier, sign_in):
    transferred(desk, dossier)

    answer = sign_in(desk.head).post(f"/ho-so/{dossier.code}/dang-xem/", {"seen": "1"})

    assert "Hồ sơ vừa có cập nhật" in text(answer)
    assert news_for(desk.head)


def test_nobody_has_seen_the_future(desk: Desk, dossier, sign_in):
    sign_in(desk.head).post(f"/ho-so/{dossier.code}/dang-xem/", {"seen": "999"})

    assert Look.objects.get().seen == 1


def test_the_inbox_holds_what_others_moved_as_far_as_one_may_still_see(desk: Desk, dossier):
    looking.look(dossier=dossier, user=desk.head, seen=1, at=NOW)
    transferred(desk, dossier)

    assert [found.code for found, _ in looking.changed_for(anew(desk.head), most=9)] == [
        dossier.code
    ]
    desk.head.memberships.all().delete()
    assert looking.changed_for(anew(desk.head), most=9) == []


def test_looks_of_long_ago_are_forgotten(desk: Desk, dossier):
    looking.look(dossier=dossier, user=desk.head, seen=1, at=NOW)

    assert looking.forget_old(at=NOW + timedelta(days=59)) == 0
    assert looking.forget_old(at=NOW + timedelta(days=61)) == 1


# -- Who else is here -------------------------------------------------------------------------


def test_others_are_told_who_has_the_dossier_open(desk: Desk, dossier, sign_in):
    sign_in(desk.clerk).post(f"/ho-so/{dossier.code}/dang-xem/", {"seen": "1"})

    page = text(sign_in(desk.head).get(f"/ho-so/{dossier.code}/"))

    assert "<strong>Trần Thị Bình</strong> cũng đang mở hồ sơ này" in page
    assert "Trần Thị Bình</strong> cũng" not in text(
        sign_in(desk.clerk).get(f"/ho-so/{dossier.code}/")
    )


def test_whoever_left_is_forgotten_soon(desk: Desk, dossier):
    looking.arrive(dossier=dossier, user=desk.clerk, at=NOW)

    assert looking.others(dossier=dossier, user=desk.head, at=NOW + timedelta(seconds=60))
    assert not looking.others(dossier=dossier, user=desk.head, at=NOW + looking.PRESENT)


# -- Lists of one's own -----------------------------------------------------------------------


def test_a_filter_is_kept_under_its_name_and_taken_off(desk: Desk, dossier, sign_in):
    client = sign_in(desk.clerk)

    client.post(
        "/danh-sach/luu-bo-loc/",
        {"name": " Chờ  chuyển ", "query": "tab=tat-ca&status=accepted&q=Nguyen"},
    )

    page = text(client.get("/ho-so/"))
    assert '<a class="chip" href="?tab=tat-ca&amp;status=accepted">Chờ chuyển</a>' in page
    client.post("/danh-sach/bo-bo-loc/", {"name": "Chờ chuyển"})
    assert "Chờ chuyển</a>" not in text(client.get("/ho-so/"))


def test_the_same_name_is_overwritten_and_there_is_an_end(clerk):
    listing.save_filter(name="A", query="tab=tat-ca", actor=clerk)
    listing.save_filter(name="A", query="tab=qua-han", actor=clerk)
    assert [saved["query"] for saved in listing.settings_of(anew(clerk)).filters] == ["tab=qua-han"]
    for number in range(listing.MOST_FILTERS - 1):
        listing.save_filter(name=f"B{number}", query="", actor=clerk)

    with pytest.raises(ListRefused):
        listing.save_filter(name="C", query="", actor=clerk)
    with pytest.raises(ListRefused):
        listing.save_filter(name="  ", query="", actor=clerk)


def test_chosen_columns_stand_in_the_list(desk: Desk, dossier, sign_in):
    client = sign_in(desk.clerk)

    client.post("/danh-sach/cot/", {"columns": ["accepted_at", "khong_co"], "query": ""})

    page = text(client.get("/ho-so/?tab=tat-ca"))
    assert '<th scope="col">Tiếp nhận lúc</th>' in page
    assert "09:00 ngày 13/11/2026" in page


def test_too_many_columns_are_refused(clerk):
    keys = [column.key for column in listing.choices()]

    with pytest.raises(ListRefused):
        listing.choose_columns(keys=keys, actor=clerk)
