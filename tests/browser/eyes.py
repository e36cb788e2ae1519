"""How a page is looked at: no sideways scrolling, no complaint from axe, a picture if wanted."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

SHOTS = os.environ.get("SCREENSHOTS", "")
NOT_OURS = {"exclude": [[".messages"]]}  # Wagtail's own, and still fading in.
RULES = {"runOnly": ["wcag2a", "wcag2aa"]}
PATIENCE = 30_000  # Milliseconds a page may take to say something, however busy the machine is.


def shoot(page: Page, name: str) -> None:
    """Take a picture of the whole page, where one is wanted."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def follow(page: Page, to: Locator) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with page.expect_navigation(timeout=PATIENCE):
        to.click()


def look(page: Page, name: str) -> None:
    """No sideways scrolling, nothing axe complains about; a picture where one is wanted."""
    page.wait_for_load_state()
    shoot(page, name)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    found = Axe().run(page, context=NOT_OURS, options=RULES).response["violations"]
    ills = [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
    assert not ills, f"{name}: {ills}"
