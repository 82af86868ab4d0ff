"""The intake page: what a clerk sees, what is kept, and what is refused without losing a word."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from unicodedata import normalize
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import intake
from dossiers.choosing import choices_for, preview
from dossiers.models import Attachment, Dossier, Fee
from dossiers.statuses import DossierStatus, PaymentMethod
from organizations.models import Agency, Membership, User
from organizations.roles import Role
from procedures import catalog
from procedures.models import Channel, Procedure, ProcedureAssignment, ProcedureVersion
from procedures.parsing.facts import ChannelFacts, PaperFacts, ProcedureFacts
from procedures.statuses import ChannelKind, OnlineLevel
from tests.conftest import APPLICANT, DEFAULT_STEPS, NOW, Desk, make_counter, make_version
from workdays.models import Holiday
from workdays.units import TimeUnit

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PAGE = "/tiep-nhan/"
CODE = "1.001193"


@pytest.fixture(autouse=True)
def _friday_morning() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def counter(client: Client, desk: Desk) -> Client:
    """A browser at which the clerk of the centre has signed in."""
    client.force_login(desk.clerk)
    return client


def entered(desk: Desk, **overrides: Any) -> dict[str, Any]:
    """What the browser sends for an ordinary dossier."""
    papers = list(desk.version.papers.order_by("position"))
    fields = {
        "procedure": desk.version.procedure.code,
        "version": desk.version.pk,
        "submission_key": str(uuid4()),
        "counter": desk.counter.pk,
        "agency": desk.agency.pk,
        "channel": "direct",
        "case": desk.version.channels.get(kind="direct").pk,
        "applicant_kind": "person",
        "identity_number": APPLICANT.identity_number,
        "name": APPLICANT.name,
        "phone": APPLICANT.phone,
        "address": APPLICANT.address,
        "sets": "1",
        "fee_amount": "200.000",
        "fee_method": "cash",
        "return_method": "counter",
        f"paper-{papers[0].pk}-received": "on",
        f"paper-{papers[0].pk}-originals": "1",
        f"paper-{papers[0].pk}-copies": "0",
    }
    return {**fields, **overrides}


def told(response: Any) -> str:
    """The page's words, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def refused(response: Any, sentence: str) -> None:
    """The page came back with this sentence and with what was typed; nothing was kept."""
    assert response.status_code == 422
    assert sentence in told(response)
    assert APPLICANT.name in response.content.decode()
    assert not Dossier.objects.exists()


# -- The page ----------------------------------------------------------------------------


def test_the_empty_page_asks_for_a_procedure_first(counter: Client):
    page = counter.get(PAGE)

    assert page.status_code == 200
    assert 'role="combobox"' in page.content.decode()
    assert 'id="receive"' not in page.content.decode()


def test_a_chosen_procedure_shows_cases_papers_fee_and_the_promised_day(counter: Client):
    page = counter.get(PAGE, {"thu_tuc": CODE})

    words = told(page)
    assert "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam" in words
    assert "5 ngày làm việc" in words
    assert "200.000 đồng" in words
    assert "Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp" in words
    assert "Sở Tư pháp tỉnh Nghệ An" in words
    assert "17:00 thứ Sáu 20/11/2026" in words
    assert 'value="200.000"' in page.content.decode()


def test_the_previewed_day_and_its_reasons_are_those_of_the_acceptance(counter: Client, desk: Desk):
    page = counter.get(PAGE, {"thu_tuc": CODE})
    counter.post(PAGE, entered(desk))

    dossier = Dossier.objects.get()
    assert page.context["preview"].due_at == dossier.due_at
    assert page.context["preview"].steps[0].why.startswith("Ngày tiếp nhận là ngày 0")
    assert "Ngày làm việc thứ 5" in told(page)


def test_a_chosen_procedure_takes_at_most_twelve_queries(counter: Client):
    counter.get(PAGE, {"thu_tuc": CODE})

    with CaptureQueriesContext(connection) as queries:
        counter.get(PAGE, {"thu_tuc": CODE})

    assert len(queries) <= 12, [query["sql"][:120] for query in queries]


def test_an_acceptance_takes_at_most_25_queries(counter: Client, desk: Desk):
    counter.get(PAGE, {"thu_tuc": CODE})
    fields = entered(desk)

    with CaptureQueriesContext(connection) as queries:
        response = counter.post(PAGE, fields)

    assert response.status_code == 302
    assert len(queries) <= 25, [query["sql"][:120] for query in queries]


@pytest.mark.parametrize("who", ["officer", "head", "supervisor", "administrator"])
@pytest.mark.parametrize(
    ("method", "route"),
    [
        ("get", "intake"),
        ("post", "intake"),
        ("post", "intake_refuse"),
        ("post", "intake_refresh"),
        ("get", "intake_case"),
        ("post", "intake_applicant"),
    ],
)
def test_other_roles_are_told_that_only_clerks_receive(
    client: Client, request: pytest.FixtureRequest, desk: Desk, who: str, method: str, route: str
):
    client.force_login(request.getfixturevalue(who))

    response = getattr(client, method)(reverse(f"dossiers:{route}"), entered(desk))

    assert response.status_code == 403
    assert "Chỉ cán bộ một cửa" in told(response)
    assert not Dossier.objects.exists()


def test_strangers_are_sent_to_sign_in(client: Client):
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("route", ["intake_refuse", "intake_refresh", "intake_applicant"])
def test_what_acts_or_carries_personal_data_refuses_get(counter: Client, route: str):
    assert counter.get(reverse(f"dossiers:{route}")).status_code == 405


def test_the_page_is_never_kept_by_the_browser(counter: Client):
    """Otherwise "Back" would bring a form whose key is used up."""
    assert "no-store" in counter.get(PAGE, {"thu_tuc": CODE})["Cache-Control"]


# -- Choosing without JavaScript -----------------------------------------------------------


def test_words_typed_without_javascript_list_the_procedures(counter: Client, justice: Agency):
    make_version(justice, code="2.000488", name="Cấp Phiếu lý lịch tư pháp cho người nước ngoài")

    page = counter.get(PAGE, {"q": "ly lich tu phap", "thu_tuc": ""})

    assert "?thu_tuc=1.001193" in page.content.decode()
    assert "?thu_tuc=2.000488" in page.content.decode()


def test_a_code_typed_without_javascript_leads_to_its_form(counter: Client):
    page = counter.get(PAGE, {"q": CODE, "thu_tuc": ""}, follow=True)

    assert page.redirect_chain == [(f"{PAGE}?thu_tuc={CODE}", 302)]
    assert 'id="receive"' in page.content.decode()


def test_words_that_fit_nothing_say_so(counter: Client):
    assert "Không có thủ tục nào khớp" in told(counter.get(PAGE, {"q": "xyz không có"}))


def test_the_channel_may_stand_in_the_address(counter: Client, desk: Desk):
    page = counter.get(PAGE, {"thu_tuc": CODE, "kenh": "postal"})

    postal = desk.version.channels.get(kind="postal")
    assert page.context["form"].chosen_case == postal


def test_an_unknown_code_is_told(counter: Client):
    page = counter.get(PAGE, {"thu_tuc": "9.999999"})

    assert page.status_code == 404
    assert "Danh mục không có thủ tục mang mã “9.999999”" in told(page)


def test_a_procedure_that_nobody_here_handles_is_told(counter: Client, construction: Agency):
    make_version(code="1.000002", name="Thủ tục không giao cho ai")

    words = told(counter.get(PAGE, {"thu_tuc": "1.000002"}))

    assert "chưa giao cho cơ quan nào" in words


# -- What htmx fetches -----------------------------------------------------------------------


def make_version_with_cases(justice: Agency) -> ProcedureVersion:
    """Two cases at the counter, one by post; the postal one prints no unit."""
    channels = (
        ChannelFacts(kind=ChannelKind.DIRECT, case_text="Cấp mới", time_limit=Decimal(10),
                     time_unit=TimeUnit.WORKING_DAY, fee_amount=Decimal(100_000)),
        ChannelFacts(kind=ChannelKind.DIRECT, case_text="Cấp lại", time_limit=Decimal(3),
                     time_unit=TimeUnit.WORKING_DAY, fee_amount=Decimal(50_000)),
        ChannelFacts(kind=ChannelKind.POSTAL, time_limit=Decimal(7), time_unit=None, time_text="7"),
    )  # fmt: skip
    papers = (
        PaperFacts(name="Đơn đề nghị", group="Cấp mới", originals=1),
        PaperFacts(name="Giấy phép cũ", group="Cấp lại", originals=1),
        PaperFacts(name="Lưu ý: bản chụp phải rõ nét.", group="Cấp lại", originals=0, copies=0),
    )
    facts = ProcedureFacts(
        code="1.000003", name="Cấp giấy phép", field_name="Xây dựng",
        channels=channels, papers=papers,
    )  # fmt: skip
    version = catalog.publish(facts=facts, actor=None, at=NOW)
    procedure = Procedure.objects.get(code="1.000003")
    catalog.assign(procedure=procedure, agency=justice, steps=DEFAULT_STEPS, actor=None, at=NOW)
    return version


def changed(counter: Client, version: ProcedureVersion, **query: Any) -> str:
    """What htmx puts in place after another choice."""
    fragment = counter.get(
        reverse("dossiers:intake_case"), {"procedure": version.procedure.code, **query}
    )
    assert fragment.status_code == 200
    return fragment.content.decode()


def test_several_cases_are_offered_and_none_is_guessed(counter: Client, justice: Agency):
    version = make_version_with_cases(justice)

    fragment = changed(counter, version, channel="direct", agency=justice.pk)

    assert "Cấp mới" in fragment
    assert "Cấp lại" in fragment
    assert "checked" not in fragment
    assert "Chọn trường hợp để biết ngày hẹn trả." in fragment


def test_choosing_a_case_brings_its_day_and_its_fee(counter: Client, justice: Agency):
    version = make_version_with_cases(justice)
    case = version.channels.get(case_text="Cấp lại")

    fragment = changed(counter, version, channel="direct", case=case.pk, agency=justice.pk)

    assert "17:00 thứ Tư 18/11/2026" in fragment
    assert 'value="50.000"' in fragment


def test_a_limit_without_unit_is_told_before_anything_is_typed(counter: Client, justice: Agency):
    version = make_version_with_cases(justice)

    fragment = changed(counter, version, channel="postal", agency=justice.pk)

    assert "thiếu đơn vị" in fragment
    assert "quản trị xác nhận đơn vị" in fragment


def test_a_channel_that_is_not_printed_falls_back_to_the_first(counter: Client, justice: Agency):
    version = make_version_with_cases(justice)

    assert "Cấp mới" in changed(counter, version, channel="online", agency=justice.pk)


def test_papers_stand_by_case_and_remarks_are_folded(counter: Client, justice: Agency):
    make_version_with_cases(justice)

    page = counter.get(PAGE, {"thu_tuc": "1.000003"})

    fresh, again = page.context["form"].groups
    assert (fresh.heading, again.heading) == ("Cấp mới", "Cấp lại")
    assert [line.title for line in again.papers] == ["Giấy phép cũ"]
    assert [line.title for line in again.notes] == ["Lưu ý: bản chụp phải rõ nét."]


def test_another_procedure_keeps_what_was_typed(counter: Client, desk: Desk, justice: Agency):
    make_version_with_cases(justice)
    typed = entered(desk, thu_tuc="1.000003", email="dao@example.vn")

    page = counter.post(reverse("dossiers:intake_refresh"), typed)

    content = page.content.decode()
    assert page.status_code == 200
    assert "Cấp giấy phép" in content
    assert APPLICANT.name in content
    assert "dao@example.vn" in content
    # The fee of the former procedure is not the fee of this one.
    assert 'value="200.000"' not in content
    assert "error-summary" not in content
    assert page["HX-Replace-Url"] == f"{PAGE}?thu_tuc=1.000003"
    assert not Dossier.objects.exists()


def test_typing_on_in_the_picker_changes_nothing(counter: Client, desk: Desk):
    typing = entered(desk, thu_tuc="", q="khai")

    response = counter.post(reverse("dossiers:intake_refresh"), typing)

    assert response.status_code == 204


# -- The applicant -----------------------------------------------------------------------------


def known(counter: Client, **typed: Any) -> str:
    """What htmx puts below the number."""
    fields = {"applicant_kind": "person", **typed}
    return counter.post(reverse("dossiers:intake_applicant"), fields).content.decode()


def test_an_earlier_applicant_is_offered_by_the_whole_number(counter: Client, desk: Desk):
    earlier = desk.accept()

    offered = known(counter, identity_number="040 190 001 234")

    assert earlier.code in offered
    assert 'data-name="Nguyễn Thị Đào"' in offered
    assert 'data-phone="0912345678"' in offered


def test_a_number_that_is_still_being_typed_offers_nothing(counter: Client, desk: Desk):
    desk.accept()

    assert known(counter, identity_number="04019000").strip() == ""


def test_a_whole_number_that_cannot_be_is_told(counter: Client):
    assert "mã tỉnh từ 001 đến 096" in known(counter, identity_number="140190001234")


def test_an_organisation_is_found_by_its_tax_code(counter: Client, desk: Desk):
    company = replace(
        APPLICANT, kind="organisation", name="Công ty TNHH Sen Vàng", identity_number="",
        tax_code="0100233488",
    )  # fmt: skip
    desk.accept(applicant=company)

    assert "Công ty TNHH Sen Vàng" in known(
        counter, applicant_kind="organisation", tax_code="0100233488"
    )


def test_the_applicants_of_other_counters_stay_unknown(
    client: Client, desk: Desk, commune_clerk: User
):
    desk.accept()
    client.force_login(commune_clerk)

    assert known(client, identity_number=APPLICANT.identity_number).strip() == ""


def test_the_earlier_applicant_fills_in_without_javascript(counter: Client, desk: Desk):
    desk.accept()
    typed = entered(desk, fill="1", name="", phone="", address="", email="")

    page = counter.post(reverse("dossiers:intake_refresh"), typed)

    form = page.context["form"]
    assert form["name"].value() == APPLICANT.name
    assert form["address"].value() == APPLICANT.address
    assert form["fee_amount"].value() == "200.000"


# -- Receiving -----------------------------------------------------------------------------------


def test_acceptance_keeps_what_was_entered_and_leads_to_the_receipt(counter: Client, desk: Desk):
    response = counter.post(PAGE, entered(desk))

    dossier = Dossier.objects.get()
    assert response.url == reverse("dossiers:form", args=[dossier.code, "receipt"])
    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.applicant_name == "Nguyễn Thị Đào"
    assert dossier.counter == desk.counter
    assert dossier.due_at == datetime.fromisoformat("2026-11-20T17:00:00+07:00")
    paper = dossier.papers.get()
    assert (paper.name, paper.originals) == ("Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp", 1)
    fee = Fee.objects.get()
    assert (fee.amount, fee.method, fee.paid_at) == (200_000, PaymentMethod.CASH, NOW)


def test_htmx_is_led_to_the_receipt_as_well(counter: Client, desk: Desk):
    response = counter.post(PAGE, entered(desk), headers={"HX-Request": "true"})

    dossier = Dossier.objects.get()
    assert response["HX-Redirect"] == reverse("dossiers:form", args=[dossier.code, "receipt"])


def test_what_was_done_is_said_with_the_promised_day(counter: Client, desk: Desk):
    response = counter.post(PAGE, entered(desk))

    said = [str(message) for message in response.wsgi_request._messages]
    assert said == [
        "Đã tiếp nhận hồ sơ H41.15-261113-0001 của Nguyễn Thị Đào. "
        "Hẹn trả lúc 17:00 thứ Sáu, ngày 20/11/2026."
    ]


def test_a_double_click_gives_one_dossier(counter: Client, desk: Desk):
    twice = entered(desk)

    first, second = counter.post(PAGE, twice), counter.post(PAGE, twice)

    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_a_form_used_up_for_somebody_else_never_swallows_the_next_citizen(
    counter: Client, desk: Desk
):
    used = entered(desk)
    counter.post(PAGE, used)
    other = used | {"name": "Hồ Văn Sơn", "identity_number": "040090005678"}

    with time_machine.travel(NOW + timedelta(minutes=5), tick=False):
        page = counter.post(PAGE, other)

    assert page.status_code == 422
    assert "Biểu mẫu này đã dùng để lập hồ sơ H41.15-261113-0001 của Nguyễn Thị Đào" in told(page)
    new_key = page.context["form"]["submission_key"].value()
    counter.post(PAGE, other | {"submission_key": new_key})
    assert list(Dossier.objects.order_by("id").values_list("applicant_name", flat=True)) == [
        "Nguyễn Thị Đào",
        "Hồ Văn Sơn",
    ]


def test_scans_digital_flags_and_other_papers_are_kept(counter: Client, desk: Desk):
    paper = desk.version.papers.order_by("position")[1]
    scans = [SimpleUploadedFile("mat-truoc.pdf", PDF), SimpleUploadedFile("mat-sau.pdf", PDF)]
    fields = {
        f"paper-{paper.pk}-received": "on",
        f"paper-{paper.pk}-copies": "2",
        f"paper-{paper.pk}-is_reused": "on",
        f"paper-{paper.pk}-is_from_store": "on",
        f"paper-{paper.pk}-scans": scans,
        "other-1-name": "Văn bản ủy quyền",
        "other-1-originals": "1",
    }

    counter.post(PAGE, entered(desk, **fields))

    _, card, other = Dossier.objects.get().papers.order_by("position")
    assert (card.copies, card.is_reused, card.is_digitised) == (2, True, True)
    assert card.is_from_store
    assert card.attachments.count() == 2
    assert (other.name, other.originals, other.required_paper) == ("Văn bản ủy quyền", 1, None)


def test_what_the_indicators_ask_of_the_applicant_is_kept(counter: Client, desk: Desk):
    counter.post(PAGE, entered(desk, is_identity_verified="on", uses_population_data="on"))

    kept = Dossier.objects.get()
    assert (kept.is_identity_verified, kept.uses_population_data) == (True, True)


def test_an_online_dossier_keeps_how_far_its_service_went_online(desk: Desk):
    ProcedureAssignment.objects.update(online_level=OnlineLevel.PARTIAL)
    online = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)
    ProcedureAssignment.objects.update(online_level=OnlineLevel.FULL)

    assert Dossier.objects.get(pk=online.pk).online_level == OnlineLevel.PARTIAL


def test_decomposed_letters_are_composed(counter: Client, desk: Desk):
    counter.post(PAGE, entered(desk, name=normalize("NFD", "Nguyễn Thị Đào")))

    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Đào"


def test_a_delegate_and_the_post_are_kept(counter: Client, desk: Desk):
    fields = {
        "delegate_name": "Nguyễn Văn Tú",
        "delegate_identity_number": "040088001111",
        "return_method": "post",
        "return_address": "Số 1 đường Lê Lợi",
    }

    counter.post(PAGE, entered(desk, **fields))

    dossier = Dossier.objects.get()
    assert (dossier.delegate_name, dossier.return_address) == ("Nguyễn Văn Tú", "Số 1 đường Lê Lợi")


def test_the_number_of_the_other_kind_of_applicant_is_left_behind(counter: Client, desk: Desk):
    counter.post(PAGE, entered(desk, tax_code="0100233488"))

    assert Dossier.objects.get().tax_code == ""


# -- Refusals of the page: a sentence, nothing kept, nothing lost ----------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("identity_number", "123", "Số định danh phải có 12 chữ số"),
        ("phone", "12", "Số điện thoại phải có 10 hoặc 11 chữ số"),
        ("delegate_phone", "12", "Số điện thoại phải có 10 hoặc 11 chữ số"),
        ("sets", "0", "Số bộ hồ sơ phải từ 1 đến 99."),
        ("sets", "", "Số bộ hồ sơ"),
        ("fee_amount", "-5", "Phí, lệ phí"),
        ("fee_amount", "mười", "Phí, lệ phí"),
        ("email", "dao@", "Thư điện tử"),
        ("agency", "999999", "Hãy chọn một cơ quan giải quyết trong danh sách."),
        ("agency", "' or 1=1", "Hãy chọn một cơ quan giải quyết trong danh sách."),
        ("counter", "999999", "Hãy chọn bộ phận một cửa của bạn."),
        ("case", "999999", "Hãy chọn một trường hợp của hình thức nộp này."),
        ("case", "", "Hãy chọn một trường hợp của hình thức nộp này."),
        ("channel", "pigeon", "Danh mục không in hình thức nộp này"),
        ("phone", "09\x0012345678", "Số điện thoại"),
        ("submission_key", "không phải khóa", "Biểu mẫu đã hỏng. Hãy gửi lại lần nữa."),
    ],
)
def test_a_wrong_field_is_told(counter: Client, desk: Desk, field: str, value: str, sentence: str):
    refused(counter.post(PAGE, entered(desk, **{field: value})), sentence)


def test_a_missing_name_is_told_and_linked(counter: Client, desk: Desk):
    page = counter.post(PAGE, entered(desk, name=" "))

    assert page.status_code == 422
    assert 'href="#id_name"' in page.content.decode()
    assert not Dossier.objects.exists()


def test_a_wrong_tax_code_is_told(counter: Client, desk: Desk):
    fields = {"applicant_kind": "organisation", "tax_code": "0100233489", "identity_number": ""}

    refused(counter.post(PAGE, entered(desk, **fields)), "Mã số thuế phải có 10 hoặc 13 chữ số")


def test_no_paper_at_all_is_told(counter: Client, desk: Desk):
    fields = {name: value for name, value in entered(desk).items() if "-received" not in name}

    refused(counter.post(PAGE, fields), "Chưa đánh dấu giấy tờ nào đã nhận.")


def test_a_result_by_post_wants_an_address(counter: Client, desk: Desk):
    fields = entered(desk, return_method="post", address="")

    refused(counter.post(PAGE, fields), "Hãy nhập địa chỉ nhận kết quả")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("virus.pdf", b"MZ\x90\x00 not a pdf", "không phải PDF, JPG hoặc PNG"),
        ("rong.pdf", b"", "rỗng"),
        ("lon.pdf", PDF + b"0" * 1024 * 1024, "lớn hơn 1 MB"),
    ],
)
def test_a_bad_scan_is_told_with_its_name(
    counter: Client, desk: Desk, settings: Any, name: str, content: bytes, sentence: str
):
    settings.MAX_UPLOAD_MIB = 1
    paper = desk.version.papers.order_by("position")[0]
    fields = {f"paper-{paper.pk}-scans": SimpleUploadedFile(name, content)}

    page = counter.post(PAGE, entered(desk, **fields))

    refused(page, sentence)
    assert name in told(page)
    assert "Chưa đánh dấu giấy tờ nào" not in told(page)
    assert "hãy chọn lại các tệp quét" in told(page)
    assert not Attachment.objects.exists()


def test_a_scan_of_an_unticked_paper_is_asked_about(counter: Client, desk: Desk):
    paper = desk.version.papers.order_by("position")[1]
    fields = {f"paper-{paper.pk}-scans": SimpleUploadedFile("the.pdf", PDF)}

    refused(counter.post(PAGE, entered(desk, **fields)), "chưa đánh dấu đã nhận")


def test_a_procedure_retired_meanwhile_is_told_and_the_text_kept(
    counter: Client, desk: Desk, administrator: User
):
    catalog.retire(
        procedure=desk.version.procedure, actor=administrator, at=NOW, reason="Đã thay thế"
    )

    refused(counter.post(PAGE, entered(desk)), "Thủ tục 1.001193 đã bị bãi bỏ")


def test_a_procedure_revised_meanwhile_is_shown_anew(counter: Client, desk: Desk, justice: Agency):
    stale = entered(desk)
    revised = make_version(justice, time_limit=Decimal(7))

    page = counter.post(PAGE, stale)

    refused(page, "Thủ tục vừa có phiên bản mới.")
    assert f'name="version" value="{revised.pk}"' in page.content.decode()
    assert "7 ngày làm việc" in told(page)


def test_a_limit_without_unit_cannot_be_received(counter: Client, desk: Desk, justice: Agency):
    version = make_version_with_cases(justice)
    fields = entered(desk) | {
        "procedure": "1.000003",
        "version": version.pk,
        "channel": "postal",
        "case": version.channels.get(kind="postal").pk,
        "other-1-name": "Đơn đề nghị",
    }

    refused(counter.post(PAGE, fields), "thiếu đơn vị")


def test_a_gap_in_the_calendar_is_told_before_and_at_acceptance(counter: Client, desk: Desk):
    Holiday.objects.filter(date__gte="2026-01-01").delete()

    page = counter.get(PAGE, {"thu_tuc": CODE})

    assert "Lịch làm việc chưa có" in told(page)
    refused(counter.post(PAGE, entered(desk)), "Lịch làm việc chưa có")


def test_a_forged_procedure_is_told(counter: Client, desk: Desk):
    page = counter.post(PAGE, entered(desk, procedure="8.888888"))

    assert "Danh mục không có thủ tục mang mã" in told(page)
    assert not Dossier.objects.exists()


def test_a_foreign_agency_is_out_of_reach(
    client: Client, desk: Desk, commune_clerk: User, commune: Agency
):
    catalog.assign(
        procedure=desk.version.procedure, agency=commune, steps=DEFAULT_STEPS, actor=None, at=NOW
    )
    client.force_login(commune_clerk)
    own = commune_clerk.counters[0]

    refused(
        client.post(PAGE, entered(desk, counter=own.pk, agency=desk.agency.pk)),
        "Hãy chọn một cơ quan giải quyết trong danh sách.",
    )


# -- Several counters, several agencies ----------------------------------------------------------


def test_a_clerk_of_several_counters_chooses(counter: Client, desk: Desk, commune: Agency):
    second = make_counter(commune, "Bộ phận một cửa xã Kim Liên")
    Membership.objects.create(user=desk.clerk, agency=commune, role=Role.COUNTER, counter=second)

    page = counter.get(PAGE, {"thu_tuc": CODE})
    counter.post(PAGE, entered(desk, counter=second.pk))

    assert 'id="id_counter"' in page.content.decode()
    assert Dossier.objects.get().counter == second


def test_several_agencies_are_chosen_from_and_none_is_guessed(
    counter: Client, desk: Desk, construction: Agency
):
    catalog.assign(
        procedure=desk.version.procedure,
        agency=construction,
        steps=DEFAULT_STEPS,
        actor=None,
        at=NOW,
    )

    page = counter.get(PAGE, {"thu_tuc": CODE})

    assert 'id="id_agency"' in page.content.decode()
    assert "Chọn cơ quan giải quyết để biết ngày hẹn trả." in told(page)
    refused(
        counter.post(PAGE, entered(desk, agency="")),
        "Hãy chọn một cơ quan giải quyết trong danh sách.",
    )


def test_the_agency_that_keeps_the_counter_comes_first(
    client: Client, desk: Desk, commune_clerk: User, commune: Agency
):
    catalog.assign(
        procedure=desk.version.procedure, agency=commune, steps=DEFAULT_STEPS, actor=None, at=NOW
    )
    client.force_login(commune_clerk)

    page = client.get(PAGE, {"thu_tuc": CODE})

    assert page.context["form"].chosen_agency == commune


# -- Duplicates ------------------------------------------------------------------------------------


def test_a_like_dossier_is_shown_before_a_second_one_is_made(counter: Client, desk: Desk):
    earlier = desk.accept()

    page = counter.post(PAGE, entered(desk))

    assert page.status_code == 422
    assert "Người này đã nộp hồ sơ cùng thủ tục trong 30 ngày qua." in told(page)
    assert reverse("dossiers:detail", args=[earlier.code]) in page.content.decode()
    assert APPLICANT.name in page.content.decode()
    assert Dossier.objects.count() == 1


def test_the_clerk_may_receive_all_the_same(counter: Client, desk: Desk):
    desk.accept()

    counter.post(PAGE, entered(desk, despite_duplicates="on"))

    assert Dossier.objects.count() == 2


# -- Refusing at the counter -----------------------------------------------------------------------

REFUSE = "/tiep-nhan/tu-choi/"


def test_a_refusal_keeps_its_reason_and_leads_to_its_form(counter: Client, desk: Desk):
    response = counter.post(REFUSE, entered(desk, reason="Hồ sơ thiếu tờ khai theo mẫu."))

    dossier = Dossier.objects.get()
    assert dossier.status == DossierStatus.NOT_ACCEPTED
    assert dossier.events.get().reason == "Hồ sơ thiếu tờ khai theo mẫu."
    assert response.url == reverse("dossiers:form", args=[dossier.code, "refusal"])


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_refusal_without_reason_is_asked_for_one(counter: Client, desk: Desk, reason: str):
    refused(counter.post(REFUSE, entered(desk, reason=reason)), "Lý do từ chối")


def test_a_refusal_needs_neither_papers_nor_a_case(counter: Client, desk: Desk):
    fields = {name: value for name, value in entered(desk).items() if "-received" not in name}

    counter.post(REFUSE, fields | {"case": "", "reason": "Không thuộc thẩm quyền."})

    assert Dossier.objects.get().refused_at == NOW


def test_a_refusal_sent_twice_is_one(counter: Client, desk: Desk):
    twice = entered(desk, reason="Không thuộc thẩm quyền.")

    counter.post(REFUSE, twice)
    counter.post(REFUSE, twice)

    assert Dossier.objects.count() == 1


# -- Reading, without the page ----------


def test_no_printed_limit_means_no_promise(desk: Desk):
    case = Channel(kind="direct", time_text="Không quy định")

    shown = preview(cases=[case], case=case, agency=desk.agency, at=NOW)

    assert shown.due_at is None
    assert not shown.is_obstacle
    assert "không có ngày hẹn trả" in shown.note


def test_kinds_are_those_that_the_catalogue_prints(desk: Desk, justice: Agency):
    make_version_with_cases(justice)

    choices = choices_for(user=desk.clerk, code="1.000003")

    assert choices.kinds == [ChannelKind.DIRECT, ChannelKind.POSTAL]
