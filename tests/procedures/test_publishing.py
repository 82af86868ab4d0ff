"""A decision publishes and retires; its deadlines, its day of effect, and what it may not do."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from organizations.models import User
from procedures import catalog, clock_rules, drafting, publishing, versions
from procedures.drafting import DraftRefusal
from procedures.models import Decision, DecisionItem, Procedure, ProcedureVersion, VersionDraft
from procedures.publishing import PublishingRefusal
from procedures.statuses import ClockEffect, DecisionKind, PublisherLevel
from tests.conftest import NOW, Desk, make_version
from tests.procedures.decisions import TODAY, announcement, drafted, publish_again

pytestmark = pytest.mark.django_db
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


def reread(procedure: Procedure) -> Procedure:
    return Procedure.objects.select_related("current_version").get(pk=procedure.pk)


def test_publishing_a_draft_makes_a_version_under_its_decision(
    version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator)

    procedure = reread(version.procedure)
    made = procedure.current_version
    assert made is not None
    assert (made.number, made.process_text) == (2, "Nộp hồ sơ, chờ kết quả.")
    assert (made.decision, made.created_by) == (item.decision, administrator)
    assert (item.kind, item.version, item.applied_at) == (DecisionKind.REVISED, made, NOW)
    assert not VersionDraft.objects.exists()


def test_running_dossiers_keep_the_version_that_they_were_accepted_under(
    desk: Desk, administrator: User
) -> None:
    dossier = desk.accept()

    publish_again(desk.version.procedure, administrator)

    dossier.refresh_from_db()
    assert dossier.version == desk.version


def test_a_later_day_of_effect_is_waited_for(
    version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator, effective_date=TODAY + timedelta(days=7))
    before = reread(version.procedure).current_version

    too_early = publishing.bring_into_force(at=NOW + timedelta(days=6))
    on_the_day = publishing.bring_into_force(at=datetime.fromisoformat("2026-11-20T00:01:00+07:00"))
    again = publishing.bring_into_force(at=NOW + timedelta(days=8))

    assert before == version
    assert (too_early, on_the_day, again) == (0, 1, 0)
    assert reread(version.procedure).current_version == item.version


def test_while_a_change_waits_the_procedure_gets_no_other(
    version: ProcedureVersion, administrator: User
) -> None:
    publish_again(version.procedure, administrator, effective_date=TODAY + timedelta(days=7))

    with pytest.raises(PublishingRefusal) as refusal:
        publish_again(version.procedure, administrator, number="1235/QĐ-UBND")

    assert refusal.value.code == "change_waits"
    assert "20/11/2026" in refusal.value.messages[0]


def test_a_new_procedure_is_published_from_nothing(
    version: ProcedureVersion, administrator: User
) -> None:
    draft = drafting.start_new(
        code="2.000001", name="Cấp giấy phép mới", actor=administrator, at=NOW
    )

    item = publishing.publish(
        draft=draft, seen=1, announcement=announcement(), actor=administrator, at=NOW
    )

    assert item.kind == DecisionKind.NEW
    assert Procedure.objects.published().filter(code="2.000001").exists()


def test_retiring_takes_effect_on_its_day_and_publishing_brings_it_back(
    version: ProcedureVersion, administrator: User
) -> None:
    later = announcement(effective_date=TODAY + timedelta(days=3), note="Đã có thủ tục thay thế.")
    item = publishing.retire(
        procedure=version.procedure, announcement=later, actor=administrator, at=NOW
    )
    in_force = reread(version.procedure).retired_at

    publishing.bring_into_force(at=NOW + timedelta(days=3))
    retired = reread(version.procedure)
    back = publish_again(version.procedure, administrator, number="1300/QĐ-UBND")

    assert (in_force, item.version) == (None, None)
    assert retired.retired_reason == "Đã có thủ tục thay thế."
    assert back.kind == DecisionKind.NEW
    assert reread(version.procedure).retired_at is None


def test_one_decision_may_publish_several_procedures(
    version: ProcedureVersion, administrator: User
) -> None:
    other = make_version(code="1.000002", name="Thủ tục khác")

    first = publish_again(version.procedure, administrator)
    second = publish_again(other.procedure, administrator)

    assert first.decision == second.decision
    assert first.decision.items.count() == 2


def test_a_new_version_keeps_citing_the_decision_when_a_unit_is_confirmed_later(
    administrator: User,
) -> None:
    version = make_version(time_unit=None)
    item = publish_again(version.procedure, administrator)
    assert item.version is not None

    confirmed = catalog.confirm_time_limit(
        channel=item.version.channels.get(kind="direct"),
        unit="working_day",  # type: ignore[arg-type]
        actor=administrator,
        at=NOW,
        reason="Luật.",
    )

    assert confirmed.decision == item.decision


def test_the_rules_of_the_clock_go_along(version: ProcedureVersion, administrator: User) -> None:
    clock_rules.decide(
        version=version,
        effect=ClockEffect.SHIFT,
        in_force_from=TODAY,
        basis="Luật",
        actor=administrator,
        at=NOW,
    )

    item = publish_again(version.procedure, administrator)

    assert item.version is not None
    assert clock_rules.effect_for(item.version, TODAY) == "shift"


# -- Refusals ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"issued_date": TODAY + timedelta(days=1)}, "signed_in_the_future"),
        ({"effective_date": TODAY - timedelta(days=1)}, "effective_before_signed"),
    ],
)
def test_a_decision_with_days_that_cannot_be_is_refused(
    version: ProcedureVersion, administrator: User, wrong: dict[str, Any], code: str
) -> None:
    with pytest.raises(PublishingRefusal) as refusal:
        publish_again(version.procedure, administrator, **wrong)

    assert refusal.value.code == code
    assert version.procedure.versions.count() == 1


def test_the_same_number_with_another_date_is_refused(
    version: ProcedureVersion, administrator: User
) -> None:
    other = make_version(code="1.000002", name="Thủ tục khác")
    publish_again(version.procedure, administrator)

    with pytest.raises(PublishingRefusal) as refusal:
        publish_again(other.procedure, administrator, issued_date=TODAY - timedelta(days=1))

    assert refusal.value.code == "decision_differs"


def test_a_decision_publishes_a_procedure_once(
    version: ProcedureVersion, administrator: User
) -> None:
    publish_again(version.procedure, administrator)

    with pytest.raises(PublishingRefusal) as refusal:
        publish_again(version.procedure, administrator, changed={"process_text": "Khác nữa."})

    assert refusal.value.code == "already_in_decision"
    assert version.procedure.versions.count() == 2


def test_what_nobody_changed_is_not_published(
    version: ProcedureVersion, administrator: User
) -> None:
    with pytest.raises(PublishingRefusal) as refusal:
        publish_again(version.procedure, administrator, changed={"name": version.name})

    assert refusal.value.code == "no_change"


def test_a_draft_of_a_former_version_is_refused(
    version: ProcedureVersion, administrator: User
) -> None:
    draft = drafted(version.procedure, administrator)
    catalog.revise(
        procedure=version.procedure,
        facts=replace(versions.read(version), name="Tên khác"),
        actor=administrator,
        at=NOW,
        reason="Sửa tên.",
    )

    with pytest.raises(PublishingRefusal) as refusal:
        publishing.publish(
            draft=draft,
            seen=draft.revision,
            announcement=announcement(),
            actor=administrator,
            at=NOW,
        )

    assert refusal.value.code == "based_on_former"


def test_sent_twice_a_draft_is_published_once(
    version: ProcedureVersion, administrator: User
) -> None:
    draft = drafted(version.procedure, administrator)
    act: dict[str, Any] = {"draft": draft, "seen": 2, "actor": administrator, "at": NOW}
    publishing.publish(announcement=announcement(), **act)

    with pytest.raises(DraftRefusal) as refusal:
        publishing.publish(announcement=announcement(), **act)

    assert refusal.value.code == "draft_gone"
    assert version.procedure.versions.count() == 2


def test_a_stale_draft_is_neither_saved_nor_published(
    version: ProcedureVersion, administrator: User
) -> None:
    draft = drafted(version.procedure, administrator)

    with pytest.raises(DraftRefusal) as saved:
        drafting.save(draft=draft, changed={"name": "X"}, seen=1, actor=administrator, at=NOW)
    with pytest.raises(DraftRefusal) as published:
        publishing.publish(
            draft=draft, seen=1, announcement=announcement(), actor=administrator, at=NOW
        )

    assert (saved.value.code, published.value.code) == ("stale", "stale")
    assert version.procedure.versions.count() == 1


@pytest.mark.parametrize(
    ("code", "refused"), [("1.001193", "code_taken"), ("2.000001", "draft_exists")]
)
def test_a_code_that_is_taken_starts_no_second_procedure(
    version: ProcedureVersion, administrator: User, code: str, refused: str
) -> None:
    drafting.start_new(code="2.000001", name="Mới", actor=administrator, at=NOW)

    with pytest.raises(DraftRefusal) as refusal:
        drafting.start_new(code=code, name="Mới", actor=administrator, at=NOW)

    assert refusal.value.code == refused


def test_only_administrators_publish_retire_and_make_public(
    version: ProcedureVersion, administrator: User, head: User
) -> None:
    draft = drafted(version.procedure, administrator)

    with pytest.raises(PermissionDenied):
        publishing.publish(draft=draft, seen=2, announcement=announcement(), actor=head, at=NOW)
    with pytest.raises(PermissionDenied):
        publishing.retire(
            procedure=version.procedure, announcement=announcement(), actor=head, at=NOW
        )
    with pytest.raises(PermissionDenied):
        drafting.discard(draft=draft, seen=2, actor=head)


# -- In time or late ---------------------------------------------------------------


def test_the_last_days_are_counted_in_working_days_of_the_level(
    version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator)

    # The text takes effect on Friday 20/11; five working days before is Friday 13/11.
    assert (item.publish_by, item.public_by) == (TODAY, date(2026, 11, 20))
    assert list(DecisionItem.objects.published_on_time()) == [item]


@pytest.mark.parametrize(
    ("given", "publish_by", "public_by"),
    [
        (
            {"level": PublisherLevel.MINISTRY, "basis_effective_date": date(2026, 12, 11)},
            # 24/11, the day of culture, is off.
            date(2026, 11, 12),
            date(2026, 11, 30),
        ),
        (
            {"is_shortened": True, "basis_effective_date": date(2026, 11, 12)},
            date(2026, 11, 15),
            date(2026, 11, 17),
        ),
        # Tết 2026 lies between: 14 to 22 February are off.
        ({"basis_effective_date": date(2026, 2, 25)}, date(2026, 2, 11), date(2026, 11, 20)),
    ],
)
def test_a_ministry_has_twenty_and_ten_days_and_a_shortened_text_its_own(
    version: ProcedureVersion,
    administrator: User,
    given: dict[str, Any],
    publish_by: date,
    public_by: date,
) -> None:
    item = publish_again(version.procedure, administrator, **given)

    assert (item.publish_by, item.public_by) == (publish_by, public_by)


def test_signed_a_day_too_late_is_late_for_the_procedure_in_the_whole_period(
    version: ProcedureVersion, administrator: User
) -> None:
    other = make_version(code="1.000002", name="Thủ tục khác")
    late = publish_again(version.procedure, administrator, basis_effective_date=date(2026, 11, 19))
    publish_again(version.procedure, administrator, number="2/QĐ-UBND", changed={"name": "Tên mới"})
    publish_again(other.procedure, administrator, number="2/QĐ-UBND")

    assert list(DecisionItem.objects.published_late()) == [late]
    assert DecisionItem.objects.dated_within(*NOVEMBER).count() == 3
    assert Procedure.objects.in_decisions_dated(*NOVEMBER).count() == 2
    assert list(Procedure.objects.published_on_time(*NOVEMBER)) == [other.procedure]
    assert not Procedure.objects.in_decisions_dated(date(2026, 12, 1), date(2027, 1, 1)).exists()


def test_made_public_on_the_last_day_is_in_time_and_a_minute_past_midnight_is_not(
    version: ProcedureVersion, administrator: User
) -> None:
    other = make_version(code="1.000002", name="Thủ tục khác")
    items = [publish_again(each.procedure, administrator) for each in (version, other)]
    for item, moment in zip(items, ("2026-11-20T23:59", "2026-11-21T00:01"), strict=True):
        publishing.make_public(
            decision=item.decision,
            item_ids=[item.pk],
            actor=administrator,
            at=datetime.fromisoformat(f"{moment}:00+07:00"),
        )

    assert list(DecisionItem.objects.made_public_on_time()) == [items[0]]
    late = DecisionItem.objects.with_lateness(today=date(2026, 11, 21)).order_by("pk")
    assert [item.is_public_late for item in late] == [False, True]
    assert DecisionItem.objects.to_be_public_within(*NOVEMBER).count() == 2


def test_what_is_not_yet_public_is_late_after_its_last_day(
    version: ProcedureVersion, administrator: User
) -> None:
    publish_again(version.procedure, administrator)
    items = DecisionItem.objects

    on_the_day = items.with_lateness(today=date(2026, 11, 20)).get()
    after = items.with_lateness(today=date(2026, 11, 21)).get()

    assert (on_the_day.is_public_late, after.is_public_late) == (False, True)
    assert Decision.objects.with_counts(today=date(2026, 11, 21)).get(level="province").public_late


def test_the_first_moment_of_making_public_stays(
    version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator)
    act: dict[str, Any] = {"decision": item.decision, "item_ids": [item.pk], "actor": administrator}
    publishing.make_public(at=NOW, **act)

    with pytest.raises(PublishingRefusal):
        publishing.make_public(at=NOW + timedelta(days=1), **act)

    item.refresh_from_db()
    assert item.made_public_at == NOW


# -- The database ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"number": "1234/QĐ-UBND"}, "decision_number_unique_for_issuer"),
        ({"level": "commune"}, "decision_level_is_known"),
        ({"issued_date": None, "effective_date": None}, "decision_of_a_level_has_its_dates"),
        (
            {"effective_date": TODAY - timedelta(days=1)},
            "decision_takes_effect_when_signed_or_later",
        ),
    ],
)
def test_the_database_refuses_a_decision_that_makes_no_sense(
    version: ProcedureVersion, administrator: User, wrong: dict[str, Any], constraint: str
) -> None:
    former = publish_again(version.procedure, administrator).decision
    facts = {
        "number": "9/QĐ-UBND",
        "issued_by": former.issued_by,
        "level": "province",
        "issued_date": TODAY,
        "effective_date": TODAY,
    }

    _refused(Decision(**{**facts, **wrong}), constraint)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({}, "decision_item_once_per_procedure"),
        ({"kind": "moved"}, "decision_item_kind_is_known"),
        ({"kind": "retired"}, "decision_item_has_a_version_unless_retired"),
        ({"made_public_at": NOW, "made_public_by": None}, "decision_item_public_by_somebody"),
    ],
)
def test_the_database_refuses_an_item_that_makes_no_sense(
    version: ProcedureVersion, administrator: User, wrong: dict[str, Any], constraint: str
) -> None:
    item = publish_again(version.procedure, administrator)
    if wrong:
        for name, value in wrong.items():
            setattr(item, name, value)
    else:
        item.pk, item.version, item.kind = None, None, "retired"

    _refused(item, constraint)


def test_the_database_lets_one_change_wait_for_each_procedure(
    version: ProcedureVersion, administrator: User
) -> None:
    item = publish_again(version.procedure, administrator, effective_date=TODAY + timedelta(days=3))
    other = Decision.objects.create(number="7/QĐ", issued_by="Bộ")
    item.pk, item.version, item.kind, item.decision = None, None, "retired", other

    _refused(item, "decision_item_one_waits_for_each_procedure")


def test_the_database_refuses_a_draft_with_a_code_of_another_form(administrator: User) -> None:
    draft = VersionDraft(
        code="x.1",
        facts={},
        started_by=administrator,
        started_at=NOW,
        saved_by=administrator,
        saved_at=NOW,
    )

    _refused(draft, "draft_code_has_national_form")


def _refused(row: Any, constraint: str) -> None:
    message = next(
        str(each.violation_error_message)
        for each in row._meta.constraints
        if each.name == constraint
    )
    with pytest.raises(ValidationError) as refused:
        row.validate_constraints()
    assert message in refused.value.messages
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()
