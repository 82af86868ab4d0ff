"""The demonstration province: every department and commune, with lawful codes and right names."""

import re
from collections import Counter

import pytest

from organizations.models import AGENCY_CODE, Agency
from organizations.seeding import departments, seed_agencies, seed_counters
from organizations.statuses import AgencyKind


@pytest.fixture
def seeded(schedule):
    return seed_agencies(schedule=schedule)


def test_there_are_eighteen_departments_and_a_hundred_and_thirty_communes(seeded):
    kinds = Counter(Agency.objects.values_list("kind", flat=True))

    assert kinds.pop(AgencyKind.PROVINCE) == 1
    assert kinds.pop(AgencyKind.COMMUNE) == 130
    assert sum(kinds.values()) == 18
    assert kinds == {"office": 1, "department": 13, "board": 1, "vertical": 2, "enterprise": 1}


def test_all_but_the_province_stand_right_below_it(seeded):
    others = Agency.objects.exclude(pk=seeded.pk)

    assert set(others.values_list("parent", flat=True)) == {seeded.pk}
    assert all(agency.path == f"{seeded.path}{agency.pk}/" for agency in others)


def test_codes_are_lawful_and_unique(seeded):
    codes = list(Agency.objects.values_list("code", flat=True))

    assert len(set(codes)) == len(codes) == 149
    assert all(re.match(AGENCY_CODE, code) and len(code) <= 35 for code in codes)
    assert all(code == "H41" or code.startswith("H41.") for code in codes)


def test_names_are_those_of_official_papers(seeded):
    names = set(Agency.objects.values_list("name", flat=True))

    assert names >= {
        "Ủy ban nhân dân tỉnh Nghệ An",
        "Văn phòng UBND tỉnh Nghệ An",
        "Sở Tư pháp tỉnh Nghệ An",
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Nghệ An",
        "Thanh tra tỉnh Nghệ An",
        "Công an tỉnh Nghệ An",
        "Bảo hiểm xã hội tỉnh Nghệ An",
        "Công ty Điện lực Nghệ An",
        "Ủy ban nhân dân phường Trường Vinh",
        "Ủy ban nhân dân xã Kim Liên",
    }


def test_names_are_unique_and_composed(seeded):
    names = list(Agency.objects.values_list("name", flat=True))

    assert len(set(names)) == len(names)
    assert all(name.isprintable() and "tỉnh tỉnh" not in name for name in names)


def test_papers_are_dated_at_the_agencys_own_place(seeded):
    assert Agency.objects.get(name__endswith="xã Kim Liên").place == "Kim Liên"
    assert Agency.objects.get(name__startswith="Sở Tư pháp").place == "Nghệ An"


def test_communes_carry_the_two_kinds_since_2025(seeded):
    names = Agency.objects.filter(kind=AgencyKind.COMMUNE).values_list("short_name", flat=True)

    assert {name.split()[1] for name in names} == {"xã", "phường"}


def test_there_is_a_counter_at_the_province_a_ward_and_a_commune(seeded):
    counters = seed_counters(province=seeded)

    assert [counter.agency.kind for counter in counters] == ["province", "commune", "commune"]
    assert all(counter.address and counter.phone for counter in counters)


def test_each_department_names_the_fields_it_handles():
    rows = list(departments())

    assert len(rows) == 18
    assert all(row.fields and all(field.strip() == field for field in row.fields) for row in rows)
    assert next(row for row in rows if row.name == "Sở Tư pháp").fields[0] == "Hộ tịch"
