"""axe on the pages of cleaning data, of standing in and of guidance, at both widths."""

from datetime import timedelta
from uuid import uuid4

import pytest

from reporting.models import Finding
from reporting.quality import campaigns, sweeping
from reporting.quality.campaigns import Plan
from reporting.statuses import FindingKind
from tests.browser.conftest import DESK, PHONE, assert_accessible
from tests.conftest import Desk
from tests.dossiers.correcting_hands import LATE, late, proposed
from tests.dossiers.moving import walked

BEGUN = LATE + timedelta(days=40)


@pytest.fixture
def facts(transactional_db, desk: Desk, supervisor) -> dict[str, object]:
    """Something to be cleaned of two kinds, a proposal to decide, and a campaign."""
    walked(desk, "approve")
    idle = walked(desk, "take", summary="Việc khác")
    correction = proposed(late(desk, summary="Việc thứ ba"), desk.officer)
    sweeping.sweep(at=BEGUN - timedelta(hours=1))
    plan = Plan(
        name="Làm sạch dữ liệu quý IV",
        kinds=list(FindingKind),
        agencies=[desk.agency],
        deadline=BEGUN.date() + timedelta(days=10),
        submission_key=uuid4(),
    )
    return {
        "idle": idle.code,
        "correction": correction.pk,
        "finding": Finding.objects.open().order_by("pk").first().pk,
        "campaign": campaigns.start(plan=plan, actor=supervisor, at=BEGUN).pk,
    }


PAGES = {
    "supervisor": [
        "/lam-sach-du-lieu/",
        "/lam-sach-du-lieu/{finding}/",
        "/lam-sach-du-lieu/dinh-chinh/",
        "/lam-sach-du-lieu/dinh-chinh/{correction}/",
        "/lam-sach-du-lieu/dot/",
        "/lam-sach-du-lieu/dot/moi/",
        "/lam-sach-du-lieu/dot/{campaign}/",
    ],
    "officer": ["/lam-sach-du-lieu/{finding}/", "/ho-so/{idle}/dinh-chinh/", "/nghi-phep/"],
    "head": ["/nghi-phep/"],
    "clerk": ["/tiep-nhan/huong-dan/"],
}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_runs_out_of_its_frame(
    open_as, facts, desk: Desk, supervisor, viewport
):
    people = {"supervisor": supervisor, "officer": desk.officer, "head": desk.head}
    for role, paths in PAGES.items():
        page = open_as(people.get(role, desk.clerk), viewport=viewport)
        for path in paths:
            answer = page.goto(path.format(**facts))
            assert answer.ok, path
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{path} is {width} px wide"
