"""Every component, in a real browser: accessible, inside the screen, and big enough for a thumb."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import RequestFactory

from config.brand import stylesheet
from config.styleguide import styleguide

pytestmark = pytest.mark.browser

SITE = "http://style.localhost"
SIZES = {"phone": {"width": 360, "height": 640}, "desk": {"width": 1280, "height": 900}}
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "a.button, button, label.chip, label.choice, label.slot, .scale label, .stars-input label, " +
    ".nav a, .pagination a, summary, select, textarea, input:not([type=radio], [type=checkbox])"
)].map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < 44 || box.width < 36))
  .map(([html]) => html)"""


def answer(route):
    """Serve the page, its styles and its script without a server or a database."""
    path = route.request.url.removeprefix(SITE)
    if path.startswith("/brand/"):
        route.fulfill(content_type="text/css", body=stylesheet(path[7:13]))
    elif path.startswith("/static/"):
        route.fulfill(path=Path(finders.find(path.removeprefix("/static/"))))
    else:
        page = styleguide(RequestFactory().get(path, headers={"Accept-Language": "es"}))
        route.fulfill(content_type="text/html; charset=utf-8", body=page.content.decode())


@pytest.fixture
def opened(chromium, settings):
    settings.OFICIO_SIMULATORS = True
    contexts = []

    def open_page(size="phone", scheme="light", path="/styleguide/", **options):
        context = chromium.new_context(viewport=SIZES[size], color_scheme=scheme, **options)
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(SITE + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("size", "scheme", "brand"),
    [
        ("phone", "light", ""),
        ("phone", "dark", ""),
        ("desk", "light", ""),
        ("desk", "dark", ""),
        ("phone", "light", "0f766e"),
        ("phone", "light", "ffd400"),
        ("phone", "dark", "a21caf"),
    ],
)
def test_axe_finds_nothing_wrong(opened, size, scheme, brand):
    page = opened(size, scheme, f"/styleguide/?brand={brand}")

    found = Axe().run(page, options=None).response

    assert [(each["id"], each["nodes"][0]["target"]) for each in found["violations"]] == []
    assert {"color-contrast", "label", "svg-img-alt"} <= {each["id"] for each in found["passes"]}


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_screen(opened, size):
    page = opened(size)

    assert page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]


def test_what_a_thumb_has_to_hit_is_large_enough(opened):
    assert opened("phone").evaluate(SMALL_TARGETS) == []


def test_stars_and_slots_work_without_javascript(opened):
    page = opened(java_script_enabled=False)

    page.locator(".stars-input label").nth(2).click()
    page.locator(".slot", has_text="08:00").click()

    assert page.locator(".stars-input").first.locator("input").nth(2).is_checked()
    assert page.locator("input[name=slot]").first.is_checked()
