"""Takes the pictures of the README from the running demonstration: start `make demo` first.

.venv/bin/python docs/take_pictures.py [address]
"""

import re
import shutil
import sys
from io import BytesIO
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
PICTURES = Path(__file__).parent / "pictures"
# Every sign-in of the demonstration has it.
PASSWORD = "Mot-cua-2026"  # noqa: S105
SIZE = {"width": 1366, "height": 768}


def signed_in(page: Page, username: str) -> None:
    """As a person does."""
    page.goto(f"{ADDRESS}/dang-nhap/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def receive(page: Page) -> str:
    """A real procedure of the catalogue; returns the code of the dossier."""
    page.goto(f"{ADDRESS}/tiep-nhan/?thu_tuc=1.000802")
    page.fill("input[name=identity_number]", "040190001234")
    page.fill("input[name=name]", "Nguyễn Thị Đào")
    page.fill("input[name=phone]", "0900345678")
    page.fill("input[name=address]", "Xóm Sen 2, xã Kim Liên, tỉnh Nghệ An")
    for paper in page.get_by_role("checkbox", name=re.compile("Văn bản|ảnh màu")).all()[:2]:
        paper.check()
    page.screenshot(path=PICTURES / "intake.png")
    page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    if page.get_by_text("Vẫn tiếp nhận").count():
        page.get_by_label(re.compile("Vẫn tiếp nhận")).check()
        page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").click()
    page.locator("iframe#form-pdf").wait_for(timeout=60_000)
    return page.url.split("/ho-so/")[1].split("/")[0]


def receipt(page: Page, code: str) -> None:
    """The first page of the PDF, as it is printed."""
    answer = page.request.get(f"{ADDRESS}/ho-so/{code}/mau/receipt.pdf")
    document = pypdfium2.PdfDocument(BytesIO(answer.body()))
    document[0].render(scale=2).to_pil().save(PICTURES / "receipt.png", optimize=True)


def main() -> None:
    """Worklist, intake, dossier, receipt, and what the province's office sees and counts."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        clerk = browser.new_page(viewport=SIZE, locale="vi-VN")
        signed_in(clerk, "binh")
        clerk.goto(f"{ADDRESS}/ho-so/")
        clerk.screenshot(path=PICTURES / "worklist.png")
        code = receive(clerk)
        receipt(clerk, code)
        clerk.goto(f"{ADDRESS}/ho-so/{code}/")
        clerk.get_by_text("Vì sao ngày này?").click()
        clerk.screenshot(path=PICTURES / "dossier.png")
        office = browser.new_page(viewport=SIZE, locale="vi-VN")
        signed_in(office, "van")
        office.goto(f"{ADDRESS}/ho-so/?tab=qua-han")
        office.screenshot(path=PICTURES / "overdue.png")
        office.goto(f"{ADDRESS}/chi-so/")
        office.screenshot(path=PICTURES / "indicators.png")
        browser.close()


if __name__ == "__main__":
    main()
