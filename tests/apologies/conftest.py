"""What the tests of letters share: a department that can sign, and an endangered dossier."""

from datetime import datetime, timedelta

import pytest

from apologies.demo_authority import DemoAuthority
from apologies.models import AgencyCertificate, ApologyLetter
from dossiers.models import Dossier
from tests.apologies.writing import drafted, endangered
from tests.conftest import NOW, Desk


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path) -> None:
    """Keys of a test go with the test; its letters name an address of their own."""
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.PUBLIC_URL = "https://motcua.example.vn"
    settings.SESSION_COOKIE_AGE = 10 * 365 * 24 * 60 * 60


@pytest.fixture
def certificate(desk: Desk) -> AgencyCertificate:
    """The department's certificate, from a year before to two years after."""
    return DemoAuthority(at=NOW - timedelta(days=365), life=timedelta(days=1000)).certify(
        agency=desk.agency, at=NOW
    )


@pytest.fixture
def late(desk: Desk) -> Dossier:
    """In the officer's hands, its promise of Friday 20/11/2026 one working day away."""
    return endangered(desk)


@pytest.fixture
def draft(late: Dossier, certificate: AgencyCertificate) -> ApologyLetter:
    """The draft that the sweep wrote, with the reason that the head gave it."""
    return drafted(late)


@pytest.fixture
def at() -> datetime:
    """Thursday morning: a day before the promise runs out."""
    return NOW + timedelta(days=6)
