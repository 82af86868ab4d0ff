"""What a procedure must say: the pure function, and the same in SQL for anything one may write."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures import catalog, completeness, versions
from procedures.models import Procedure, ProcedureVersion
from procedures.parsing.facts import ChannelFacts, PaperFacts, ProcedureFacts
from procedures.parsing.wording import NOTHING
from procedures.statuses import ChannelKind, Content
from tests.conftest import NOW
from workdays.units import TimeUnit

pytestmark = pytest.mark.django_db
WHOLE = ProcedureFacts(
    code="1.000001",
    name="Cấp giấy phép",
    field_name="Xây dựng",
    subjects=("Công dân Việt Nam",),
    process_text="Nộp hồ sơ.",
    implementing_text="Sở Xây dựng",
    channels=(
        ChannelFacts(
            kind=ChannelKind.DIRECT,
            time_limit=Decimal(5),
            time_unit=TimeUnit.WORKING_DAY,
            time_text="5 ngày làm việc",
        ),
    ),
    papers=(PaperFacts(name="Đơn đề nghị", originals=1),),
)
BARE = ChannelFacts(kind=ChannelKind.ONLINE, time_limit=Decimal(5), time_text="5")


def test_a_whole_procedure_lacks_nothing() -> None:
    assert completeness.missing(WHOLE) == []


@pytest.mark.parametrize(
    ("changed", "lacking"),
    [
        ({"process_text": " \n\xa0"}, [Content.PROCESS]),
        ({"process_text": NOTHING}, [Content.PROCESS]),
        ({"channels": ()}, [Content.CHANNELS, Content.TIME_LIMIT]),
        ({"channels": (*WHOLE.channels, BARE)}, [Content.TIME_LIMIT]),
        ({"papers": ()}, [Content.PAPERS]),
        ({"papers": (PaperFacts(name="Đơn đề nghị"),)}, [Content.PAPERS]),
        ({"papers": (PaperFacts(name="Đơn", quantity_text="theo mẫu"),)}, []),
        ({"subjects": (NOTHING, " ")}, [Content.SUBJECTS]),
        ({"implementing_text": ""}, [Content.AGENCY]),
    ],
)
def test_each_content_of_the_decree_is_asked_for(
    changed: dict[str, object], lacking: list[Content]
) -> None:
    assert completeness.missing(replace(WHOLE, **changed)) == lacking  # type: ignore[arg-type]


texts = st.sampled_from(["", " ", "\n\t", "\xa0", NOTHING, f" {NOTHING} ", "5", "Có nói"])
channels = st.builds(
    ChannelFacts,
    kind=st.sampled_from(ChannelKind),
    time_limit=st.sampled_from([None, Decimal(5)]),
    time_unit=st.sampled_from([None, TimeUnit.MONTH]),
    time_text=texts,
    fee_text=texts,
).filter(lambda row: row.time_limit is not None or row.time_unit is None)
papers = st.builds(
    PaperFacts,
    name=texts,
    originals=st.sampled_from([None, 0, 1]),
    copies=st.sampled_from([None, 0, 2]),
    quantity_text=texts,
)
anything = st.builds(
    ProcedureFacts,
    code=st.just("1.000001"),
    name=texts.filter(bool),
    field_name=st.just("Xây dựng"),
    subjects=st.lists(texts, max_size=3).map(tuple),
    process_text=texts,
    implementing_text=texts,
    channels=st.lists(channels, max_size=3).map(tuple),
    papers=st.lists(papers, max_size=2).map(tuple),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=anything)
def test_sql_and_python_find_the_same_missing(facts: ProcedureFacts) -> None:
    written = catalog.publish(facts=facts, actor=None, at=NOW)

    row = ProcedureVersion.objects.with_missing().get(pk=written.pk)
    said = completeness.missing(versions.read(written))

    assert row.missing == [content.value for content in said]
    whole = ProcedureVersion.objects.complete().filter(pk=written.pk).exists()
    assert whole == Procedure.objects.complete().filter(code=facts.code).exists() == (not said)
    assert Procedure.objects.incomplete().filter(code=facts.code).exists() == bool(said)


def test_a_retired_procedure_is_neither_complete_nor_incomplete() -> None:
    version = catalog.publish(facts=WHOLE, actor=None, at=NOW)
    assert Procedure.objects.complete().exists()

    Procedure.objects.filter(pk=version.procedure_id).update(retired_at=NOW)

    assert not Procedure.objects.complete().exists()
    assert not Procedure.objects.incomplete().exists()
