"""Receiving a dossier: the code, the promise, the first event, and every refusal."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from unicodedata import normalize
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from dossiers import duplicates, intake
from dossiers.holding import Target
from dossiers.models import Dossier, DossierEvent, PrintedForm
from dossiers.requests import FeeFacts, Paper
from dossiers.statuses import ApplicantKind, DossierStatus, PaymentMethod, ReturnMethod
from procedures import catalog
from procedures.models import ProcedureAssignment
from procedures.statuses import ChannelKind
from tests.conftest import APPLICANT, NOW, Desk, make_request, make_version


def refusal(desk: Desk, **overrides) -> str:
    """The code of the refusal; nothing may have been left behind."""
    with pytest.raises(ValidationError) as refused:
        desk.accept(**overrides)
    assert not Dossier.objects.exists()
    assert not DossierEvent.objects.exists()
    return refused.value.code


def test_acceptance_gives_code_promise_and_first_event(desk: Desk):
    dossier = desk.accept()

    dossier.refresh_from_db()
    assert dossier.code == "H41.15-261113-0001"
    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.due_at == datetime.fromisoformat("2026-11-20T17:00:00+07:00")
    assert dossier.first_due_at == dossier.due_at
    assert dossier.rule_set == "nd118-2025"
    event = dossier.events.get()
    assert (event.sequence, event.kind, event.actor_name) == (1, "accepted", "Trần Thị Bình")
    assert dossier.last_hash == event.hash


def test_acceptance_keeps_papers_fee_and_orders_the_receipt(desk: Desk):
    fee = FeeFacts(amount=Decimal(200_000), method=PaymentMethod.CASH)

    dossier = desk.accept(fee=fee)

    assert [paper.name for paper in dossier.papers.order_by("position")] == [
        "Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp",
        "Bản sao thẻ căn cước",
    ]
    paid = dossier.fees.get()
    assert (paid.amount, paid.method, paid.paid_at) == (200_000, PaymentMethod.CASH, NOW)
    assert PrintedForm.objects.get(dossier=dossier).kind == "receipt"


def test_numbers_of_a_day_follow_each_other_and_begin_anew_the_next_day(desk: Desk):
    codes = [desk.accept().code for _ in range(3)]
    codes.append(desk.accept(at=NOW + timedelta(days=3)).code)

    assert codes == [
        "H41.15-261113-0001",
        "H41.15-261113-0002",
        "H41.15-261113-0003",
        "H41.15-261116-0001",
    ]


def test_the_day_of_the_code_is_the_local_one(desk: Desk):
    just_after_midnight = datetime.fromisoformat("2026-11-13T17:01:00+00:00")

    assert desk.accept(at=just_after_midnight).code == "H41.15-261114-0001"


def test_a_refused_act_gives_its_number_back(desk: Desk):
    with pytest.raises(ValidationError):
        desk.accept(applicant=replace(APPLICANT, phone="12"))

    assert desk.accept().code == "H41.15-261113-0001"


def test_the_same_submission_key_never_makes_a_second_dossier(desk: Desk):
    key = uuid4()

    first = desk.accept(submission_key=key)
    second = desk.accept(submission_key=key)

    assert second.pk == first.pk
    assert desk.accept().code == "H41.15-261113-0002"


def test_a_key_that_made_another_counters_dossier_shows_nothing_of_it(
    desk: Desk, commune, commune_clerk
):
    key = uuid4()
    desk.accept(submission_key=key)
    version = make_version(commune, code="1.000005")
    request = make_request(version, commune, commune_clerk.counters[0], submission_key=key)

    with pytest.raises(ValidationError) as refused:
        intake.accept(request=request, actor=commune_clerk, at=NOW)

    assert refused.value.code == "submission_key"


@pytest.mark.django_db(transaction=True)
def test_fifty_acceptances_at_once_get_fifty_numbers_without_gap(desk: Desk):
    errors: list[Exception] = []

    def accept_ten() -> None:
        try:
            for _ in range(10):
                desk.accept()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=accept_ten) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    codes = Dossier.objects.order_by("code").values_list("code", flat=True)
    assert list(codes) == [f"H41.15-261113-{number:04d}" for number in range(1, 51)]


def test_received_before_15_00_must_leave_the_same_day(desk: Desk):
    dossier = desk.accept(at=datetime.fromisoformat("2026-11-12T15:00:00+07:00"))

    assert dossier.transfer_by == datetime.fromisoformat("2026-11-12T17:00:00+07:00")


def test_received_after_15_00_may_leave_at_the_start_of_the_next_working_day(desk: Desk):
    dossier = desk.accept(at=datetime.fromisoformat("2026-11-13T15:01:00+07:00"))

    assert dossier.transfer_by == datetime.fromisoformat("2026-11-16T08:00:00+07:00")


def test_no_limit_in_law_means_no_promise(desk: Desk, justice):
    version = make_version(justice, code="1.000002", time_limit=None, time_unit=None)

    dossier = intake.accept(
        request=make_request(version, justice, desk.counter), actor=desk.clerk, at=NOW
    )

    assert dossier.due_at is None
    assert dossier.time_unit == ""


def test_a_number_without_unit_is_never_guessed(desk: Desk, justice):
    version = make_version(justice, code="1.000003", time_unit=None)
    request = make_request(version, justice, desk.counter)

    with pytest.raises(ValidationError) as refused:
        intake.accept(request=request, actor=desk.clerk, at=NOW)

    assert refused.value.code == "unit_unknown"


def test_a_foreign_counter_is_refused(desk: Desk, commune_clerk):
    with pytest.raises(PermissionDenied, match="không trực"):
        intake.accept(request=desk.request(), actor=commune_clerk, at=NOW)


def test_a_counter_that_was_closed_receives_no_more(desk: Desk):
    desk.counter.is_active = False
    desk.counter.save(update_fields=["is_active"])

    with pytest.raises(PermissionDenied, match="ngừng hoạt động"):
        intake.accept(request=desk.request(), actor=desk.clerk, at=NOW)


def test_a_counter_receives_only_for_agencies_below_its_own(desk: Desk, commune_clerk):
    request = make_request(desk.version, desk.agency, commune_clerk.counters[0])

    with pytest.raises(PermissionDenied, match="không tiếp nhận"):
        intake.accept(request=request, actor=commune_clerk, at=NOW)


def test_a_procedure_that_the_agency_does_not_handle_is_refused(desk: Desk, construction):
    request = make_request(desk.version, construction, desk.counter)

    with pytest.raises(ValidationError) as refused:
        intake.accept(request=request, actor=desk.clerk, at=NOW)

    assert refused.value.code == "procedure_not_handled"


def test_a_retired_procedure_is_refused(desk: Desk, administrator):
    catalog.retire(
        procedure=desk.version.procedure, actor=administrator, at=NOW, reason="QĐ 12/QĐ-UBND"
    )

    assert refusal(desk) == "procedure_not_handled"


def test_an_assignment_switched_off_is_refused(desk: Desk):
    ProcedureAssignment.objects.update(is_active=False)

    assert refusal(desk) == "procedure_not_handled"


def test_a_case_of_another_channel_is_refused(desk: Desk):
    online = desk.version.channels.get(kind=ChannelKind.ONLINE)

    assert refusal(desk, case=online) == "case"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("identity_number", "123", "identity_number"),
        ("identity_number", "000190001234", "identity_number"),
        ("identity_number", "097190001234", "identity_number"),
        ("tax_code", "0123456789", "tax_code"),
        ("phone", "912345678", "phone"),
        ("delegate_phone", "abc", "phone"),
        ("name", " \u200a ", "applicant_name"),
    ],
)
def test_numbers_that_cannot_be_are_refused(desk: Desk, field, value, code):
    assert refusal(desk, applicant=replace(APPLICANT, **{field: value})) == code


def test_return_by_post_needs_an_address(desk: Desk):
    nowhere = replace(APPLICANT, address="")

    assert refusal(desk, applicant=nowhere, return_method=ReturnMethod.POST) == "return_address"


@pytest.mark.parametrize("sets", [0, -1, 100])
def test_an_impossible_number_of_sets_is_refused(desk: Desk, sets):
    assert refusal(desk, sets=sets) == "sets"


def test_decomposed_letters_are_kept_composed(desk: Desk):
    decomposed = normalize("NFD", "Nguyễn Thị Đào")

    dossier = desk.accept(applicant=replace(APPLICANT, name=decomposed))

    dossier.refresh_from_db()
    assert dossier.applicant_name == "Nguyễn Thị Đào"
    assert dossier.applicant_key == "nguyen thi dao"


def test_a_scan_is_kept_and_its_paper_counts_as_digitised(desk: Desk):
    scan = SimpleUploadedFile("../../căn cước.pdf", b"%PDF-1.7\n" + b"0" * 100)

    dossier = desk.accept(papers=[Paper(name="Bản sao thẻ căn cước", copies=1, scans=[scan])])

    paper = dossier.papers.get()
    kept = paper.attachments.get()
    assert paper.is_digitised
    assert (kept.name, kept.content_type, kept.size) == ("căn cước.pdf", "application/pdf", 109)
    assert "căn" not in kept.file.name


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("rong.pdf", b"", "file_empty"),
        ("virus.pdf", b"MZ\x90\x00" + b"0" * 200, "file_type"),
        ("nen.zip", b"PK\x03\x04" + b"0" * 200, "file_type"),
        ("to.pdf", b"%PDF-1.7\n" + b"0" * (2 * 1024 * 1024), "file_too_large"),
    ],
)
def test_files_that_the_portal_does_not_keep_are_refused(desk: Desk, settings, name, content, code):
    settings.MAX_UPLOAD_MIB = 1
    scan = SimpleUploadedFile(name, content)

    assert refusal(desk, papers=[Paper(name="Tờ khai", scans=[scan])]) == code


def test_refusal_at_the_counter_keeps_its_reason_and_orders_the_form(desk: Desk):
    dossier = intake.refuse(
        request=desk.request(), reason="Không thuộc thẩm quyền.", actor=desk.clerk, at=NOW
    )

    dossier.refresh_from_db()
    assert (dossier.status, dossier.refused_at) == (DossierStatus.NOT_ACCEPTED, NOW)
    assert dossier.due_at is None
    assert dossier.events.get().reason == "Không thuộc thẩm quyền."
    assert PrintedForm.objects.get().kind == "refusal"


def test_refusal_without_reason_is_refused(desk: Desk):
    with pytest.raises(ValidationError) as refused:
        intake.refuse(request=desk.request(), reason="  ", actor=desk.clerk, at=NOW)

    assert refused.value.code == "reason"
    assert not Dossier.objects.exists()


def test_an_online_dossier_waits_eight_working_hours_at_most(desk: Desk):
    dossier = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)

    assert dossier.status == DossierStatus.SUBMITTED
    # 09:00–11:30, 13:30–17:00 on Friday leave two hours of Monday.
    assert dossier.accept_by == datetime.fromisoformat("2026-11-16T09:00:00+07:00")
    assert dossier.events.get().actor_name == "Hệ thống"


def test_the_promise_of_an_online_dossier_counts_from_its_acceptance(desk: Desk):
    submitted = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)
    monday = NOW + timedelta(days=3)

    dossier = intake.accept_submitted(
        target=Target(code=submitted.code), actor=desk.clerk, at=monday
    )

    assert dossier.status == DossierStatus.ACCEPTED
    assert dossier.due_at == datetime.fromisoformat("2026-11-23T17:00:00+07:00")
    assert PrintedForm.objects.get().kind == "receipt"


def test_an_online_dossier_can_be_refused_with_a_reason(desk: Desk):
    submitted = intake.submit(request=desk.request(channel=ChannelKind.ONLINE), at=NOW)

    dossier = intake.refuse_submitted(
        target=Target(code=submitted.code),
        reason="Thiếu tờ khai.",
        actor=desk.clerk,
        at=NOW + timedelta(hours=1),
    )

    assert dossier.status == DossierStatus.NOT_ACCEPTED


def test_a_like_dossier_of_the_same_person_is_found(desk: Desk):
    earlier = desk.accept()

    alike = duplicates.possible_duplicates(request=desk.request(), actor=desk.clerk, at=NOW)

    assert list(alike) == [earlier]


def test_another_person_or_an_old_dossier_is_no_duplicate(desk: Desk):
    desk.accept()
    someone_else = desk.request(applicant=replace(APPLICANT, identity_number="040190009999"))
    much_later = NOW + timedelta(days=31)

    assert not duplicates.possible_duplicates(request=someone_else, actor=desk.clerk, at=NOW)
    assert not duplicates.possible_duplicates(
        request=desk.request(), actor=desk.clerk, at=much_later
    )


def test_without_the_number_that_counts_nobody_is_alike(desk: Desk):
    desk.accept(applicant=replace(APPLICANT, identity_number=""))
    nameless = replace(APPLICANT, kind=ApplicantKind.ORGANISATION)

    alike = duplicates.possible_duplicates(
        request=desk.request(applicant=nameless), actor=desk.clerk, at=NOW
    )

    assert not alike


def test_a_dossier_keeps_its_version_and_promise_when_the_procedure_changes(
    desk: Desk, administrator, justice
):
    dossier = desk.accept()

    make_version(justice, time_limit=Decimal(2))

    dossier.refresh_from_db()
    assert dossier.version == desk.version
    assert dossier.time_limit == 5
    with pytest.raises(ValidationError):
        desk.accept()
