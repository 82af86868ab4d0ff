"""A year in the life of a department and a commune, through the pages, day by day.

From December to November, over a Tết: what comes directly, by post and online; a supplement
under each rule of the clock; refusals, a pause, a withdrawal, a stop; another agency asked, in
time and late; results returned in one go. Every promised day is written here as people count it.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, FilePayload, Page

from dossiers.deadlines import HERE
from dossiers.models import Correction, Dossier
from dossiers.statuses import DossierStatus, FormKind
from organizations.models import Agency, User
from organizations.roles import Role
from procedures.models import ProcedureAssignment
from tests.browser import year as years
from tests.browser.conftest import DESK, assert_accessible, sign_in
from tests.browser.year import Year
from tests.conftest import Desk, make_user, make_version

CODE = "1.001193"
SIGNED = FilePayload(name="ket-qua.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 signed")


@dataclass
class Place:
    """An agency with the three people through whose hands its dossiers go."""

    agency: Agency
    clerk: User
    officer: User
    head: User


@pytest.fixture
def open_window(chromium: Browser, live_server: Any) -> Iterator[Callable[[User], Page]]:
    """A signed-in person's own browser window on the portal of this very process."""
    contexts = []

    def opened(user: User) -> Page:
        contexts.append(chromium.new_context(base_url=live_server.url, viewport=DESK))
        page = contexts[-1].new_page()
        page.set_default_timeout(20_000)
        sign_in(page, user.username)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def department(desk: Desk) -> Place:
    return Place(desk.agency, desk.clerk, desk.officer, desk.head)


@pytest.fixture
def village(commune: Agency, commune_clerk: User) -> Place:
    officer = make_user("lan", "Hoàng Thị Lan", commune, Role.OFFICER)
    head = make_user("minh", "Võ Văn Minh", commune, Role.HEAD, title="Chủ tịch")
    make_version(commune, code="2.000815", name="Chứng thực bản sao từ bản chính")
    make_version(commune, code="1.004873", name="Cấp giấy xác nhận tình trạng hôn nhân")
    on_the_spot = ProcedureAssignment.objects.filter(procedure__code="1.004873")
    on_the_spot.update(on_the_spot=True)
    return Place(commune, commune_clerk, officer, head)


def test_a_year_in_the_life_of_a_department_and_a_commune(
    transactional_db,
    open_window,
    department: Place,
    village: Place,
    administrator: User,
    foreign_officer: User,
    supervisor: User,
):
    with years.begun("2025-12-01 08:00", open_window) as year:
        early = a_straight_path(year, department)
        a_postal_dossier_over_tet(year, department)
        an_online_dossier(year, department)
        supplements_under_each_rule(year, department, administrator)
        refusals(year, department)
        a_pause_and_a_withdrawal(year, department)
        other_agencies(year, department, foreign_officer)
        many_at_once(year, village)
        four_on_the_spot(year, village)
        done_in_fact(year, department, supervisor)

        page = year.page(department.clerk, f"/ho-so/{early}/")
        assert_accessible(page)
        year.on("2026-11-06 08:00")
        assert intact()
    assert not Dossier.objects.filter(event_count=0).exists()


def a_straight_path(year: Year, place: Place) -> str:
    """Received at the counter, resolved two days early, returned with its receipt numbered."""
    code = received(year, place, "Nguyễn Thị Đào", "040190001234")
    assert due(code) == "08/12/2025 17:00"
    text = year.printed(code, FormKind.RECEIPT)
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    assert "ngày 08 tháng 12 năm 2025" in text or "08/12/2025" in text
    year.on("2025-12-04 09:00")
    resolve(year, place, code, "01/LLTP")
    year.act(place.clerk, code, "Thu phí, lệ phí", method="cash")
    year.act(place.clerk, code, "Trả kết quả", method="counter")
    assert state(code) == DossierStatus.RETURNED
    return code


def a_postal_dossier_over_tet(year: Year, place: Place) -> None:
    """By post on the Thursday before Tết; returned by post with the number of the parcel."""
    year.on("2026-02-12 09:00")
    code = received(
        year, place, "Phan Văn Tư", "040185002345", channel="postal",
        return_method="post", return_address="Xóm 3, xã Nam Đàn, tỉnh Nghệ An",
    )  # fmt: skip
    assert due(code) == "26/02/2026 17:00"
    year.on("2026-02-25 10:00")
    resolve(year, place, code, "02/LLTP")
    year.act(place.clerk, code, "Trả kết quả", method="post", tracking_number="EV123456789VN")
    assert Dossier.objects.get(code=code).result.tracking_number == "EV123456789VN"


def an_online_dossier(year: Year, place: Place) -> None:
    """Registered by the national portal at night, accepted in the morning: the clock starts then."""
    year.on("2026-02-27 22:30")
    page = year.page(place.clerk, "/ho-so/")
    code = submitted(page, place)
    assert state(code) == DossierStatus.SUBMITTED
    year.on("2026-03-02 07:45")
    year.act(place.clerk, code, "Tiếp nhận hồ sơ")
    assert due(code) == "09/03/2026 17:00"
    resolve(year, place, code, "03/LLTP", file=SIGNED)
    year.act(place.clerk, code, "Trả kết quả", method="online")


# The Monday of the acceptance; what a wait from Thursday to the next Monday makes of the day.
WAITS = (
    ("2026-03-09", None, "23/03/2026 17:00"),  # five working days again
    ("2026-04-06", "subtract", "15/04/2026 17:00"),  # less than two working days given back
    ("2026-06-08", "shift", "19/06/2026 17:00"),  # four days later
)


def supplements_under_each_rule(year: Year, place: Place, administrator: User) -> None:
    """The same wait under the three rules of the clock: three promised days."""
    for monday, effect, promised in WAITS:
        year.on(f"{monday} 08:00")
        if effect:
            decide_rule(year, administrator, effect)
        assert after_a_supplement(year, place, monday) == promised


def decide_rule(year: Year, administrator: User, effect: str) -> None:
    """An administrator's page: from today on, for this version."""
    page = year.page(administrator, f"/thu-tuc/{CODE}/phien-ban/1/quy-tac/")
    page.check(f"input[name=effect][value={effect}]")
    page.fill("[name=in_force_from]", f"{datetime.now(HERE):%d/%m/%Y}")
    page.fill("[name=basis]", "Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP")
    page.get_by_role("button", name="Ghi quy tắc").click()
    page.get_by_text("Đang áp dụng: ").wait_for()


def after_a_supplement(year: Year, place: Place, monday: str) -> str:
    """Accepted on a Monday, asked for on Thursday, complete on the next Monday; the new day."""
    first = datetime.fromisoformat(monday).day
    week = f"{monday[:8]}{{:02}} {{:02}}:00"
    year.on(week.format(first, 9))
    code = received(year, place, "Hồ Thị Ba", f"0401900034{first:02}")
    taken_up(year, place, code)
    year.on(week.format(first + 3, 9))
    year.act(
        place.officer, code, "Yêu cầu bổ sung hồ sơ",
        reason="Hồ sơ chưa đủ giấy tờ.", name_1="Giấy khai sinh", copies_1="1",
    )  # fmt: skip
    assert "Giấy khai sinh" in year.printed(code, FormKind.SUPPLEMENT)
    year.on(week.format(first + 7, 8))
    year.act(place.clerk, code, "Nhận hồ sơ bổ sung", item_1="on")
    promised = due(code)
    approved(year, place, code, f"{first}/BS")
    year.act(place.clerk, code, "Trả kết quả", method="counter")
    return promised


def refusals(year: Year, place: Place) -> None:
    """Refused at the counter, and refused after appraisal within the limit: Mẫu 03 for both."""
    year.on("2026-06-22 09:00")
    page = fill_in(year, place, "Trần Văn Năm", "040190005678")
    page.locator("summary", has_text="Từ chối tiếp nhận").click()
    page.fill("[name=reason]", "Không thuộc thẩm quyền giải quyết của tỉnh.")
    page.get_by_role("button", name="Từ chối và in phiếu").click()
    page.wait_for_url(re.compile("/mau/refusal/"))
    at_the_counter = code_in(page.url)
    said = year.printed(at_the_counter, FormKind.REFUSAL)
    assert "Không thuộc thẩm quyền giải quyết của tỉnh." in said

    code = received(year, place, "Trần Thị Sáu", "040190006789")
    taken_up(year, place, code)
    year.on("2026-06-25 09:00")
    reason = "Thông tin khai không khớp với Cơ sở dữ liệu quốc gia về dân cư."
    year.act(place.officer, code, "Trình phê duyệt", opinion=f"Đề nghị từ chối. {reason}")
    year.act(place.head, code, "Từ chối giải quyết", reason=reason)
    assert reason in year.printed(code, FormKind.REFUSAL)
    assert state(code) == DossierStatus.DECLINED


def a_pause_and_a_withdrawal(year: Year, place: Place) -> None:
    """A financial duty of nearly two days moves the day by two; a third party withdraws, another stops."""
    year.on("2026-07-06 09:00")
    code = received(year, place, "Đậu Thị Bảy", "040190007890")
    taken_up(year, place, code)
    year.on("2026-07-07 09:00")
    year.act(
        place.officer, code, "Tạm dừng chờ nghĩa vụ tài chính", reason="Thông báo nộp tiền số 12."
    )
    assert state(code) == DossierStatus.AWAITING_PAYMENT
    year.on("2026-07-09 08:00")
    year.act(
        place.officer, code, "Ghi nhận đã thực hiện nghĩa vụ tài chính", reason="Biên lai số 34."
    )
    assert due(code) == "15/07/2026 17:00"
    year.act(place.head, code, "Dừng giải quyết", reason="Quyết định của Tòa án số 5.")
    assert "Quyết định của Tòa án số 5." in year.printed(code, FormKind.STOP_NOTICE)

    code = received(year, place, "Đậu Văn Tám", "040190008901")
    year.act(place.clerk, code, "Ghi nhận người nộp rút hồ sơ", reference="Đơn ngày 09/07/2026")
    assert state(code) == DossierStatus.WITHDRAWN


def other_agencies(year: Year, place: Place, asked: User) -> None:
    """One agency answers in time, and late the second time: the counter's head must know."""
    for monday, answer_day, is_late in (("2026-08-03", "2026-08-05", False),
                                        ("2026-08-10", "2026-08-14", True)):  # fmt: skip
        year.on(f"{monday} 09:00")
        code = received(year, place, "Cao Thị Chín", f"04019000{monday[8:]}12")
        taken_up(year, place, code)
        ask(year, place, code)
        year.on(f"{answer_day} 10:00")
        answer(year, asked, code)
        kinds = Dossier.objects.get(code=code).events.values_list("kind", flat=True)
        assert ("consultation_late" in kinds) is is_late
        assert "consultation_answered" in kinds
        approved(year, place, code, f"{monday}/YK")


def ask(year: Year, place: Place, code: str) -> None:
    page = year.page(place.officer, f"/ho-so/{code}/lay-y-kien/")
    page.fill("[name=content]", "Đề nghị cho biết công trình có trong quy hoạch không.")
    page.select_option("[name=agency_1]", label="Sở Xây dựng tỉnh Nghệ An")
    page.fill("[name=term_1]", "2")
    page.get_by_role("button", name="Gửi lấy ý kiến").click()
    page.get_by_text("Đã gửi yêu cầu lấy ý kiến").wait_for()


def answer(year: Year, person: User, code: str) -> None:
    page = year.page(person, "/lien-thong/")
    page.get_by_role("link", name=code).click()
    page.check("input[name=verdict][value=agrees]")
    page.fill("[name=answer]", "Công trình có trong quy hoạch.")
    page.get_by_role("button", name="Gửi trả lời").click()
    page.get_by_text("Trả lời: đồng ý").wait_for()


def many_at_once(year: Year, place: Place) -> None:
    """A commune's morning: three results are there and all are returned in one go."""
    year.on("2026-09-07 08:00")
    codes = [
        received(year, place, f"Vi Văn {name}", f"040190{number}1111", procedure="2.000815")
        for number, name in enumerate(("Mười", "Một", "Hai"), start=10)
    ]
    for number, code in enumerate(codes):
        resolve(year, place, code, f"{number}/CT")
    page = year.page(place.clerk, "/ho-so/?tab=cho-tra")
    for box in page.locator("tbody [data-mark]").all():
        box.check()
    page.get_by_role("button", name="Trả kết quả…").click()
    page.get_by_role("button", name="Trả kết quả 3 hồ sơ").click()
    page.wait_for_url(re.compile(r"/hang-loat/\d+/"))
    page.get_by_text("Xong lúc").wait_for()
    assert {state(code) for code in codes} == {DossierStatus.RETURNED}


def four_on_the_spot(year: Year, place: Place) -> None:
    """Received, appraised, signed and returned while the citizen waits, on one page."""
    code = received(year, place, "Vi Thị Ba", "040190331111", procedure="1.004873")
    page = year.page(place.clerk, f"/ho-so/{code}/tai-cho/")
    page.fill("[name=opinion]", "Đã tra cứu Cơ sở dữ liệu hộ tịch: chưa đăng ký kết hôn.")
    page.get_by_role("button", name="Thẩm định xong, trình ký").click()
    page.get_by_text("Chờ lãnh đạo").wait_for()
    signing = year.page(place.head, f"/ho-so/{code}/tai-cho/")
    signing.fill("[name=number]", "88/XN")
    signing.get_by_role("button", name="Phê duyệt").click()
    # The counter's page follows by itself.
    page.get_by_role("button", name="Trả kết quả").click()
    page.get_by_text("Hồ sơ được giải quyết xong tại chỗ.").wait_for()
    assert_accessible(page)
    assert state(code) == DossierStatus.RETURNED


def done_in_fact(year: Year, place: Place, supervisor: User) -> None:
    """Signed in time on paper, entered late: corrected by one, accepted by another, both kept."""
    year.on("2026-10-05 09:00")
    code = received(year, place, "Ngô Thị Mười", "040190002222")
    taken_up(year, place, code)
    year.on("2026-10-08 15:00")
    year.act(place.officer, code, "Trình phê duyệt", opinion="Hồ sơ đầy đủ, hợp lệ.")
    year.on("2026-10-15 15:00")
    year.act(place.head, code, "Phê duyệt kết quả", number="99/LLTP", issued_date="09/10/2026")
    recorded = Dossier.objects.get(code=code).resolved_at
    page = year.page(place.officer, f"/ho-so/{code}/")
    page.get_by_text("Đề nghị đính chính mốc thời gian").click()
    page.check("input[name=moment][value=ended]")
    page.fill("[name=true_day]", "09/10/2026")
    page.fill("[name=true_time]", "10:00")
    page.fill("[name=reason]", "Đã ký trên giấy đúng hẹn; hệ thống ngừng từ ngày 08/10/2026.")
    page.fill("[name=reference]", "Sổ đăng ký văn bản đi, trang 12")
    page.get_by_role("button", name="Gửi đề nghị đính chính").click()
    page.get_by_text("Đã gửi đề nghị đính chính").wait_for()
    address = urlsplit(page.url).path
    assert year.page(place.head, address).get_by_text("Chấp nhận đính chính").count() == 0
    page = year.page(supervisor, address)
    assert_accessible(page)
    page.get_by_role("button", name="Chấp nhận đính chính").click()
    page.get_by_text("Đã chấp nhận đính chính").wait_for()
    after = Dossier.objects.get(code=code)
    assert after.resolved_at == recorded
    accepted = Correction.objects.get(dossier=after)
    assert (accepted.former_at, accepted.true_at < after.due_at) == (recorded, True)


# -- What is done to every dossier ------------------------------------------------------


def fill_in(year: Year, place: Place, name: str, number: str, **typed: str) -> Page:
    """The intake form of the procedure, filled in for this person."""
    procedure, channel = typed.pop("procedure", CODE), typed.pop("channel", "direct")
    page = year.page(place.clerk, f"/tiep-nhan/?thu_tuc={procedure}&kenh={channel}")
    page.fill("[name=identity_number]", number)
    page.fill("[name=name]", name)
    page.fill("[name=phone]", "0912345678")
    page.fill("[name=address]", "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An")
    for field, value in typed.items():
        if page.locator(f"select[name={field}]").count():
            page.select_option(f"[name={field}]", value)
        else:
            page.fill(f"[name={field}]", value)
    for box in page.locator("#receive [data-received]").all():
        box.check()
    return page


def received(year: Year, place: Place, name: str, number: str, **typed: str) -> str:
    """Received at the counter; the code of the new dossier."""
    page = fill_in(year, place, name, number, **typed)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile("/mau/receipt/"))
    return code_in(page.url)


def submitted(page: Page, place: Place) -> str:
    """As the national portal registers it, by the API."""
    membership = place.clerk.memberships.get()
    body = {
        "procedure": CODE, "agency": place.agency.code, "counter": membership.counter_id,
        "channel": "online",
        "applicant": {"kind": "person", "name": "Trương Thị Tám", "phone": "0912345678",
                      "identity_number": "040190009012", "address": "Xã Kim Liên"},
        "return_method": "online",
    }  # fmt: skip
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(
        "/api/v1/dossiers/submissions/",
        data=json.dumps(body),
        headers={
            "Content-Type": "application/json",
            "X-CSRFToken": cookies.get("csrftoken") or token,
            "Referer": page.url,
        },
    )
    assert answer.ok, answer.text()
    return str(answer.json()["code"])


def taken_up(year: Year, place: Place, code: str) -> None:
    year.act(place.clerk, code, "Chuyển cơ quan giải quyết")
    year.act(place.officer, code, "Nhận xử lý")


def approved(year: Year, place: Place, code: str, number: str, **more: FilePayload) -> None:
    year.act(place.officer, code, "Trình phê duyệt", opinion="Hồ sơ đầy đủ, hợp lệ.")
    year.act(place.head, code, "Phê duyệt kết quả", number=number, **more)


def resolve(year: Year, place: Place, code: str, number: str, **more: FilePayload) -> None:
    """From the counter to the signed result."""
    taken_up(year, place, code)
    approved(year, place, code, number, **more)


def code_in(address: str) -> str:
    return address.split("/ho-so/")[1].split("/")[0]


def state(code: str) -> str:
    return Dossier.objects.get(code=code).status


def due(code: str) -> str:
    moment = Dossier.objects.get(code=code).due_at
    return f"{moment.astimezone(HERE):%d/%m/%Y %H:%M}"


def intact() -> bool:
    out = StringIO()
    call_command("verify_ledger", "--json", stdout=out)
    return bool(json.loads(out.getvalue())["intact"])
