"""Drafts of the intake page: nothing typed is lost, nothing of others is shown, nothing lingers."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from desk import drafts
from desk.drafts import DraftRefused
from desk.models import IntakeDraft
from tests.conftest import NOW, Desk

SAVE = "/tiep-nhan/luu-tam/"
KEY = UUID("11111111-2222-3333-4444-555555555555")


def typed(desk: Desk, **facts) -> dict[str, str]:
    known = {"procedure": "1.001193", "name": "Nguyễn Thị Đào", "phone": "0912345678",
             "submission_key": str(KEY), "version": str(desk.version.pk)}  # fmt: skip
    return known | facts


def saved(desk: Desk, key: UUID = KEY, version: int = 0, at=NOW, **facts) -> IntakeDraft:
    return drafts.save(
        key=key, content=typed(desk, **facts), version=version, actor=desk.clerk, at=at
    )


def text(response) -> str:
    return response.content.decode()


def test_what_was_typed_stands_on_the_page_again(desk: Desk, sign_in):
    client = sign_in(desk.clerk)

    answer = client.post(SAVE, typed(desk))
    page = text(client.get(answer.json()["url"]))

    assert "Khôi phục hồ sơ đang nhập dở lúc" in page
    assert 'value="Nguyễn Thị Đào"' in page
    assert f'name="submission_key" value="{KEY}"' in page


def test_the_empty_intake_page_offers_what_is_unfinished(desk: Desk, sign_in):
    saved(desk, at=NOW)
    client = sign_in(desk.clerk)
    IntakeDraft.objects.update(saved_at="2999-01-01T00:00Z")

    assert "1 hồ sơ đang nhập dở" in text(client.get("/tiep-nhan/"))
    assert "đang nhập dở" not in text(client.get("/tiep-nhan/?thu_tuc=1.001193"))


def test_an_accepted_form_leaves_no_draft(desk: Desk):
    saved(desk)

    desk.accept(submission_key=KEY)

    assert not IntakeDraft.objects.of(desk.clerk).exists()
    assert drafts.forget_old(at=NOW) == 1
    with pytest.raises(DraftRefused) as refusal:
        saved(desk)
    assert refusal.value.code == "received"


def test_each_save_counts_up_and_a_second_tab_cannot_overwrite(desk: Desk):
    first = saved(desk)
    second = saved(desk, version=first.version, name="Nguyễn Thị Mai")

    with pytest.raises(DraftRefused) as refusal:
        saved(desk, version=first.version, name="Thẻ khác")

    assert refusal.value.code == "stale"
    assert IntakeDraft.objects.get().content["name"] == "Nguyễn Thị Mai"
    assert second.version == 2


def test_two_tabs_keep_two_drafts(desk: Desk):
    saved(desk)
    saved(desk, key=uuid4())

    assert IntakeDraft.objects.of(desk.clerk).count() == 2


def test_decomposed_letters_are_kept_in_one_spelling(desk: Desk):
    draft = saved(desk, name="Nguye\u0302\u0303n", note="a\x00b")

    assert draft.content["name"] == "Nguyễn"
    assert draft.content["note"] == "ab"


def test_a_draft_that_is_too_long_is_refused_with_a_sentence(desk: Desk, sign_in):
    answer = sign_in(desk.clerk).post(SAVE, typed(desk, summary="a" * 60_000))

    assert (answer.status_code, answer.json()["code"]) == (422, "too_long")
    assert not IntakeDraft.objects.exists()


@pytest.mark.parametrize(
    "facts", [{"submission_key": "x"}, {"procedure": "9.9"}, {"procedure": ""}]
)
def test_hostile_drafts_are_not_kept(desk: Desk, sign_in, facts):
    assert sign_in(desk.clerk).post(SAVE, typed(desk, **facts)).status_code == 422
    assert not IntakeDraft.objects.exists()


def test_the_eleventh_draft_drops_the_oldest(desk: Desk):
    for hours in range(drafts.MOST_DRAFTS + 1):
        saved(desk, key=uuid4(), at=NOW + timedelta(hours=hours))

    assert IntakeDraft.objects.count() == drafts.MOST_DRAFTS
    assert not IntakeDraft.objects.filter(saved_at=NOW).exists()


def test_a_draft_is_its_clerks_alone(desk: Desk, sign_in, commune_clerk):
    draft = saved(desk)

    client = sign_in(commune_clerk)

    assert client.get(draft.get_absolute_url()).status_code == 404
    client.post(f"{draft.get_absolute_url()}bo/")
    assert IntakeDraft.objects.exists()


def test_a_draft_is_thrown_away_by_a_button(desk: Desk, sign_in):
    draft = saved(desk)

    answer = sign_in(desk.clerk).post(f"{draft.get_absolute_url()}bo/")

    assert answer["Location"] == "/tiep-nhan/"
    assert not IntakeDraft.objects.exists()


def test_what_citizens_told_is_forgotten_after_a_week(desk: Desk):
    saved(desk)

    assert drafts.forget_old(at=NOW + timedelta(days=6)) == 0
    assert drafts.forget_old(at=NOW + timedelta(days=8)) == 1
