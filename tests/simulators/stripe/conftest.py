"""A sandbox that answers over HTTP, the SDK talking to it, and someone who hears its webhooks."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.request import Request, urlopen

import pytest
import stripe

from simulators.stripe.engine import Engine
from simulators.stripe.resources.endpoints import add_endpoint
from simulators.stripe.server import Sandbox, running

NOON = 1_795_176_000  # Friday, 2026-11-20 12:00 UTC
DAY = 86_400
SECRETS = {"platform": "whsec_p", "connect": "whsec_c"}
CONTROLLER = {
    "fees": {"payer": "application"},
    "losses": {"payments": "application"},
    "requirement_collection": "stripe",
    "stripe_dashboard": {"type": "express"},
}


@pytest.fixture
def engine() -> Engine:
    """A fresh sandbox whose clock stands still."""
    return Engine(seed=7, now=NOON)


@pytest.fixture
def sandbox(engine: Engine) -> Iterator[Sandbox]:
    """The sandbox behind a port."""
    with running(engine) as box:
        yield box


@pytest.fixture
def client(sandbox: Sandbox) -> stripe.StripeClient:
    """The real SDK, pointed at the sandbox."""
    return stripe.StripeClient("sk_test_x", base_addresses={"api": sandbox.url})


@dataclass
class Remote:
    """The control API and small stories told through it and the SDK."""

    sandbox: Sandbox
    client: stripe.StripeClient

    def control(self, path: str, body: Any = None, method: str = "POST") -> Any:
        """Ask the control API; returns the JSON it answers."""
        request = Request(
            f"{self.sandbox.url}/control{path}",
            data=None if method == "GET" else json.dumps(body or {}).encode(),
            method=method,
        )
        with urlopen(request, timeout=5) as answer:
            return json.load(answer)

    def worker(self, country: str = "MX", schedule: str = "manual", **bank: str) -> str:
        """An onboarded account that can be paid."""
        payouts: Any = {"schedule": {"interval": schedule}}
        account = self.client.v1.accounts.create(
            {
                "country": country,
                "controller": CONTROLLER,
                "capabilities": {"transfers": {"requested": True}},
                "settings": {"payouts": payouts},
            }
        )
        self.control(f"/onboarding/{account.id}", {"outcome": "complete", **bank})
        return account.id

    def session(self, amount: int = 65_900, **more: Any) -> Any:
        """An open pay page."""
        price = {
            "currency": more.pop("currency", "mxn"),
            "unit_amount": amount,
            "product_data": {"name": "Home cleaning, 3 h"},
        }
        return self.client.v1.checkout.sessions.create(
            {
                "mode": "payment",
                "success_url": "http://shop.localhost/done?s={CHECKOUT_SESSION_ID}",
                "cancel_url": "http://shop.localhost/cancelled",
                "line_items": [{"quantity": 1, "price_data": price}],
                **more,
            }
        )

    def charge(self, amount: int = 65_900, card: str = "visa", **more: Any) -> Any:
        """A paid session's charge."""
        session = self.session(amount, **more)
        self.control(f"/sessions/{session.id}/pay", {"card": card})
        paid = self.client.v1.checkout.sessions.retrieve(
            session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
        )
        return paid.payment_intent.latest_charge

    def later(self, seconds: int) -> None:
        """Let time pass in the sandbox."""
        self.control("/clock", {"add": seconds})


@pytest.fixture
def remote(sandbox: Sandbox, client: stripe.StripeClient) -> Remote:
    """The sandbox and its SDK in one hand."""
    return Remote(sandbox, client)


@dataclass
class Ear:
    """A webhook receiver; `answers` are the statuses it gives, the last one for ever."""

    engine: Engine
    url: str = ""
    answers: list[int] = field(default_factory=lambda: [200])
    heard: list[tuple[str, str, str]] = field(default_factory=list)
    rings: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int) -> list[Any]:
        """The first events heard, in order of arrival, their signatures verified."""
        with self.rings:
            assert self.rings.wait_for(lambda: len(self.heard) >= count, 5), self.heard
            heard = self.heard[:count]
        return _verified(heard)

    def everything(self) -> list[Any]:
        """All events, once nothing is left to deliver."""
        deadline = time.monotonic() + 5
        while self.engine.state.deliveries:
            assert time.monotonic() < deadline, self.engine.state.deliveries
            time.sleep(0.01)
        return _verified(self.heard)


def _verified(heard: list[tuple[str, str, str]]) -> list[Any]:
    return [
        stripe.Webhook.construct_event(payload, signature, SECRETS[path])
        for path, payload, signature in heard
    ]


@pytest.fixture
def ear(engine: Engine) -> Iterator[Ear]:
    """Somebody who listens at both endpoints of the sandbox."""
    listener = Ear(engine)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            with listener.rings:
                answers = listener.answers
                status = answers.pop(0) if len(answers) > 1 else answers[0]
                if status == 200:
                    signature = self.headers["Stripe-Signature"]
                    listener.heard.append((self.path.strip("/"), body, signature))
                    listener.rings.notify_all()
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    listener.url = f"http://127.0.0.1:{server.server_address[1]}"
    for name, secret in SECRETS.items():
        url = f"{listener.url}/{name}"
        add_endpoint(engine.world, url, secret=secret, connect=name == "connect")
    yield listener
    server.shutdown()
    server.server_close()
    thread.join()
