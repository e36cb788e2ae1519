"""The Stripe adapter at its desk: the sandbox in this process, each request remembered."""

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import stripe

from kernel import clock
from kernel.money import Money
from payments.providers.base import (
    AllocationOrder,
    PageOrder,
    PayeeOrder,
    PayoutOrder,
)
from payments.providers.saved import CardOrder, SavedCharge
from payments.providers.stripe import Stripe
from simulators.stripe import control
from simulators.stripe.engine import Answer, Engine
from simulators.stripe.forms import decode
from simulators.stripe.state import State
from simulators.stripe.transport import EngineTransport


@dataclass
class Request:
    """One request as it went over the wire, and how things stood before it."""

    method: str
    path: str
    params: dict[str, Any]
    headers: dict[str, str]
    before: str

    def again(self, params: dict[str, Any]) -> Answer:
        """Ask the same with other parameters, at the same moment, under no key."""
        engine = Engine(state=State.from_json(self.before))
        headers = {name: text for name, text in self.headers.items() if name != "Idempotency-Key"}
        return engine.handle(self.method, self.path, deepcopy(params), headers)


class Wire(EngineTransport):
    """A transport that remembers what was asked."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.asked: list[Request] = []

    def request(
        self, method: str, url: str, headers: Any, post_data: Any = None, **more: Any
    ) -> Any:
        """Remember a request, then answer it."""
        path, _, query = url.removeprefix("https://api.stripe.com").partition("?")
        form = (post_data if method == "post" else query) or ""
        before = self.engine.state.to_json()
        self.asked.append(Request(method, path, decode(form), dict(headers), before))
        return super().request(method, url, headers, post_data, **more)


@dataclass
class Desk:
    """The adapter, with the sandbox beneath it, and what earlier requests have made."""

    stripe: Stripe
    engine: Engine
    wire: Wire
    spoken: stripe.StripeClient

    def control(self, path: str, **wish: Any) -> Any:
        """Do what people do on Stripe's pages, or what their banks do."""
        text = json.dumps(wish)
        status, answer = control.handle(self.engine, "POST", f"/control{path}", text)
        assert status == 200, answer
        return answer

    def page(self, **changed: Any) -> str:
        """Open a page and return its name."""
        return self.stripe.open_page(page_order(**changed), f"k{uuid4()}").ref

    def paid(self, **changed: Any) -> str:
        """Let somebody pay, and return the intent."""
        page = self.page(**changed)
        self.control(f"/sessions/{page}/pay", card="visa")
        return self.stripe.fetch_payment(page_ref=page, intent_ref="").intent_ref

    def charge(self, currency: str = "MXN") -> str:
        """Let somebody pay, and return the charge."""
        intent = self.paid(currency=currency)
        return self.stripe.fetch_payment(page_ref="", intent_ref=intent).charge_ref

    def disputed(self) -> str:
        """Let a bank dispute a charge, and return the dispute."""
        return str(self.control("/disputes", charge=self.charge())["id"])

    def warned(self) -> str:
        """Let a bank warn of fraud, and return the warning."""
        return str(self.control("/warnings", charge=self.charge())["id"])

    def account(self, country: str = "MX", currency: str = "MXN") -> str:
        """Open an account and fill in Stripe's form."""
        made = self.stripe.open_account(payee_order(country, currency), f"k{uuid4()}")
        self.control(f"/onboarding/{made}", outcome="complete")
        return made

    def transfer(self, country: str = "MX", currency: str = "MXN") -> tuple[str, str]:
        """Move money to an account; return both names."""
        account = self.account(country, currency)
        order = allocation(account, self.charge(currency), currency)
        return account, self.stripe.allocate(order, f"k{uuid4()}")

    def funded(self, country: str = "MX", currency: str = "MXN") -> str:
        """Return an account with settled money on it."""
        account, _ = self.transfer(country, currency)
        self.engine.advance(self.engine.state.now + 5 * 86_400)
        return account


def page_order(*, capture: str = "automatic", currency: str = "MXN") -> PageOrder:
    return PageOrder(
        payment_id=uuid4(),
        lines=(("Paseo", Money(currency, 60_900)), ("Propina", Money(currency, 5_000))),
        capture=capture,
        success_url="http://patitas.localhost/pay/1/return/",
        cancel_url="http://patitas.localhost/pay/1/return/?cancelled=1",
        locale="es",
        expires_at=clock.now() + timedelta(hours=1),
        group="booking_1",
        business="Patitas",
        email="clara@example.com",
    )


def card_order() -> CardOrder:
    return CardOrder(
        payment_id=uuid4(),
        currency="MXN",
        success_url="http://patitas.localhost/pay/1/return/",
        cancel_url="http://patitas.localhost/pay/1/return/?cancelled=1",
        locale="es",
        expires_at=clock.now() + timedelta(hours=1),
        business="Patitas",
    )


def payee_order(country: str, currency: str) -> PayeeOrder:
    return PayeeOrder(
        payee_id=uuid4(),
        country=country,
        currency=currency,
        email="ana@example.com",
        business="Paseos",
    )


def allocation(account: str, charge: str, currency: str) -> AllocationOrder:
    return AllocationOrder(
        allocation_id=uuid4(),
        account_ref=account,
        charge_ref=charge,
        amount=Money(currency, 50_000),
        group="booking_1",
        purpose="worker",
    )


def payout(account: str, rail: str = "stripe_standard", currency: str = "MXN") -> PayoutOrder:
    return PayoutOrder(
        payout_id=uuid4(),
        attempt=1,
        account_ref=account,
        amount=Money(currency, 20_000),
        rail=rail,
    )


def saved(desk: Desk) -> SavedCharge:
    customer = desk.spoken.v1.customers.create({"email": "clara@example.com"}).id
    card = desk.spoken.v1.payment_methods.attach("pm_card_visa", {"customer": customer}).id
    return SavedCharge(
        payment_id=uuid4(),
        amount=Money("MXN", 5_000),
        customer_ref=customer,
        method_ref=card,
        group="booking_1",
    )
