"""What every test stands on: the embedded servers, quick commits, and the cast.

Binh receives at the province's centre, Kim at a commune; Oanh resolves at the Department of
Justice and Phuc beside her; Ngoc works at another department and must see nothing of it.
Hoa heads the department, Hai is her deputy; Linh heads the other one. Van watches for the
province's office; Quan administers.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4
from zlib import crc32

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from dossiers import intake, printing, rule_scheduling, rules
from dossiers.models import Dossier
from dossiers.requests import Applicant, FeeFacts, Paper, Request
from dossiers.statuses import ApplicantKind
from organizations.models import Agency, Membership, ServiceCounter, User
from organizations.roles import Role
from organizations.statuses import AgencyKind
from organizations.structure import AgencyFacts, create_agency
from procedures import catalog
from procedures.catalog import StepPlan
from procedures.models import Procedure, ProcedureVersion
from procedures.parsing.facts import ChannelFacts, PaperFacts, ProcedureFacts
from procedures.statuses import ChannelKind, ProcedureLevel, StepRole
from tests import migrated
from tests.dossiers.ringing import rung
from tests.remembered import learn, remembered
from tthc_portal import embedded
from workdays.models import WorkSchedule
from workdays.seeding import STANDARD_CODE, load_calendar, standard_schedule
from workdays.units import TimeUnit

embedded.ensure_running()
# A test's rows need not survive a power cut; the server itself keeps its fsync.
settings.DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
# Tests read the sources of the static files: no collectstatic before them.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
settings.PASSWORD_HASHERS = ["tests.hashing.QuickHasher"]
# Whitenoise warns of a folder that is not there, and warnings are errors.
Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
# The bell of the print orders: a test that wants it to wait for more orders says so.
printing.GATHERED_SECONDS = 0.01


def _own_valkey() -> str:
    """A numbered database for each process of each run: they empty it, and it is the broker."""
    run = crc32(os.environ.get("TEST_DATABASE", "").encode())
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return f"{embedded.redis_url().removesuffix('/0')}/{2 + (run + worker) % 14}"


settings.REDIS_URL = settings.CELERY_BROKER_URL = _own_valkey()
settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL

# Friday morning, an ordinary week: five working days later is Friday 20/11/2026.
NOW = datetime.fromisoformat("2026-11-13T09:00:00+07:00")
PASSWORD = "mat-khau-thu-nghiem"


def _empty(self: DatabaseOperations, sql_list: list[str]) -> None:
    """Empty the tables after a test that committed: the ledger refuses TRUNCATE otherwise.

    Most are empty already, and to delete a few rows takes less than to truncate two hundred
    tables. What Django enters after every migration stays.
    """
    tables = set(re.findall(r'"(\w+)"', " ".join(sql_list))) - {
        "django_content_type",
        "auth_permission",
    }
    filled = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in sorted(tables)
    )
    with self.connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(filled)
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SET session_replication_role = origin")


DatabaseOperations.execute_sql_flush = _empty


# The same examples every time, so that a run tells of the change and not of chance; set the
# variable to search for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None)
if not os.environ.get("HYPOTHESIS_SEARCH"):
    hypothesis.settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="the whole suite with its slow tests")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The everyday run of everything leaves slow tests to `make test`; who names a file gets it."""
    if config.getoption("--slow") or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Test databases are copies of the migrated one."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with the calendar and the shipped rules in it.

    What a killed worker left of its sessions must not keep it alive.
    """
    with django_db_blocker.unblock():
        _load_shipped()
        learn(schedule=standard_schedule())
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _media(tmp_path_factory: pytest.TempPathFactory, settings: Any) -> None:
    """Each test has files of its own; the folder is made when it keeps the first."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / uuid4().hex


@pytest.fixture(autouse=True)
def _forget_rules() -> None:
    """Sets of rules that a test enters go with its transaction."""
    rules.BY_CODE.forget()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Limits, sessions and a bell of one test must not reach the next."""
    rung()
    cache.clear()


@pytest.fixture
def at() -> datetime:
    """The moment at which things happen unless a test says otherwise."""
    return NOW


def _load_shipped() -> None:
    load_calendar()
    rule_scheduling.load_shipped()
    standard_schedule()


@pytest.fixture
def schedule(db: None) -> WorkSchedule:
    """Office hours, with the real holidays."""
    # A test that commits empties the tables, and the rows of migrations with them.
    known: WorkSchedule | None = WorkSchedule.objects.filter(code=STANDARD_CODE).first()
    if known is None:
        _load_shipped()
    return known or standard_schedule()


def make_agency(
    schedule: WorkSchedule,
    *,
    code: str,
    name: str,
    parent: Agency | None = None,
    kind: AgencyKind = AgencyKind.DEPARTMENT,
) -> Agency:
    """An agency below its parent."""
    facts = AgencyFacts(code=code, name=name, short_name=name, kind=kind, place="Nghệ An")
    agency = create_agency(facts=facts, parent=parent, schedule=schedule)
    agency.refresh_from_db()
    return agency


@remembered
def province(schedule: WorkSchedule) -> Agency:
    return make_agency(
        schedule,
        code="H41",
        name="Ủy ban nhân dân tỉnh Nghệ An",
        kind=AgencyKind.PROVINCE,
    )


@remembered
def justice(schedule: WorkSchedule, province: Agency) -> Agency:
    return make_agency(schedule, code="H41.15", name="Sở Tư pháp tỉnh Nghệ An", parent=province)


@remembered
def construction(schedule: WorkSchedule, province: Agency) -> Agency:
    return make_agency(schedule, code="H41.16", name="Sở Xây dựng tỉnh Nghệ An", parent=province)


@remembered
def commune(schedule: WorkSchedule, province: Agency) -> Agency:
    return make_agency(
        schedule,
        code="H41.101",
        name="Ủy ban nhân dân xã Kim Liên",
        parent=province,
        kind=AgencyKind.COMMUNE,
    )


def make_counter(agency: Agency, name: str) -> ServiceCounter:
    """A counter that the agency keeps."""
    return ServiceCounter.objects.create(
        agency=agency, name=name, address="Số 16 đường Trường Thi", phone="0238 000 0001"
    )


@remembered
def centre(province: Agency) -> ServiceCounter:
    return make_counter(province, "Trung tâm Phục vụ hành chính công tỉnh Nghệ An")


@remembered
def commune_counter(commune: Agency) -> ServiceCounter:
    return make_counter(commune, "Trung tâm Phục vụ hành chính công xã Kim Liên")


def make_user(
    username: str,
    full_name: str,
    agency: Agency,
    role: Role,
    *,
    counter: ServiceCounter | None = None,
    title: str = "Chuyên viên",
) -> User:
    """A person who holds one role in one agency."""
    user = User(username=username, full_name=full_name, title=title)
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(user=user, agency=agency, role=role, counter=counter)
    return user


@remembered
def clerk(province: Agency, centre: ServiceCounter) -> User:
    return make_user("binh", "Trần Thị Bình", province, Role.COUNTER, counter=centre)


@remembered
def commune_clerk(commune: Agency, commune_counter: ServiceCounter) -> User:
    return make_user("kim", "Vi Thị Kim", commune, Role.COUNTER, counter=commune_counter)


@remembered
def officer(justice: Agency) -> User:
    return make_user("oanh", "Lê Thị Oanh", justice, Role.OFFICER)


@remembered
def second_officer(justice: Agency) -> User:
    return make_user("phuc", "Hồ Hữu Phúc", justice, Role.OFFICER)


@remembered
def foreign_officer(construction: Agency) -> User:
    return make_user("ngoc", "Đặng Bảo Ngọc", construction, Role.OFFICER)


@remembered
def head(justice: Agency) -> User:
    return make_user("hoa", "Nguyễn Thị Hòa", justice, Role.HEAD, title="Giám đốc Sở")


@remembered
def deputy_head(justice: Agency) -> User:
    return make_user("hai", "Phan Thanh Hải", justice, Role.HEAD, title="Phó Giám đốc Sở")


@remembered
def foreign_head(construction: Agency) -> User:
    return make_user("linh", "Cao Mỹ Linh", construction, Role.HEAD, title="Giám đốc Sở")


@remembered
def supervisor(province: Agency) -> User:
    return make_user("van", "Bùi Thanh Vân", province, Role.SUPERVISOR)


@remembered
def administrator(province: Agency) -> User:
    return make_user("quan", "Đinh Minh Quân", province, Role.ADMINISTRATOR)


DEFAULT_STEPS = (
    StepPlan("Tiếp nhận và chuyển hồ sơ", StepRole.COUNTER, Decimal(5)),
    StepPlan("Thẩm định hồ sơ", StepRole.OFFICER, Decimal(70)),
    StepPlan("Phê duyệt kết quả", StepRole.HEAD, Decimal(20)),
    StepPlan("Trả kết quả", StepRole.COUNTER, Decimal(5)),
)


def make_version(
    *agencies: Agency,
    code: str = "1.001193",
    name: str = "Cấp Phiếu lý lịch tư pháp cho công dân Việt Nam",
    time_limit: Decimal | None = Decimal(5),
    time_unit: TimeUnit | None = TimeUnit.WORKING_DAY,
    fee_amount: Decimal | None = Decimal(200_000),
    at: datetime = NOW,
) -> ProcedureVersion:
    """A published procedure that these agencies handle, the same limit in each channel."""
    channels = tuple(
        ChannelFacts(
            kind=kind,
            time_limit=time_limit,
            time_unit=time_unit,
            time_text="5 ngày làm việc",
            fee_amount=fee_amount,
            fee_text="200.000 đồng",
        )
        for kind in ChannelKind
    )
    papers = (
        PaperFacts(name="Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp", originals=1, copies=0),
        PaperFacts(name="Bản sao thẻ căn cước", originals=0, copies=1),
    )
    facts = ProcedureFacts(
        code=code,
        name=name,
        field_name="Lý lịch tư pháp",
        levels=(ProcedureLevel.PROVINCE,),
        channels=channels,
        papers=papers,
    )
    version = catalog.publish(facts=facts, actor=None, at=at)
    procedure = Procedure.objects.get(code=code)
    for agency in agencies:
        catalog.assign(procedure=procedure, agency=agency, steps=DEFAULT_STEPS, actor=None, at=at)
    return version


@remembered
def version(justice: Agency) -> ProcedureVersion:
    """A real procedure's shape: five working days, 200.000 đồng, handled by Justice."""
    return make_version(justice)


APPLICANT = Applicant(
    kind=ApplicantKind.PERSON,
    name="Nguyễn Thị Đào",
    identity_number="040190001234",
    phone="0912345678",
    email="dao@example.vn",
    address="Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An",
)


def make_request(
    version: ProcedureVersion, agency: Agency, counter: ServiceCounter, **overrides: Any
) -> Request:
    """What a clerk enters for an ordinary dossier."""
    channel = overrides.pop("channel", ChannelKind.DIRECT)
    facts: dict[str, Any] = {
        "version": version,
        "agency": agency,
        "counter": counter,
        "channel": channel,
        "case": version.channels.filter(kind=channel).first(),
        "applicant": APPLICANT,
        "summary": "Xin cấp Phiếu lý lịch tư pháp số 1",
        "papers": [
            Paper(name="Tờ khai yêu cầu cấp Phiếu lý lịch tư pháp", originals=1),
            Paper(name="Bản sao thẻ căn cước", copies=1),
        ],
        "fee": FeeFacts(amount=Decimal(200_000)),
    }
    return Request(**{**facts, **overrides})


@dataclass
class Desk:
    """The people and places through whose hands an ordinary dossier goes."""

    clerk: User
    officer: User
    head: User
    agency: Agency
    counter: ServiceCounter
    version: ProcedureVersion

    def request(self, **overrides: Any) -> Request:
        """What the clerk enters."""
        return make_request(self.version, self.agency, self.counter, **overrides)

    def accept(self, *, at: datetime = NOW, **overrides: Any) -> Dossier:
        """A dossier accepted at the centre for the Department of Justice."""
        return intake.accept(request=self.request(**overrides), actor=self.clerk, at=at)


@pytest.fixture
def desk(
    clerk: User,
    officer: User,
    head: User,
    justice: Agency,
    centre: ServiceCounter,
    version: ProcedureVersion,
) -> Desk:
    return Desk(clerk, officer, head, justice, centre, version)


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Accepted this Friday at 09:00; promised for the next one at 17:00."""
    return desk.accept()


@pytest.fixture
def sign_in(client: Any) -> Callable[[User], Any]:
    """The browser of a person who has signed in."""

    def signed_in(user: User) -> Any:
        client.force_login(user, backend="organizations.backends.MembershipBackend")
        return client

    return signed_in
