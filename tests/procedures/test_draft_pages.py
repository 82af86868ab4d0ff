"""Writing a version in the browser: the parts, the difference, publishing, and the lists."""

import unicodedata
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from organizations.models import User
from procedures import drafting, publishing, stored_facts
from procedures.models import Decision, DecisionItem, ProcedureVersion, VersionDraft
from tests.conftest import NOW, Desk, make_version
from tests.procedures.decisions import publish_again

pytestmark = pytest.mark.django_db
CODE = "1.001193"
MOST_QUERIES = 8
DECISION = {
    "number": "1234/QĐ-UBND",
    "issued_by": "Ủy ban nhân dân tỉnh Nghệ An",
    "level": "province",
    "issued_date": "13/11/2026",
    "effective_date": "13/11/2026",
    "basis": "Nghị định 118/2025/NĐ-CP",
    "basis_effective_date": "20/11/2026",
    "note": "Rút ngắn thời hạn.",
}


def text_of(response: Any) -> str:
    return unicodedata.normalize("NFC", response.content.decode())


@pytest.fixture
def browser(sign_in: Any, administrator: User, version: ProcedureVersion) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield sign_in(administrator)


def part(name: str) -> str:
    return reverse("procedures:draft_part", args=[CODE, name])


def review() -> str:
    return reverse("procedures:draft_review", args=[CODE])


def channels(*rows: dict[str, str], seen: int = 1, initial: int = 3) -> dict[str, str]:
    """The form of the channels as a browser sends it."""
    sent = {
        "seen": str(seen),
        "dong-TOTAL_FORMS": str(len(rows)),
        "dong-INITIAL_FORMS": str(initial),
    }
    for number, row in enumerate(rows):
        sent |= {f"dong-{number}-{name}": value for name, value in row.items()}
    return sent


def row(channel: str, order: int, **overrides: str) -> dict[str, str]:
    facts = {
        "kind": channel,
        "time_limit": "5",
        "time_unit": "working_day",
        "time_text": "5 ngày làm việc",
        "fee_amount": "200000",
        "fee_text": "200.000 đồng",
        "ORDER": str(order),
    }
    return facts | overrides


def facts_of_draft() -> Any:
    return stored_facts.from_json(VersionDraft.objects.get(code=CODE).facts)


def test_a_version_is_written_compared_and_published_in_the_browser(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))
    shorter = channels(
        row("direct", 1, time_limit="3"), row("online", 2), row("postal", 3, DELETE="on")
    )

    saved = browser.post(part("cach-thuc"), shorter)
    page = text_of(browser.get(review()))
    done = browser.post(review(), DECISION | {"seen": "2"}, follow=True)

    assert saved["Location"] == part("giay-to")
    assert "<del>5</del><ins>3</ins> ngày làm việc" in page
    assert "Còn thiếu theo khoản 2 Điều 8" in page
    assert "Đã ghi: sửa đổi, bổ sung thủ tục 1.001193" in text_of(done)
    made = ProcedureVersion.objects.get(number=2)
    assert [channel.time_text for channel in made.channels.order_by("position")] == [
        "3 ngày làm việc",
        "5 ngày làm việc",
    ]


def test_the_page_says_how_many_dossiers_keep_their_version(browser: Any, desk: Desk) -> None:
    desk.accept()
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    page = text_of(browser.get(review()))

    assert "1 hồ sơ đang giải quyết giữ phiên bản 1" in page


def test_a_new_row_with_a_new_fee_writes_its_own_words(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))
    new = row("direct", 4, time_text="", fee_text="", fee_amount="0", case_text="Làm lại")

    browser.post(
        part("cach-thuc"),
        channels(row("direct", 1), row("online", 2), row("postal", 3), new),
    )

    last = facts_of_draft().channels[-1]
    assert (last.time_text, last.fee_text, last.case_text) == (
        "5 ngày làm việc",
        "Miễn phí",
        "Làm lại",
    )


def test_words_that_say_more_than_the_number_stay_while_the_number_does(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))
    draft = VersionDraft.objects.get(code=CODE)
    draft.facts["channels"][0]["fee_text"] = "200,000 Đồng (miễn cho người nghèo)"
    draft.facts["channels"][0]["time_text"] = "Không quá 5 ngày làm việc"
    draft.save(update_fields=["facts"])
    kept = row("direct", 1, fee_text="200,000 Đồng (miễn cho người nghèo)",
               time_text="Không quá 5 ngày làm việc")  # fmt: skip

    browser.post(part("cach-thuc"), channels(kept, row("online", 2), row("postal", 3)))

    first = facts_of_draft().channels[0]
    assert first.fee_text == "200,000 Đồng (miễn cho người nghèo)"
    assert first.time_text == "Không quá 5 ngày làm việc"


def test_rows_change_places_by_their_numbers(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    browser.post(part("cach-thuc"), channels(row("direct", 3), row("online", 2), row("postal", 1)))

    assert [channel.kind for channel in facts_of_draft().channels] == ["postal", "online", "direct"]


def test_the_head_takes_decomposed_letters_and_keeps_lines(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))
    sent = {
        "seen": "1",
        "name": unicodedata.normalize("NFD", "Cấp  Phiếu lý lịch"),
        "field_name": "Lý lịch tư pháp",
        "levels": ["province", "commune"],
        "subjects": "Công dân\r\n\r\nNgười nước ngoài\r\n",
    }

    browser.post(part("chung"), sent)

    facts = facts_of_draft()
    assert facts.name == "Cấp Phiếu lý lịch"
    assert facts.subjects == ("Công dân", "Người nước ngoài")
    assert [level.value for level in facts.levels] == ["province", "commune"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"time_limit": "-1"}, "Thời hạn"),
        ({"time_limit": ""}, "Có đơn vị thì phải ghi thời hạn bằng số."),
        ({"kind": "fax"}, "Hình thức nộp"),
    ],
)
def test_a_wrong_row_changes_nothing_and_keeps_what_was_typed(
    browser: Any, wrong: dict[str, str], said: str
) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    answer = browser.post(
        part("cach-thuc"), channels(row("direct", 1, case_text="Vẫn còn", **wrong))
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "Vẫn còn" in text_of(answer)
    assert VersionDraft.objects.get(code=CODE).revision == 1


def test_a_stale_form_is_told_who_wrote_meanwhile(browser: Any, administrator: User) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))
    draft = VersionDraft.objects.get(code=CODE)
    drafting.save(draft=draft, changed={"kind": "Khác"}, seen=1, actor=administrator, at=NOW)

    answer = browser.post(part("chung"), {"seen": "1", "name": "X", "field_name": "Y"})

    assert answer.status_code == 422
    assert "Đinh Minh Quân vừa ghi bản này" in text_of(answer)
    assert facts_of_draft().name != "X"


def test_an_unknown_part_is_missing(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    assert browser.get(part("khac")).status_code == 404


def test_a_refused_decision_keeps_the_draft_and_what_was_typed(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    answer = browser.post(review(), DECISION | {"seen": "1", "issued_date": "14/11/2026"})

    assert answer.status_code == 422
    assert "1234/QĐ-UBND" in text_of(answer)
    assert not Decision.objects.exists()
    assert VersionDraft.objects.exists()


def test_a_draft_is_given_up(browser: Any) -> None:
    browser.post(reverse("procedures:draft_start", args=[CODE]))

    page = browser.post(
        reverse("procedures:draft_discard", args=[CODE]), {"seen": "1"}, follow=True
    )

    assert "danh mục giữ nguyên" in text_of(page)
    assert not VersionDraft.objects.exists()


def test_a_new_procedure_begins_with_its_code_and_name(browser: Any) -> None:
    address = reverse("procedures:add")

    taken = browser.post(address, {"code": CODE, "name": "Thủ tục"})
    wrong = browser.post(address, {"code": "12", "name": "Thủ tục"})
    begun = browser.post(address, {"code": "2.000001", "name": "Thủ tục mới"})

    assert "Danh mục đã có mã thủ tục này" in text_of(taken)
    assert "Mã thủ tục có dạng 1.012790." in text_of(wrong)
    assert begun["Location"] == reverse("procedures:draft_part", args=["2.000001", "chung"])


def test_a_procedure_is_retired_in_the_browser(browser: Any, version: ProcedureVersion) -> None:
    page = browser.post(reverse("procedures:retire", args=[CODE]), DECISION, follow=True)

    assert "Đã ghi: bãi bỏ thủ tục 1.001193, áp dụng ngay" in text_of(page)
    version.procedure.refresh_from_db()
    assert version.procedure.retired_at == NOW


def test_making_public_is_recorded_once_and_told_on_the_decision(
    browser: Any, version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator)
    address = reverse("procedures:make_public", args=[item.decision_id])

    first = text_of(browser.post(address, {"item": [item.pk]}, follow=True))
    second = text_of(browser.post(address, {"item": [item.pk, "x"]}, follow=True))

    assert "Đã ghi công khai 1 thủ tục" in first
    assert "Không có thủ tục nào chờ công khai" in second
    assert DecisionItem.objects.get().made_public_by == administrator


def test_the_lists_ask_the_database_few_questions(
    browser: Any, version: ProcedureVersion, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        made = make_version(code=f"2.{number:06}", name=f"Thủ tục {number}")
        publish_again(made.procedure, administrator, number=f"{number}/QĐ-UBND")
    decision = Decision.objects.recorded().first()
    assert decision is not None
    browser.get("/quyet-dinh-cong-bo/")

    for address in ("/quyet-dinh-cong-bo/?loc=cho-cong-khai", decision.get_absolute_url(),
                    "/thu-tuc/con-thieu/?thieu=subjects"):  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES):
            assert browser.get(address).status_code == 200


def test_the_list_of_the_incomplete_says_what_is_missing(browser: Any) -> None:
    page = text_of(browser.get(reverse("procedures:incomplete")))
    filtered = text_of(browser.get(reverse("procedures:incomplete"), {"thieu": "papers"}))

    assert "Trình tự thực hiện, Đối tượng thực hiện, Cơ quan thực hiện" in page
    assert "Không thủ tục nào còn thiếu nội dung" in filtered


def test_a_version_that_waits_says_from_when(
    browser: Any, version: ProcedureVersion, administrator: User
) -> None:
    from_then = NOW.date().replace(day=20)
    item = publish_again(version.procedure, administrator, effective_date=from_then)
    assert item.version is not None

    page = text_of(browser.get(item.version.get_absolute_url()))

    assert "Chờ áp dụng từ 20/11/2026" in page
    assert publishing.bring_into_force(at=NOW) == 0
