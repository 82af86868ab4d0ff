"""Handing the catalogue to the departments and communes of a province."""

import io

import pytest
from django.core.management import CommandError, call_command

from organizations.models import Agency
from procedures import catalog
from procedures.assigning import DEFAULT_STEPS, assign_catalogue
from procedures.departments import agencies_named, department_of, is_for_communes, is_outside
from procedures.models import Procedure, ProcedureAssignment, ProcedureVersion, Step
from procedures.parsing.pages import read_page
from procedures.statuses import OnlineLevel
from tests.procedures.pages import AT, make_page

HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"


@pytest.mark.parametrize(
    ("field", "department"),
    [
        ("Hộ tịch", "Sở Tư pháp"),
        ("Đất đai", "Sở Nông nghiệp và Môi trường"),
        ("Hoạt động xây dựng", "Sở Xây dựng"),
        ("Thành lập và hoạt động của doanh nghiệp", "Sở Tài chính"),
        ("Cấp, quản lý căn cước", "Công an tỉnh"),
        ("Thực hiện chính sách BHXH", "Bảo hiểm xã hội tỉnh"),
        ("Người có công", "Sở Nội vụ"),
        ("Dự báo thiên văn", ""),
    ],
)
def test_a_field_has_its_department(field: str, department: str) -> None:
    assert department_of(field) == department


def test_agencies_that_the_portal_names_are_recognised() -> None:
    assert agencies_named("Công an cấp Xã") == ["Công an tỉnh"]
    assert agencies_named("Sở Xây dựng, Sở Tư pháp Thành phố Hà Nội") == [
        "Sở Tư pháp",
        "Sở Xây dựng",
    ]
    assert agencies_named("Không rõ") == []


@pytest.mark.parametrize(
    ("field", "implementing", "expected"),
    [
        ("Hộ tịch", "", True),
        ("Hộ tịch", "Uỷ ban Nhân dân cấp xã, phường, thị trấn", True),
        ("Hải quan", "", False),
        ("Hải quan", "Chi cục Hải quan khu vực", False),
        ("Đăng ký, quản lý cư trú", "Công an cấp Xã", False),
        ("Đăng ký, quản lý cư trú", "", False),
    ],
)
def test_communes_get_what_their_committees_carry_out(
    field: str, implementing: str, expected: bool
) -> None:
    assert is_for_communes(field, implementing) is expected


def test_agencies_of_ministries_are_outside_unless_the_province_is_named_too() -> None:
    assert is_outside("Hải quan", "Chi cục Hải quan khu vực")
    assert is_outside("Thuế", "Cục Thuế - Bộ tài chính, Thuế cơ sở")
    assert not is_outside("Đường bộ", "Cục Đường bộ Việt Nam, Sở Xây dựng")


def publish(code: str, **overrides: str) -> ProcedureVersion:
    return catalog.publish(facts=read_page(make_page(code, **overrides)), actor=None, at=AT)


@pytest.fixture
def _catalogue(db: None) -> None:
    publish("1.001193")
    publish(
        "1.000100",
        cach_thuc_thuc_hien=f"{HEAD}Trực tiếp1 Ngày làm việcMiễn phí",
        cap_thuc_hien="Cấp xã",
    )
    publish(
        "1.000200",
        linh_vuc="Thuế",
        co_quan_thuc_hien="Thuế cơ sở",
        cap_thuc_hien="Cấp tỉnh, Cấp xã",
    )


@pytest.mark.usefixtures("_catalogue")
def test_each_procedure_goes_to_those_who_carry_it_out(
    province: Agency, justice: Agency, construction: Agency, commune: Agency
) -> None:
    assigned = assign_catalogue(province=province, at=AT)

    pairs = set(ProcedureAssignment.objects.values_list("procedure__code", "agency__code"))
    assert pairs == {
        ("1.001193", justice.code),
        ("1.001193", commune.code),
        ("1.000100", commune.code),
    }
    assert (assigned.added, assigned.procedures, assigned.unassigned) == (3, 2, ("1.000200",))


@pytest.mark.usefixtures("_catalogue")
def test_quick_procedures_are_on_the_spot_at_communes_and_channels_give_the_online_level(
    province: Agency, justice: Agency, commune: Agency
) -> None:
    assign_catalogue(province=province, at=AT)

    quick = ProcedureAssignment.objects.get(procedure__code="1.000100")
    slow = ProcedureAssignment.objects.get(procedure__code="1.001193", agency=commune)
    assert (quick.on_the_spot, quick.online_level) == (True, OnlineLevel.NONE)
    assert (slow.on_the_spot, slow.online_level) == (False, OnlineLevel.FULL)
    assert slow.published_at == AT
    assert str(slow.decision) == "163/QĐ-BTP"


@pytest.mark.usefixtures("_catalogue")
def test_each_assignment_has_the_default_steps_that_make_a_hundred(
    province: Agency, justice: Agency, commune: Agency
) -> None:
    assign_catalogue(province=province, at=AT)

    assert Step.objects.count() == 3 * len(DEFAULT_STEPS)
    steps = ProcedureAssignment.objects.order_by("id")[0].steps.order_by("position")
    assert [(step.role, int(step.share)) for step in steps] == [
        ("counter", 5),
        ("officer", 70),
        ("head", 20),
        ("counter", 5),
    ]


@pytest.mark.usefixtures("_catalogue")
def test_what_people_have_set_stays_when_it_runs_again(
    province: Agency, justice: Agency, commune: Agency
) -> None:
    assign_catalogue(province=province, at=AT)
    ProcedureAssignment.objects.filter(agency=justice).update(is_active=False)

    assert assign_catalogue(province=province, at=AT).added == 0
    assert not Procedure.objects.handled_by([justice.pk]).exists()


@pytest.mark.usefixtures("_catalogue")
def test_the_command_says_what_it_did_and_refuses_an_unknown_province(
    province: Agency, justice: Agency, commune: Agency
) -> None:
    out = io.StringIO()

    call_command("assign_procedures", province="H41", stdout=out)

    assert "Đã giao 2 thủ tục, thêm 3 lượt giao; 1 thủ tục" in out.getvalue()
    with pytest.raises(CommandError) as refusal:
        call_command("assign_procedures", province="H99")
    assert refusal.value.returncode == 2
