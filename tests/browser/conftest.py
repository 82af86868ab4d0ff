"""A portal as it runs: gunicorn and a Celery worker as processes, a real Chromium before it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections
from playwright.sync_api import Browser, Page, sync_playwright

from organizations.models import User
from tests.conftest import PASSWORD
from tthc_portal import embedded

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
# Without these a new browser calls its maker, and a closed network answers slowly.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # With an event loop in this thread Django opens other connections and forgets these, but a
    # forked child has no loop: it would find them open and speak on its parent's sockets.
    connections.close_all()
    with sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread; ours is no asynchronous code.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: Any) -> Path:
    """The static files as production serves them: collected, hashed, compressed."""
    root: Path = tmp_path_factory.mktemp("static")
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "collectstatic", "--noinput", "-v0"],
        env={**os.environ, "STATIC_ROOT": str(root)},
        check=True,
    )
    return root


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _test_database_url() -> str:
    url = embedded.database_url()
    return url.replace(f"{urlsplit(url).path}?", f"/{connection.settings_dict['NAME']}?")


@pytest.fixture
def variables() -> dict[str, str]:
    """What a test's portal is told beside the usual; a module gives its own."""
    return {}


@pytest.fixture
def portal(
    transactional_db: None,
    tmp_path: Path,
    static_root: Path,
    settings: Any,
    variables: dict[str, str],
) -> Iterator[str]:
    """The address of a running portal on the test's database."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": _test_database_url(),
        "REDIS_URL": django_settings.REDIS_URL,
        "SECRET_KEY": embedded.secret_key(),
        "DEVELOPMENT": "true",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "VAR_DIR": str(tmp_path),
        "STATIC_ROOT": str(static_root),
        "PUBLIC_URL": address,
        "LOG_LEVEL": "WARNING",
        **variables,
    }
    log = (tmp_path / "portal.log").open("w")
    commands = (
        [
            "gunicorn",
            "tthc_portal.wsgi:application",
            "--threads=4",
            f"-b127.0.0.1:{port}",
            "--log-level=warning",
        ],
        ["celery", "-A", "tthc_portal", "worker", "-c1", "--without-gossip"],
    )
    running = [
        subprocess.Popen([BIN / name, *rest], cwd=ROOT, env=environment, stdout=log, stderr=log)
        for name, *rest in commands
    ]
    try:
        _wait_for(port)
        yield address
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)
        log.close()
        cache.clear()
        # pytest shows it with a failure.
        sys.stdout.write((tmp_path / "portal.log").read_text())


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The portal did not start.")


@pytest.fixture
def open_as(chromium: Browser, portal: str) -> Iterator[Callable[..., Page]]:
    """A signed-in person's own browser window; without a person a stranger's."""
    contexts = []

    def opened(user: User | None = None, *, viewport: dict[str, int] = DESK) -> Page:
        context = chromium.new_context(
            base_url=portal, viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.errors = errors
        if user is not None:
            sign_in(page, user.username)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            assert not page.errors
        context.close()


def sign_in(page: Page, username: str) -> None:
    """As a person does: name, password, Enter."""
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def assert_accessible(page: Page) -> None:
    """axe finds nothing to mend on this page as it stands."""
    found = Axe().run(page)
    violations = [
        (violation["id"], violation["help"], [node["html"][:200] for node in violation["nodes"]])
        for violation in found.response["violations"]
    ]
    assert not violations, f"{page.url}: {violations}"
