"""axe on every page, at the desk's width and at a phone's; nothing runs out of its frame."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers import intake, lifecycle
from dossiers.holding import Target
from dossiers.lifecycle import Proposal
from dossiers.models import Dossier
from procedures.models import ProcedureAssignment
from procedures.statuses import ChannelKind
from tests.browser.conftest import DESK, PHONE, assert_accessible
from tests.conftest import Desk
from tests.liaison.handing_over import given
from tests.notifications.conftest import make_message
from tests.reporting.walking import printed_by, shown_evidence

STRANGER = "stranger"
PAGES = {
    STRANGER: [
        "/dang-nhap/",
        "/tra-cuu/",
        "/tra-cuu/{code}/",
        "/thu-tuc/",
        "/thu-tuc/1.001193/",
        "/ket-qua/",
        "/ket-qua/danh-gia/",
    ],
    "clerk": [
        "/ho-so/",
        "/ho-so/?tab=tat-ca",
        "/ho-so/?tab=cho-tra",
        "/tiep-nhan/",
        "/tiep-nhan/?thu_tuc=1.001193&kenh=direct",
        "/ho-so/{code}/",
        "/ho-so/{submitted}/",
        "/ho-so/{refused}/mau/refusal/",
        "/tim-kiem/?q=H41",
        "/mat-khau/",
        "/ban-giao/",
        "/ban-giao/lap/",
        "/ban-giao/{batch}/",
        "/ban-giao/o-dau/",
        "/ban-giao/noi-giu/",
        "/ban-giao/noi-giu/?tab=dang-chuyen-di",
        "/so-theo-doi/",
        "/ban-in/{minutes}/",
        "/ho-so/{code}/tai-cho/",
    ],
    "officer": [
        "/ho-so/",
        "/ho-so/{processing}/",
        "/chi-so/cong-viec/",
        "/ban-giao/",
        "/ban-giao/{batch}/",
    ],
    "head": [
        "/ho-so/",
        "/ho-so/{proposed}/",
        "/cai-cach/H41.15/2026/",
        "/bao-cao/",
        "/xin-loi/theo-thang/",
    ],
    "supervisor": [
        "/ho-so/",
        "/ho-so/?tab=sap-den-han",
        "/ho-so/{proposed}/",
        "/ban-giao/noi-giu/",
        "/chi-so/hien-thi/",
        "/chi-so/cham-diem/",
        "/chi-so/cham-diem/H41.15/",
        "/chi-so/cham-diem/H41.15/chi-so/1/",
        "/chi-so/ban-in/{print}/",
        "/cai-cach/",
        "/cai-cach/H41.15/2026/",
        "/khong-co-trang-nay/",
    ],
    "administrator": [
        "/tin-gui/",
        "/tin-gui/{message}/",
        "/tin-gui/hop-thu-mau/",
        "/lich-lam-viec/",
        "/quan-tri/nhap-ho-so/",
        "/thu-tuc/",
    ],
}


@pytest.fixture
def codes(transactional_db, desk: Desk, supervisor) -> dict[str, str]:
    """A dossier in each state, the latest act an hour ago."""
    now = timezone.now() - timedelta(hours=1)
    codes = {"code": desk.accept(at=now).code}
    codes["agency"] = str(desk.agency.pk)
    codes["message"] = str(make_message().pk)
    codes["print"] = str(printed_by(supervisor.username).pk)
    shown_evidence(desk.agency.code)
    codes["submitted"] = intake.submit(
        request=desk.request(channel=ChannelKind.ONLINE), at=now
    ).code
    codes["refused"] = intake.refuse(
        request=desk.request(), reason="Không thuộc thẩm quyền.", actor=desk.clerk, at=now
    ).code
    for state in ("processing", "proposed"):
        code = codes[state] = desk.accept(at=now).code
        lifecycle.transfer(target=Target(code=code), actor=desk.clerk, at=now)
        lifecycle.take(target=Target(code=code), actor=desk.officer, at=now)
    lifecycle.propose(
        target=Target(code=codes["proposed"]),
        proposal=Proposal(opinion="Đủ điều kiện."),
        actor=desk.officer,
        at=now,
    )
    ProcedureAssignment.objects.update(on_the_spot=True)
    batch = given(desk, Dossier.objects.get(code=codes["proposed"]), at=now)
    codes |= {"batch": str(batch.pk), "minutes": str(batch.prints.get().pk)}
    return codes


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_any_page(
    open_as, codes, desk: Desk, supervisor, administrator, viewport
):
    people = {
        STRANGER: None,
        "clerk": desk.clerk,
        "officer": desk.officer,
        "head": desk.head,
        "supervisor": supervisor,
        "administrator": administrator,
    }
    for role, person in people.items():
        page = open_as(person, viewport=viewport)
        for path in PAGES[role]:
            page.goto(path.format(**codes))
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], f"{path} is {width} px wide"
