"""The Stripe sandbox beside a test: the real SDK over HTTP, webhooks through our own door."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel import clock, outbox
from kernel.actor import Actor
from payments.actions.onboard import onboarding_link
from payments.actions.open_page import open_page
from payments.models import Payee, Payment
from payments.queries import payee_for
from simulators.stripe import control, webhooks
from simulators.stripe.engine import Engine
from simulators.stripe.resources.endpoints import add_endpoint
from simulators.stripe.server import running

WEBHOOKS = "http://localhost/webhooks/stripe/main"


@dataclass
class StripeSandbox:
    """Stripe, and what people do on its pages."""

    engine: Engine
    url: str
    browser: Client = field(default_factory=lambda: Client(headers={"host": "localhost"}))

    def control(self, path: str, **wish: Any) -> Any:
        """Use the sandbox's control API."""
        status, answer = control.handle(self.engine, "POST", f"/control{path}", json.dumps(wish))
        assert status == 200, answer
        return answer

    def rows(self, family: str) -> list[dict[str, Any]]:
        """Return what the sandbox keeps of a kind."""
        return list(self.engine.world.family(family).values())

    def onboards(self, worker: Actor, outcome: str = "complete", **bank: str) -> Payee:
        """Let a worker open a payout account and fill in Stripe's form."""
        onboarding_link(by=worker)
        assert worker.member_id is not None
        payee = payee_for(worker.member_id)
        assert payee is not None
        self.control(f"/onboarding/{payee.account_ref}", outcome=outcome, **bank)
        self.deliver()
        payee.refresh_from_db()
        return payee

    def pays(self, payer: Actor, payment: Payment, card: str = "visa") -> Payment:
        """Let a customer pay on Stripe's page."""
        open_page(by=payer, payment_id=payment.pk)
        payment.refresh_from_db()
        self.control(f"/sessions/{payment.page_ref}/pay", card=card)
        self.deliver()
        payment.refresh_from_db()
        return payment

    def deliver(self) -> list[int]:
        """Bring what Stripe has to tell through our door, and let us work on it."""
        statuses = []
        while due := webhooks.pending(self.engine.world):
            for delivery in due:
                statuses.append(self.bring(delivery))
                webhooks.delivered(self.engine.world, [delivery["id"]])
            outbox.drain()
        outbox.drain()
        return statuses

    def drop(self) -> int:
        """Lose whatever Stripe has to tell; return how many messages that were."""
        lost = len(self.engine.state.deliveries)
        self.engine.state.deliveries.clear()
        return lost

    def bring(self, delivery: dict[str, Any], **changed: Any) -> int:
        """Bring one message; `secret`, `endpoint` or `signed_at` may be changed on the way."""
        signed_at = changed.get("signed_at", int(clock.now().timestamp()))
        message = webhooks.message(self.engine.world, delivery, signed_at=signed_at)
        endpoint = changed.get("endpoint", message["endpoint"])
        answer = self.browser.post(
            f"/webhooks/stripe/main/{endpoint}",
            data=message["payload"],
            content_type="application/json",
            headers={"Stripe-Signature": message["headers"]["Stripe-Signature"]},
        )
        return answer.status_code

    @contextmanager
    def later(self, **time: float) -> Iterator[datetime]:
        """Let time pass, here and at Stripe, and hear what happened meanwhile."""
        moment = clock.now() + timedelta(**time)
        with clock.travelling_to(moment):
            self.engine.advance(int(moment.timestamp()))
            self.deliver()
            yield moment


@pytest.fixture
def stripe_sandbox(settings: Any) -> Iterator[StripeSandbox]:
    """Stripe's sandbox answers, and payments goes there."""
    engine = Engine(seed=7, now=int(clock.now().timestamp()))
    engine.state.switches["delivery"] = "pull"
    for name, secret in settings.STRIPE_WEBHOOK_SECRETS.items():
        connect = name == "connect"
        add_endpoint(engine.world, f"{WEBHOOKS}/{name}", secret=secret, connect=connect)
    with running(engine) as box:
        settings.PAYMENTS_PROVIDER = "stripe"
        settings.STRIPE_API_BASE = box.url
        yield StripeSandbox(engine, box.url)
