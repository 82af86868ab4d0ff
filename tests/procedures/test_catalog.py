"""The acts of the catalogue, and what the database itself refuses."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from organizations.models import Agency, User
from procedures import catalog, versions
from procedures.catalog import CatalogRefusal, StepPlan
from procedures.models import (
    Channel,
    LegalBasis,
    Procedure,
    ProcedureResult,
    ProcedureVersion,
    ReadingFinding,
    RequiredPaper,
    Step,
)
from procedures.parsing.facts import ChannelFacts, ProcedureFacts
from procedures.parsing.pages import read_page
from procedures.statuses import ChannelKind, FindingKind, OnlineLevel, SourceForm, StepRole
from tests.procedures.pages import AT, make_page
from workdays.units import TimeUnit

pytestmark = pytest.mark.django_db
STEPS = (
    StepPlan("Tiếp nhận", StepRole.COUNTER, Decimal(10)),
    StepPlan("Giải quyết", StepRole.OFFICER, Decimal(90)),
)


def publish(code: str = "1.001193", **overrides: str) -> ProcedureVersion:
    page = make_page(code, **overrides)
    return catalog.publish(
        facts=read_page(page), actor=None, at=AT, source=page, source_form=SourceForm.PAGE
    )


def test_publishing_twice_makes_two_versions_and_the_second_is_current() -> None:
    first = publish()

    second = publish(ten_thu_tuc="Tên khác")

    second.procedure.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert second.procedure.current_version == second


def test_what_was_written_is_what_is_read_back() -> None:
    facts = read_page(make_page())

    assert versions.read(publish()) == facts


def test_a_revision_keeps_the_source_and_says_who_and_why(administrator: User) -> None:
    version = publish()
    facts = versions.read(version)

    revised = catalog.revise(
        procedure=version.procedure, facts=facts, actor=administrator, at=AT, reason="Sửa tên."
    )

    assert (revised.note, revised.created_by) == ("Sửa tên.", administrator)
    assert revised.source == version.source


def test_a_revision_may_not_change_the_code(administrator: User) -> None:
    version = publish()
    other = read_page(make_page("1.000002"))

    with pytest.raises(CatalogRefusal) as refusal:
        catalog.revise(
            procedure=version.procedure, facts=other, actor=administrator, at=AT, reason="x"
        )

    assert refusal.value.code == "code_changed"


def test_retiring_takes_a_procedure_out_of_force_once(administrator: User) -> None:
    procedure = publish().procedure

    catalog.retire(procedure=procedure, actor=administrator, at=AT, reason="Hết hiệu lực.")

    assert not Procedure.objects.published().exists()
    with pytest.raises(CatalogRefusal) as refusal:
        catalog.retire(procedure=procedure, actor=administrator, at=AT, reason="Lần nữa.")
    assert refusal.value.code == "already_retired"


def test_assigning_writes_the_steps_and_again_replaces_them(justice: Agency) -> None:
    procedure = publish().procedure
    act = {"procedure": procedure, "agency": justice, "actor": None, "at": AT}

    catalog.assign(steps=STEPS, online_level=OnlineLevel.FULL, on_the_spot=True, **act)
    assignment = catalog.assign(steps=STEPS[::-1], **act)

    assert [step.name for step in assignment.steps.order_by("position")] == [
        "Giải quyết",
        "Tiếp nhận",
    ]
    assert procedure.assignments.count() == 1
    assert list(Procedure.objects.handled_by([justice.pk])) == [procedure]


@pytest.mark.parametrize(("steps", "code"), [((), "no_steps"), (STEPS[:1], "shares")])
def test_shares_that_do_not_make_a_hundred_are_refused(
    justice: Agency, steps: tuple[StepPlan, ...], code: str
) -> None:
    procedure = publish().procedure

    with pytest.raises(CatalogRefusal) as refusal:
        catalog.assign(procedure=procedure, agency=justice, steps=steps, actor=None, at=AT)

    assert refusal.value.code == code


def test_a_retired_procedure_is_not_assigned(justice: Agency, administrator: User) -> None:
    procedure = publish().procedure
    catalog.retire(procedure=procedure, actor=administrator, at=AT, reason="Hết hiệu lực.")

    with pytest.raises(CatalogRefusal) as refusal:
        catalog.assign(procedure=procedure, agency=justice, steps=STEPS, actor=None, at=AT)

    assert refusal.value.code == "not_in_force"


def confirm(channel: Channel, actor: User, **overrides: object) -> ProcedureVersion:
    given: dict[str, object] = {
        "channel": channel,
        "unit": TimeUnit.WORKING_DAY,
        "actor": actor,
        "at": AT,
        "reason": "Luật Hộ tịch, Điều 16.",
        **overrides,
    }
    return catalog.confirm_time_limit(**given)  # type: ignore[arg-type]


def test_confirming_a_unit_is_a_new_version_that_settles_the_finding(administrator: User) -> None:
    version = publish()
    assert version.findings.count() == 1

    confirmed = confirm(version.channels.get(kind="online"), administrator)

    online = confirmed.channels.get(kind="online")
    assert (online.time_limit, online.time_unit) == (1, TimeUnit.WORKING_DAY)
    assert online.is_unit_confirmed
    assert not confirmed.findings.exists()
    assert version.channels.get(kind="online").time_unit == ""
    assert (confirmed.note, confirmed.created_by) == ("Luật Hộ tịch, Điều 16.", administrator)


def test_every_channel_that_prints_the_same_number_may_be_settled_at_once(
    administrator: User,
) -> None:
    head = "Hình thức nộpThời gianPhí, lệ phíMô tả"
    text = f"{head}Trực tuyến1Miễn phíTrực tiếp1Miễn phíDịch vụ bưu chính2Miễn phí"
    version = publish(cach_thuc_thuc_hien=text)

    confirmed = confirm(version.channels.get(kind="online"), administrator, every_channel=True)

    units = confirmed.channels.order_by("position").values_list("time_unit", flat=True)
    assert list(units) == [TimeUnit.WORKING_DAY, TimeUnit.WORKING_DAY, ""]
    assert confirmed.findings.filter(kind=FindingKind.UNIT_MISSING).exists()


def test_a_limit_that_was_not_printed_must_be_given(administrator: User) -> None:
    head = "Hình thức nộpThời gianPhí, lệ phíMô tả"
    version = publish(cach_thuc_thuc_hien=f"{head}Trực tiếpKhông có thông tinMiễn phí")
    channel = version.channels.get()

    with pytest.raises(CatalogRefusal) as refusal:
        confirm(channel, administrator)
    confirmed = confirm(channel, administrator, time_limit=Decimal("1.5"))

    assert refusal.value.code == "limit_missing"
    assert confirmed.channels.get().time_limit == Decimal("1.5")


def test_a_known_unit_a_missing_reason_and_a_stale_channel_are_refused(
    administrator: User,
) -> None:
    version = publish()
    online, direct = version.channels.get(kind="online"), version.channels.get(kind="direct")

    with pytest.raises(CatalogRefusal) as known:
        confirm(direct, administrator)
    with pytest.raises(CatalogRefusal) as silent:
        confirm(online, administrator, reason=" ")
    publish(ten_thu_tuc="Tên khác")
    with pytest.raises(CatalogRefusal) as stale:
        confirm(online, administrator)

    assert [error.value.code for error in (known, silent, stale)] == [
        "unit_known", "reason_missing", "stale",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "model",
    [ProcedureVersion, Channel, RequiredPaper, LegalBasis, ProcedureResult, ReadingFinding],
)
def test_the_database_refuses_to_change_or_delete_a_version(model: type[models.Model]) -> None:
    publish()
    rows = model._default_manager.all()
    column = "note" if model is ProcedureVersion else "position"

    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        rows.update(**{column: 9})
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        rows._raw_delete(using="default")


def test_the_database_refuses_shares_that_do_not_make_a_hundred(justice: Agency) -> None:
    procedure = publish().procedure
    assignment = catalog.assign(procedure=procedure, agency=justice, steps=STEPS, actor=None, at=AT)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="cộng đủ 100"), transaction.atomic():
        Step.objects.filter(assignment=assignment, position=1).update(share=11)


def test_a_code_of_another_form_is_refused() -> None:
    with pytest.raises(IntegrityError, match="procedure_code_has_national_form"):
        Procedure.objects.create(code="x.1")


@pytest.mark.parametrize(
    ("channel", "constraint"),
    [
        ({"kind": "fax"}, "channel_kind_is_known"),
        ({"time_limit": 1, "time_unit": "week"}, "channel_unit_is_known"),
        ({"time_unit": "month"}, "channel_unit_only_with_a_number"),
        ({"time_limit": 0}, "channel_time_limit_positive"),
        ({"fee_amount": -1}, "channel_fee_not_negative"),
        ({"position": 1}, "channel_position_unique"),
    ],
)
def test_the_database_refuses_a_channel_that_makes_no_sense(
    channel: dict[str, object], constraint: str
) -> None:
    version = publish()
    row = {"version": version, "position": 9, "kind": ChannelKind.DIRECT, **channel}

    with pytest.raises(IntegrityError, match=constraint):
        Channel.objects.create(**row)


def test_a_version_without_a_name_or_with_an_unknown_level_is_refused() -> None:
    nameless = ProcedureFacts(code="1.000001", name="", field_name="Hộ tịch")
    odd = ProcedureFacts(
        code="1.000001",
        name="Tên",
        field_name="Hộ tịch",
        levels=("moon",),  # type: ignore[arg-type]
    )

    for facts, constraint in (
        (nameless, "version_has_a_name"),
        (odd, "version_levels_are_known"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            catalog.publish(facts=facts, actor=None, at=AT)


def test_a_limit_is_said_in_words() -> None:
    facts = ChannelFacts(kind=ChannelKind.DIRECT, time_limit=Decimal("1.5"))
    channel = Channel(kind=facts.kind, time_limit=facts.time_limit, time_unit="working_day")

    assert channel.time_phrase == "1,5 ngày làm việc"
    assert Channel(time_limit=Decimal(1)).time_phrase == "1 (nguồn không ghi đơn vị)"
