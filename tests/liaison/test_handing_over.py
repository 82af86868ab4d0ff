"""Handing papers over and confirming them: what the ledger says, and what nobody may do."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from dossiers import sealing
from dossiers.holding import ActRefused
from dossiers.models import Dossier
from dossiers.requests import Paper
from dossiers.statuses import ReturnMethod
from liaison import confirming, handing, handover_worklists, whereabouts
from liaison.confirming import Findings
from liaison.models import HandoverBatch, HandoverItem, PaperFile
from liaison.places import Place
from liaison.statuses import HandoverOutcome, HandoverWay
from procedures.statuses import ChannelKind
from tests.conftest import NOW, make_version
from tests.liaison.handing_over import given, received, resolved, to_agency, to_counter, transferred

HOUR = timedelta(hours=1)


def where(dossier: Dossier) -> whereabouts.Whereabouts:
    fresh = Dossier.objects.select_related("counter").get(pk=dossier.pk)
    told = whereabouts.of_many([fresh])[dossier.pk]
    # What the lists read is what the latest item says, at every step of every story here.
    kept = PaperFile.objects.filter(dossier=dossier).first()
    assert (kept is None) == (told.latest is None)
    if kept is not None:
        assert (kept.item, kept.holder, kept.since) == (told.latest, told.holder, told.since)
    return told


def kinds(dossier: Dossier) -> list[str]:
    return list(dossier.events.order_by("sequence").values_list("kind", flat=True))


def test_papers_are_told_at_every_moment_from_counter_to_department_and_back(desk):
    dossier = resolved(desk)
    told = [where(dossier).sentence]
    batch = given(desk, dossier, at=NOW + HOUR)
    told.append(where(dossier).sentence)
    received(batch, desk.officer, at=NOW + 2 * HOUR)
    told.append(where(dossier).sentence)
    back = handing.hand_over(
        consignment=to_counter(desk, [dossier.code]), actor=desk.officer, at=NOW + 3 * HOUR
    )
    told.append(where(dossier).sentence)
    received(back, desk.clerk, at=NOW + 4 * HOUR)
    told.append(where(dossier).sentence)

    centre, justice = desk.counter.name, desk.agency.name
    assert told == [
        f"Ở {centre}, từ lúc tiếp nhận 09:00 ngày 13/11/2026.",
        f"Trên đường từ {centre} đến {justice}, giao tận tay lúc 10:00 ngày 13/11/2026, "
        "biên bản số 01/2026/BBBG.",
        f"Ở {justice}, từ 11:00 ngày 13/11/2026, biên bản số 01/2026/BBBG.",
        f"Trên đường từ {justice} đến {centre}, giao tận tay lúc 12:00 ngày 13/11/2026, "
        "biên bản số 01/2026/BBBG.",
        f"Ở {centre}, từ 13:00 ngày 13/11/2026, biên bản số 01/2026/BBBG.",
    ]
    assert kinds(dossier)[-4:] == ["handover", "handover_confirmed"] * 2


def test_each_step_stands_in_the_ledger_and_moves_no_state(desk):
    dossier = transferred(desk)

    batch = given(desk, dossier, way=HandoverWay.POST, tracking_number="EI123456789VN")
    received(batch, desk.officer, at=NOW + HOUR)

    gone, came = dossier.events.order_by("-sequence")[:2][::-1]
    assert gone.data["matter"] == (
        f"biên bản số 01/2026/BBBG, đến {desk.agency.name}, dịch vụ bưu chính công ích, "
        "số hiệu EI123456789VN"
    )
    assert (gone.actor, came.actor, came.at) == (desk.clerk, desk.officer, NOW + HOUR)
    assert came.data["matter"] == f"biên bản số 01/2026/BBBG, {desk.agency.name}: đã nhận"
    assert gone.from_status == came.to_status == dossier.status == "processing"
    connection.check_constraints()
    assert sealing.verify().broken is None


def test_the_numbers_run_through_a_year_and_begin_anew(desk):
    first, second, third = (transferred(desk) for _ in range(3))
    new_year = datetime.fromisoformat("2027-01-04T09:00:00+07:00")

    made = [given(desk, first), given(desk, second), given(desk, third, at=new_year)]

    assert [batch.symbol for batch in made] == ["01/2026/BBBG", "02/2026/BBBG", "01/2027/BBBG"]


def test_the_same_form_hands_over_once(desk):
    dossier = transferred(desk)
    consignment = to_agency(desk, [dossier.code])

    made = [handing.hand_over(consignment=consignment, actor=desk.clerk, at=NOW) for _ in range(2)]

    assert made[0] == made[1]
    assert kinds(dossier).count("handover") == 1


def test_a_dossier_on_its_way_goes_into_no_second_batch(desk):
    dossier = transferred(desk)
    given(desk, dossier)

    with pytest.raises(ActRefused, match="đang nằm trong biên bản số 01/2026/BBBG"):
        given(desk, dossier)


def test_a_batch_with_one_wrong_dossier_goes_nowhere_and_names_each(desk, construction):
    other = make_version(construction, code="1.000009")
    right = transferred(desk)
    wrong = replace(desk, version=other, agency=construction).accept()
    early = desk.accept()

    with pytest.raises(ActRefused) as refused:
        given(desk, right, wrong, early)

    told = " ".join(refused.value.messages)
    assert f"{wrong.code}: do {construction.name} giải quyết." in told
    assert f"{early.code}: chưa chuyển cơ quan giải quyết trên hệ thống." in told
    assert right.code not in told
    assert not HandoverBatch.objects.exists()


def test_an_electronic_dossier_has_no_papers_to_hand_over_but_a_result_on_paper(desk):
    electronic = {"papers": [Paper(name="Tờ khai", is_digitised=True)]}
    dossier = resolved(desk, channel=ChannelKind.ONLINE, **electronic)

    assert where(dossier).sentence == "Hồ sơ điện tử, không có hồ sơ giấy."
    with pytest.raises(ActRefused, match="là hồ sơ điện tử"):
        given(desk, dossier)

    back = handing.hand_over(
        consignment=to_counter(desk, [dossier.code]), actor=desk.officer, at=NOW
    )
    received(back, desk.clerk)
    assert where(dossier).holder == Place(counter=desk.counter)


def test_a_result_goes_back_only_when_there_is_one_and_to_its_own_counter(desk, commune_counter):
    running, ended = transferred(desk), resolved(desk)
    astray = to_counter(desk, [ended.code], destination=Place(counter=commune_counter))

    with pytest.raises(ActRefused, match="chưa có kết quả"):
        handing.hand_over(consignment=to_counter(desk, [running.code]), actor=desk.officer, at=NOW)
    with pytest.raises(ActRefused, match="kết quả phải về Trung tâm"):
        handing.hand_over(consignment=astray, actor=desk.officer, at=NOW)


def test_papers_are_given_only_from_where_they_are_and_by_whoever_keeps_them(desk, commune_clerk):
    dossier = transferred(desk)
    received(given(desk, dossier), desk.officer)

    with pytest.raises(ActRefused, match=f"hồ sơ giấy không ở {desk.counter.name}"):
        given(desk, dossier)
    with pytest.raises(PermissionDenied):
        given(desk, dossier, actor=commune_clerk)
    with pytest.raises(PermissionDenied):
        given(desk, dossier, actor=desk.officer)


def test_a_bag_by_post_needs_its_number_and_a_closed_place_gets_none(desk):
    dossier = transferred(desk)

    with pytest.raises(ActRefused, match="số hiệu bưu gửi"):
        given(desk, dossier, way=HandoverWay.POST)
    desk.agency.is_active = False
    with pytest.raises(ActRefused, match="đã ngừng hoạt động"):
        given(desk, dossier)


def test_codes_are_read_from_lines_and_from_the_addresses_of_qr_codes():
    text = "h41.15-261113-0001\n\nhttps://motcua.example.vn/tra-cuu/H41.15-261113-0002/\n"

    assert handing.scanned(text) == ["H41.15-261113-0001", "H41.15-261113-0002"]
    with pytest.raises(ActRefused, match="Không đọc được mã hồ sơ trong “xyz”"):
        handing.scanned("xyz")


# -- Confirming -------------------------------------------------------------------------------


def confirmed(batch, actor, **findings):
    return confirming.confirm(pk=batch.pk, findings=Findings(**findings), actor=actor, at=NOW)


def test_what_was_scanned_is_received_and_the_rest_waits(desk):
    one, two = transferred(desk), transferred(desk)
    batch = given(desk, one, two)

    half = confirmed(batch, desk.officer, received=[one.code])

    assert half.settled_at is None
    assert where(one).holder == Place(agency=desk.agency)
    assert where(two).is_on_the_way
    assert confirmed(batch, desk.officer, received=[two.code]).settled_at == NOW


def test_a_missing_file_is_the_givers_again_and_may_be_given_anew(desk):
    one, two = transferred(desk), transferred(desk)
    batch = given(desk, one, two)

    confirmed(
        batch, desk.officer, received=[one.code], rest_is_missing=True,
        missing_reason="Không có trong túi.",
    )  # fmt: skip

    found = where(two)
    assert found.holder == Place(counter=desk.counter)
    assert "báo thiếu" in found.sentence
    assert two.events.latest("sequence").reason == "Không có trong túi."
    assert given(desk, two).items.get().dossier == two


def test_missing_and_extra_papers_need_a_reason(desk):
    one, two = transferred(desk), transferred(desk)
    batch = given(desk, one)

    with pytest.raises(ActRefused, match="Hãy ghi lý do hồ sơ thiếu"):
        confirmed(batch, desk.officer, rest_is_missing=True)
    with pytest.raises(ActRefused, match="Hãy ghi lý do hoặc hoàn cảnh"):
        confirmed(batch, desk.officer, rest_is_received=True, extra=[two.code])
    assert HandoverItem.objects.pending().count() == 1


def test_an_extra_file_is_where_it_was_found_and_no_longer_awaited_elsewhere(
    desk, construction, foreign_officer
):
    other = make_version(construction, code="1.000009")
    astray = transferred(replace(desk, version=other, agency=construction))
    awaited = given(desk, astray, destination=Place(agency=construction))
    batch = given(desk, transferred(desk))

    done = confirmed(
        batch, desk.officer, rest_is_received=True,
        extra=[astray.code], extra_reason="Xếp nhầm túi.",
    )  # fmt: skip

    awaited.refresh_from_db()
    assert (done.settled_at, awaited.settled_at) == (NOW, NOW)
    assert awaited.items.get().outcome == HandoverOutcome.MISSING
    assert where(astray).holder == Place(agency=desk.agency)
    with pytest.raises(ActRefused, match="đã được xác nhận xong"):
        confirmed(awaited, foreign_officer, rest_is_received=True)


def test_a_stranger_among_the_scanned_is_pointed_out(desk):
    one, two = transferred(desk), transferred(desk)
    batch = given(desk, one)

    with pytest.raises(ActRefused, match=f"Hồ sơ {two.code} không có trong biên bản này"):
        confirmed(batch, desk.officer, received=[one.code, two.code])
    with pytest.raises(ActRefused, match=r"Không có hồ sơ H41\.15-261113-9999"):
        confirmed(batch, desk.officer, extra=["H41.15-261113-9999"], extra_reason="Lạ.")


def test_a_second_confirmation_changes_nothing(desk):
    dossier = transferred(desk)
    batch = received(given(desk, dossier), desk.officer)
    count = dossier.events.count()

    with pytest.raises(ActRefused, match="đã được xác nhận xong"):
        received(batch, desk.head)
    with pytest.raises(ActRefused, match="đã được xác nhận lúc 09:00"):
        confirmed(batch, desk.head, received=[dossier.code])
    with pytest.raises(ActRefused, match="Hãy quét hoặc đánh dấu"):
        confirmed(given(desk, transferred(desk)), desk.officer)
    assert dossier.events.count() == count


def test_only_the_receiving_side_confirms_and_strangers_see_nothing(
    desk, commune_clerk, supervisor, foreign_officer
):
    batch = given(desk, transferred(desk))

    for person in (desk.clerk, supervisor):
        with pytest.raises(PermissionDenied):
            received(batch, person)
    for person in (commune_clerk, foreign_officer):
        with pytest.raises(HandoverBatch.DoesNotExist):
            received(batch, person)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_once(desk):
    dossier = transferred(desk)
    batch = given(desk, dossier)
    refused = []

    def one(actor):
        try:
            received(batch, actor)
        except ActRefused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[actor]) for actor in (desk.officer, desk.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert kinds(dossier).count("handover_confirmed") == 1


# -- What waits, and what is too long on its way ---------------------------------------------


def waiting(user, place):
    return [
        (each.destination.name, each.carries.value, [dossier.code for dossier in each.dossiers])
        for each in handover_worklists.ready(user, origin=place)
    ]


def test_what_waits_at_the_counter_are_papers_sent_on_in_the_system_alone(desk):
    here = transferred(desk)
    desk.accept()
    transferred(desk, papers=[])
    gone, lost = transferred(desk), transferred(desk)
    given(desk, gone)
    confirmed(given(desk, lost), desk.officer, rest_is_missing=True, missing_reason="Thiếu.")

    assert waiting(desk.clerk, Place(counter=desk.counter)) == [
        (desk.agency.name, "papers", [here.code, lost.code])
    ]


def test_what_waits_in_the_agency_are_results_that_are_not_back(desk):
    here, gone = resolved(desk), resolved(desk)
    resolved(desk, return_method=ReturnMethod.ONLINE)
    transferred(desk)
    handing.hand_over(consignment=to_counter(desk, [gone.code]), actor=desk.officer, at=NOW)

    assert waiting(desk.officer, Place(agency=desk.agency)) == [
        (desk.counter.name, "result", [here.code])
    ]


def test_papers_are_too_long_on_their_way_after_the_working_days_of_their_way(desk):
    by_hand, by_post = transferred(desk), transferred(desk)
    given(desk, by_hand)
    given(desk, by_post, way=HandoverWay.POST, tracking_number="1")
    monday = NOW + timedelta(days=3, hours=1)

    late = handover_worklists.batches_of(handover_worklists.TOO_LONG, user=desk.clerk, at=monday)

    assert [batch.items.get().dossier for batch in late] == [by_hand]
    assert where(by_hand).is_late(at=monday)
    assert not where(by_post).is_late(at=monday)


# -- What the database refuses -----------------------------------------------------------------


def test_the_database_keeps_papers_in_one_place(desk, commune_counter):
    dossier = transferred(desk)
    received(given(desk, dossier), desk.officer)
    facts = {
        "submission_key": uuid4(), "year": 2026, "number": 9, "carries": "papers",
        "way": "by_hand", "given_by": desk.clerk, "given_at": NOW, "expected_by": NOW + HOUR,
    }  # fmt: skip
    from_counter = HandoverBatch.objects.create(
        **facts, from_counter=desk.counter, to_agency=desk.agency
    )

    with pytest.raises(IntegrityError, match="không ở bên giao"), transaction.atomic():
        HandoverItem.objects.create(batch=from_counter, dossier=dossier, position=1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE liaison_handoverbatch SET note = 'x'",
        "UPDATE liaison_handoveritem SET outcome = 'missing', reason = 'x'",
        "DELETE FROM liaison_handoveritem",
        "TRUNCATE liaison_handoverbatch CASCADE",
    ],
)
def test_what_was_handed_over_and_confirmed_stands(desk, change):
    received(given(desk, transferred(desk)), desk.officer)
    connection.check_constraints()

    with (
        pytest.raises(IntegrityError, match="chỉ được ghi thêm"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
