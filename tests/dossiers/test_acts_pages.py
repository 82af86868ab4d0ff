"""The acts by their pages: done once, refused in a sentence, and nothing changed by a refusal."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dossiers import intake
from dossiers.models import Dossier
from dossiers.statuses import DossierStatus
from organizations.models import Membership
from procedures.statuses import ChannelKind
from tests.conftest import APPLICANT, NOW
from tests.dossiers.moving import PDF, walked

ACTS = (
    "accept",
    "refuse",
    "transfer",
    "take",
    "assign",
    "propose",
    "send_back",
    "approve",
    "return",
    "add_file",
)
LATER = NOW + timedelta(hours=7)


def facts(act: str, dossier: Dossier, desk) -> dict:
    """What a person enters for this act."""
    entered = {
        "refuse": {"reason": "Thiếu tờ khai."},
        "assign": {"officer": desk.officer.pk},
        "propose": {"opinion": "Đủ điều kiện."},
        "send_back": {"reason": "Bổ sung căn cứ."},
        "approve": {
            "number": "16/PLLTTP",
            "issued_date": "13/11/2026",
            "signer_name": "Nguyễn Thị Hòa",
            "signer_title": "Giám đốc Sở",
        },
        "return": {"recipient_name": "Nguyễn Thị Đào", "method": "counter"},
        "add_file": {"upload": SimpleUploadedFile("them.pdf", PDF)},
    }
    return {"version": dossier.event_count, **entered.get(act, {})}


def do(client, act, dossier, data, at=LATER):
    with time_machine.travel(at, tick=False):
        return client.post(reverse(f"dossiers:{act}", args=[dossier.code]), data)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def submitted(desk) -> Dossier:
    return intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)


def dossier_for(act, desk, request) -> Dossier:
    """A dossier in the state in which this act may be done."""
    before = {
        "transfer": "accept",
        "take": "transfer",
        "assign": "transfer",
        "propose": "take",
        "send_back": "propose",
        "approve": "propose",
        "return": "approve",
        "add_file": "take",
    }
    if act in before:
        return walked(desk, before[act])
    return request.getfixturevalue("submitted")


WHO = dict.fromkeys(ACTS, "clerk")
WHO |= {"take": "officer", "propose": "officer"}
WHO |= {"assign": "head", "send_back": "head", "approve": "head"}


@pytest.mark.parametrize(
    ("act", "status", "said"),
    [
        ("accept", "accepted", "đã được tiếp nhận, hẹn trả trước 17:00 ngày 20/11/2026."),
        ("refuse", "not_accepted", "đã bị từ chối tiếp nhận. Hãy in phiếu từ chối"),
        ("transfer", "processing", "đã chuyển đến Sở Tư pháp tỉnh Nghệ An."),
        ("take", "processing", "do bạn xử lý từ bây giờ."),
        ("assign", "processing", "đã được giao cho Lê Thị Oanh xử lý."),
        ("propose", "awaiting_approval", "đã được trình."),
        ("send_back", "processing", "đã được trả lại cho Lê Thị Oanh xử lý tiếp."),
        ("approve", "resolved", "đã được phê duyệt. Kết quả chờ trả tại Trung tâm"),
        ("return", "returned", "đã trả kết quả cho Nguyễn Thị Đào."),
        ("add_file", "processing", "đã có thêm tệp."),
    ],
)
def test_an_act_is_done_and_told_in_a_sentence(desk, sign_in, request, act, status, said):
    dossier = dossier_for(act, desk, request)
    client = sign_in(getattr(desk, WHO[act]))

    response = do(client, act, dossier, facts(act, dossier, desk))

    assert response.status_code == 302, text(response)
    assert response["Location"] == dossier.get_absolute_url()
    dossier.refresh_from_db()
    assert dossier.status == status
    assert said in text(client.get(response["Location"]))


@pytest.mark.parametrize("act", ACTS)
def test_reading_an_acts_address_changes_nothing(desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)

    response = sign_in(getattr(desk, WHO[act])).get(reverse(f"dossiers:{act}", args=[dossier.code]))

    assert response.status_code == 405
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


@pytest.mark.parametrize("act", ACTS)
def test_a_foreign_agency_never_finds_the_dossier(foreign_head, desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)

    response = do(sign_in(foreign_head), act, dossier, facts(act, dossier, desk))

    assert response.status_code == 404
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


@pytest.mark.parametrize("act", ACTS)
def test_those_who_only_watch_may_do_nothing(supervisor, desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)

    response = do(sign_in(supervisor), act, dossier, facts(act, dossier, desk))

    assert response.status_code == 403
    assert "Chỉ " in text(response)
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


@pytest.mark.parametrize("act", ACTS)
def test_a_wrong_role_is_told_so_before_its_form_is_judged(supervisor, desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)

    assert do(sign_in(supervisor), act, dossier, {}).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_done_twice_the_second_is_a_conflict(desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)
    client = sign_in(getattr(desk, WHO[act]))
    do(client, act, dossier, facts(act, dossier, desk))
    after = Dossier.objects.get(pk=dossier.pk).event_count

    response = do(client, act, dossier, facts(act, dossier, desk))

    assert response.status_code == 409
    assert "Hồ sơ vừa được người khác cập nhật" in text(response)
    assert Dossier.objects.get(pk=dossier.pk).event_count == after


@pytest.mark.parametrize("act", ["accept", "refuse", "transfer", "send_back", "approve", "return"])
def test_an_act_of_another_state_is_a_conflict_too(desk, sign_in, act):
    # The head sees it proposed by the officer; the clerk has already returned it.
    dossier = walked(desk, "return")

    response = do(sign_in(getattr(desk, WHO[act])), act, dossier, facts(act, dossier, desk))

    assert response.status_code == 409
    assert "Đã trả kết quả" in text(response)
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


@pytest.mark.parametrize("sent", ["", "-1", "abc", "99999999999999999999", "1.5"])
def test_a_form_without_a_right_version_is_refused(desk, sign_in, dossier, sent):
    response = do(sign_in(desk.clerk), "transfer", dossier, {"version": sent})

    assert response.status_code == 400
    assert Dossier.objects.get(pk=dossier.pk).status == DossierStatus.ACCEPTED


@pytest.mark.parametrize("act", ["refuse", "assign", "propose", "send_back", "approve", "return"])
def test_missing_facts_are_asked_for_with_links_to_the_fields(desk, sign_in, request, act):
    dossier = dossier_for(act, desk, request)

    response = do(sign_in(getattr(desk, WHO[act])), act, dossier, {"version": dossier.event_count})

    assert response.status_code == 400
    assert "Chưa ghi được. Hãy sửa các mục sau rồi gửi lại." in text(response)
    form = response.context["refused"]
    for name, errors in form.errors.items():
        assert f'href="#{form[name].id_for_label}">{form[name].label}: {errors[0]}' in text(
            response
        )
        assert errors[0].startswith("Hãy ")
    assert Dossier.objects.get(pk=dossier.pk).event_count == dossier.event_count


def test_a_stale_form_keeps_what_was_entered_and_can_be_sent_again(desk, sign_in):
    dossier = walked(desk, "take")
    stale = {"version": dossier.event_count, "opinion": "Đã thẩm định kỹ, đề nghị cấp."}
    client = sign_in(desk.officer)
    upload = SimpleUploadedFile("them.pdf", PDF)
    do(client, "add_file", dossier, {"version": dossier.event_count, "upload": upload})

    response = do(client, "propose", dossier, stale)

    assert response.status_code == 409
    assert "Đã thẩm định kỹ, đề nghị cấp." in text(response)
    assert f'name="version" value="{dossier.event_count + 1}"' in text(response)
    assert 'name="version" value=""' not in text(response)


def test_the_one_who_proposed_may_not_approve(desk, sign_in, officer, justice):
    Membership.objects.create(user=officer, agency=justice, role="head")
    dossier = walked(desk, "propose")

    response = do(sign_in(officer), "approve", dossier, facts("approve", dossier, desk))

    assert response.status_code == 403
    assert "Người trình không được tự phê duyệt." in text(response)


def test_a_date_before_acceptance_is_refused_beside_its_field(desk, sign_in):
    dossier = walked(desk, "propose")
    early = facts("approve", dossier, desk) | {"issued_date": "01/11/2026"}

    response = do(sign_in(desk.head), "approve", dossier, early)

    assert response.status_code == 400
    assert "Ngày ban hành phải từ ngày tiếp nhận đến hôm nay." in text(response)
    assert 'value="01/11/2026"' in text(response)


def test_a_file_of_a_wrong_kind_is_refused_and_nothing_is_kept(desk, sign_in):
    dossier = walked(desk, "take")
    bad = {"version": dossier.event_count, "upload": SimpleUploadedFile("a.pdf", b"MZ" + b"0" * 99)}

    response = do(sign_in(desk.officer), "add_file", dossier, bad)

    assert response.status_code == 400
    assert "Hãy quét giấy tờ" in text(response)
    assert not dossier.attachments.exists()


def test_only_officers_of_the_agency_can_be_chosen(desk, sign_in, foreign_officer):
    dossier = walked(desk, "transfer")
    entered = {"version": dossier.event_count, "officer": foreign_officer.pk}

    response = do(sign_in(desk.head), "assign", dossier, entered)

    assert response.status_code == 400
    assert foreign_officer.full_name not in text(response)


def test_the_approval_suggests_today_and_the_head(desk, sign_in):
    dossier = walked(desk, "propose")

    with time_machine.travel(LATER, tick=False):
        shown = text(sign_in(desk.head).get(dossier.get_absolute_url()))

    assert 'name="issued_date" value="13/11/2026"' in shown
    assert 'name="signer_name" value="Nguyễn Thị Hòa"' in shown
    assert 'name="signer_title" value="Giám đốc Sở"' in shown


def test_the_handover_suggests_the_delegate_who_came(desk, sign_in):
    applicant = replace(
        APPLICANT, delegate_name="Nguyễn Văn Nam", delegate_identity_number="040090000001"
    )
    dossier = walked(desk, "approve", applicant=applicant)

    with time_machine.travel(LATER, tick=False):
        shown = text(sign_in(desk.clerk).get(dossier.get_absolute_url()))

    assert 'name="recipient_name" value="Nguyễn Văn Nam"' in shown
    assert 'name="recipient_identity_number" value="040090000001"' in shown


def test_an_act_without_a_token_of_the_form_is_refused(desk, dossier, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(desk.clerk, backend="organizations.backends.MembershipBackend")

    response = client.post(
        reverse("dossiers:transfer", args=[dossier.code]), {"version": dossier.event_count}
    )

    assert response.status_code == 403
    assert Dossier.objects.get(pk=dossier.pk).status == DossierStatus.ACCEPTED
