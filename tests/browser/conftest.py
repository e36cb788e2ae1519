"""One Chromium for all browser tests; each test gets a phone or a desk of its own."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.worlds import signed_in_client

HOST = "patitas.localhost"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, without a window."""
    names = (os.environ.get("CHROMIUM", "chromium"), "chromium-browser")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip("BROWSER NOT TESTED: no chromium on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone_of(chromium, live_server, settings, stripe_sandbox):
    """Give people phones on which they have signed in."""
    port = live_server.url.rsplit(":", 1)[1]
    settings.PUBLIC_PORT = f":{port}"
    contexts = []

    def phone(name, width=360, strong=False):
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, base_url=f"http://{HOST}:{port}"
        )
        contexts.append(context)
        jar = signed_in_client(name, host=f"{HOST}:{port}", strong=strong).cookies
        sid = jar[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sid, "domain": HOST, "path": "/"}
        context.add_cookies([cookie])
        return context.new_page()

    yield phone
    for context in contexts:
        context.close()
