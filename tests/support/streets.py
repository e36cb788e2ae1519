"""The streets of a town: phones with a real browser, a clock for everybody, workers at the back.

A server answers in threads of its own, so here the clock is one for all threads, and a thread of
ours does what the worker processes would do: events, timers, and what Stripe has to say.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from playwright.sync_api import Browser, BrowserContext, Page

from kernel import clock
from kernel.edge import working_for
from kernel.models import OutboxEvent
from tenants.messaging.channels.transport import RECORDED
from tests.support.signing_in import app_code
from tests.support.town import IN_MEXICO, Town, build, work
from tests.support.worlds_market import NOW

SHOTS = Path(os.environ.get("SCREENSHOTS", ".screenshots"))
PATIENCE_SECONDS = 15
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
SHOWN = "[...document.querySelectorAll('.photos img')].every(each => each.naturalWidth > 0)"


class SharedClock:
    """Stands in for the clock's context variable: one moment for all threads, which moves on."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def get(self) -> datetime:
        """Return what everybody's clock shows."""
        return self.begin + (clock.system_now() - self.since)

    def set(self, moment: datetime) -> datetime:
        """Let it be a moment."""
        self.begin, self.since = moment, clock.system_now()
        return moment

    def reset(self, moment: datetime) -> None:
        """Never go back."""


class Backstage(threading.Thread):
    """Does what worker processes do, until it is told to stop."""

    def __init__(self, stripe: Any) -> None:
        super().__init__(daemon=True)
        self.stripe = stripe
        self.over = threading.Event()

    def run(self) -> None:
        """Work in rounds; what fails in one is tried again in the next."""
        try:
            while not self.over.is_set():
                with suppress(DatabaseError):
                    work(self.stripe)
                self.over.wait(0.3)
        finally:
            connection.close()

    def stop(self) -> None:
        """Finish this round and go home."""
        self.over.set()
        self.join(PATIENCE_SECONDS)


class Phone:
    """A phone in somebody's hand, 360 points wide."""

    def __init__(self, page: Page, name: str, streets: "Streets", story: str) -> None:
        self.page, self.name, self.streets, self.story = page, name, streets, story
        self.secret, self.steps = "", 0

    def goto(self, path: str, host: str = "") -> "Phone":
        """Open a path at a host, by default the marketplace's."""
        self.page.goto(self.streets.at(path, host))
        return self

    def look(self, step: str) -> None:
        """Take a picture of the whole page, which is not wider than the phone."""
        self.steps += 1
        SHOTS.mkdir(exist_ok=True)
        name = f"{self.story}-{self.steps:02}-{step}.png"
        self.page.screenshot(path=str(SHOTS / name), full_page=True)
        assert self.page.evaluate(WIDER) <= 0, f"{name} scrolls sideways"

    def signs_in(self) -> None:
        """Type one's address and the code that comes."""
        email = f"{self.name}@example.com"
        if self.page.locator("input[name=contact]").count():
            self.page.fill("input[name=contact]", email)
            self.look("address")
            self.tap("main form button")
        code = self.streets.code_for(email)
        self.page.fill("input[name=code]", code)
        self.look("code")
        self.tap("main form button")

    def sets_up_an_app(self) -> None:
        """Type the key into an authenticator app, and its code into the page."""
        self.secret = self.page.locator("main code").inner_text()
        self.look("app")
        self.page.fill("input[name=code]", app_code(self.secret))
        self.tap("main form button")
        self.look("recovery")

    def tap(self, selector: str) -> None:
        """Tap the first of something and wait for the page that follows."""
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("load")

    def text(self) -> str:
        """Return what the page says."""
        return " ".join(self.page.inner_text("body").split())

    def waits_for_pictures(self) -> None:
        """Wait until every picture in sight has arrived and can be shown."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while not self.page.evaluate(SHOWN):
            assert time.monotonic() < ends, "a picture does not arrive"
            time.sleep(0.1)

    def until(self, path: str) -> None:
        """Wait until the page is at an address."""
        self.page.wait_for_url(re.compile(path), timeout=PATIENCE_SECONDS * 1000)

    def reloads_until(self, true: Callable[[str], bool]) -> str:
        """Look again and again until the page says something."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while not true(said := self.text()):
            assert time.monotonic() < ends, said
            time.sleep(0.3)
            self.page.reload()
        return said


class Streets:
    """A town on a server that browsers can reach."""

    def __init__(self, browser: Browser, port: str, shared: SharedClock, stripe: Any) -> None:
        self.browser, self.port, self.clock, self.stripe = browser, port, shared, stripe
        self.town: Town | None = None
        self.contexts: list[BrowserContext] = []

    def at(self, path: str, host: str = "") -> str:
        """Return an address."""
        slug = self.town.tenant.slug if self.town else "www"
        return f"http://{host or f'{slug}.localhost'}:{self.port}{path}"

    def phone(self, name: str, story: str, **options: Any) -> Phone:
        """Give somebody a phone."""
        shape = {"viewport": {"width": 360, "height": 740}, "locale": "es-MX"}
        context = self.browser.new_context(**{**shape, "device_scale_factor": 2, **options})
        self.contexts.append(context)
        return Phone(context.new_page(), name, self, story)

    def moves_to(self, moment: datetime) -> None:
        """Let it be later, here and at Stripe."""
        self.clock.set(moment)
        self.stripe.engine.advance(int(moment.timestamp()))

    def rests(self) -> None:
        """Wait until the workers have nothing left to tell."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while OutboxEvent.objects.filter(delivered_at__isnull=True).exists():
            assert time.monotonic() < ends, "the workers do not come to rest"
            time.sleep(0.1)

    def code_for(self, email: str) -> str:
        """Wait for the newest code that was sent to an address."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            for parcel in reversed(RECORDED):
                found = re.search(r"\b(\d{6})\b", parcel.text)
                if parcel.to == email and found:
                    RECORDED.remove(parcel)
                    return found.group(1)
            time.sleep(0.1)
        raise AssertionError(f"no code came for {email}")


@pytest.fixture
def empty_streets(
    chromium: Browser,
    live_server: Any,
    stripe_sandbox: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Streets]:
    """A server, a clock and workers, but no town yet."""
    shared = SharedClock(NOW)
    monkeypatch.setattr(clock, "_ELSEWHEN", shared)
    port = live_server.url.rsplit(":", 1)[1]
    monkeypatch.setattr(settings, "PUBLIC_PORT", f":{port}")
    RECORDED.clear()
    stripe_sandbox.engine.state.now = int(NOW.timestamp())
    streets = Streets(chromium, port, shared, stripe_sandbox)
    with backstage(stripe_sandbox):
        yield streets
        for context in streets.contexts:
            context.close()
    RECORDED.clear()


@contextmanager
def backstage(stripe: Any) -> Iterator[None]:
    """Let workers work until the end of the block."""
    thread = Backstage(stripe)
    thread.start()
    try:
        yield
    finally:
        thread.stop()


@pytest.fixture
def streets(empty_streets: Streets) -> Iterator[Streets]:
    """Patitas is open, with Ana to book and Clara who books; we work for it."""
    town = build(IN_MEXICO, empty_streets.stripe)
    empty_streets.town = town
    with working_for(town.tenant.pk):
        yield empty_streets
