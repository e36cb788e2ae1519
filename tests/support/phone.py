"""A phone: a real browser, small, in the language of its owner, with no network but ours."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once. Playwright keeps an event loop, which Django takes for async code."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: browser tests did not run")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A fresh phone of 360 by 740 points, in Spanish."""
    context = browser.new_context(viewport=PHONE, locale="es-MX")
    yield context.new_page()
    context.close()
