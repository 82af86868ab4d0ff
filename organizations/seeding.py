"""The demonstration province: Nghệ An (H41), its departments and its communes after 2025."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from vietnam_provinces import Province, Ward

from organizations.models import Agency, ServiceCounter
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts, create_agency
from workdays.models import WorkSchedule

DEPARTMENTS = Path(__file__).parent / "data" / "departments_nghe_an.csv"
PROVINCE_CODE = "H41"
PROVINCE_NAME = "Nghệ An"
# Codes below H41 are the demonstration's own: departments from .02, communes from .101.
FIRST_DEPARTMENT = 2
FIRST_COMMUNE = 101


@dataclass(frozen=True)
class DepartmentRow:
    """A line of the list of departments, with the fields of the catalogue it handles."""

    name: str
    kind: AgencyKind
    fields: tuple[str, ...]


def departments() -> Iterator[DepartmentRow]:
    """The departments of the demonstration province, in the order of the list."""
    with DEPARTMENTS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            fields = tuple(
                part.strip() for part in row["fields"].replace(";", ",").split(",") if part.strip()
            )
            yield DepartmentRow(row["name"], AgencyKind(row["kind"]), fields)


@transaction.atomic
def seed_agencies(*, schedule: WorkSchedule) -> Agency:
    """Make the province, its departments and communes; returns the province. Runs once."""
    province = create_agency(
        facts=AgencyFacts(
            code=PROVINCE_CODE,
            name=f"Ủy ban nhân dân tỉnh {PROVINCE_NAME}",
            short_name=f"UBND tỉnh {PROVINCE_NAME}",
            kind=AgencyKind.PROVINCE,
            place=PROVINCE_NAME,
        ),
        parent=None,
        schedule=schedule,
    )
    province.refresh_from_db()
    for number, row in enumerate(departments(), start=FIRST_DEPARTMENT):
        create_agency(facts=_department(row, number), parent=province, schedule=schedule)
    for number, ward in enumerate(_communes(), start=FIRST_COMMUNE):
        create_agency(facts=_commune(ward, number), parent=province, schedule=schedule)
    return province


def seed_counters(*, province: Agency) -> list[ServiceCounter]:
    """Three counters: the province's centre, one ward, one commune."""
    ward = Agency.objects.get(parent=province, name__contains="phường Trường Vinh")
    commune = Agency.objects.get(parent=province, name__contains="xã Kim Liên")
    return [
        ServiceCounter.objects.create(agency=agency, name=name, address=address, phone=phone)
        for agency, name, address, phone in (
            (
                province,
                "Trung tâm Phục vụ hành chính công tỉnh Nghệ An",
                "Số 16 đường Trường Thi, phường Trường Vinh, tỉnh Nghệ An",
                "0238 000 0001",
            ),
            (
                ward,
                "Trung tâm Phục vụ hành chính công phường Trường Vinh",
                "Phường Trường Vinh, tỉnh Nghệ An",
                "0238 000 0002",
            ),
            (
                commune,
                "Trung tâm Phục vụ hành chính công xã Kim Liên",
                "Xã Kim Liên, tỉnh Nghệ An",
                "0238 000 0003",
            ),
        )
    ]


def _communes() -> list[Ward]:
    province = next(found for found in Province.iter_all() if PROVINCE_NAME in found.name)
    return sorted(Ward.iter_by_province(province.code), key=lambda ward: int(ward.code))


def _department(row: DepartmentRow, number: int) -> AgencyFacts:
    return AgencyFacts(
        code=f"{PROVINCE_CODE}.{number:02d}",
        name=_full_name(row.name),
        short_name=row.name,
        kind=row.kind,
        place=PROVINCE_NAME,
    )


def _full_name(name: str) -> str:
    """The name with the province's, as heads of official papers print it."""
    if PROVINCE_NAME in name:
        return name
    return f"{name.removesuffix(' tỉnh')} tỉnh {PROVINCE_NAME}"


def _commune(ward: Ward, number: int) -> AgencyFacts:
    own_name = ward.name.split(" ", 1)[1]
    level = ward.division_type.value
    return AgencyFacts(
        code=f"{PROVINCE_CODE}.{number}",
        name=f"Ủy ban nhân dân {level} {own_name}",
        short_name=f"UBND {level} {own_name}",
        kind=AgencyKind.COMMUNE,
        place=own_name,
    )
