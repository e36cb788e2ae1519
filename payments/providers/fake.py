"""A payment company in memory, for tests of what is around it: it says yes to everything.

Whoever opens a page has paid when they come back; payouts are paid when a test says so.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from kernel import clock
from kernel.money import Money
from payments.providers.base import (
    AllocationOrder,
    DisputeFact,
    NoAnswer,
    Page,
    PageOrder,
    PayeeFact,
    PayeeOrder,
    PaymentFact,
    PayoutFact,
    PayoutOrder,
    Rails,
    RefundFact,
    RefundOrder,
    SaidNo,
    TakeBackOrder,
)
from payments.providers.by_hand import TellsNothing
from payments.providers.registry import (
    COLLECTOR,
    PAYEES,
    RAIL,
    Caps,
    Offer,
    register,
)
from payments.providers.saved import CardOrder, SavedCharge


@dataclass
class FakeProvider(TellsNothing):
    """Remembers what it was asked; `silent` and `refuses` make it fail."""

    silent: bool = False
    refuses: str = ""
    refusal: str = "fake_refusal"
    instant_countries: tuple[str, ...] = ("US",)
    asked: list[tuple[str, str]] = field(default_factory=list)
    payments: dict[str, str] = field(default_factory=dict)
    payouts: dict[str, str] = field(default_factory=dict)
    payees: dict[str, str] = field(default_factory=dict)
    disputes: dict[str, DisputeFact] = field(default_factory=dict)

    def open_page(self, order: PageOrder, key: str) -> Page:
        self._ask("page", key)
        ref = f"fake_page_{order.payment_id.hex}"
        self.payments.setdefault(ref, "captured" if order.capture == "automatic" else "authorised")
        return Page(ref=ref, url=order.success_url)

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        return self._payment(page_ref)

    def open_card_page(self, order: CardOrder, key: str) -> Page:
        self._ask("card_page", key)
        ref = f"fake_page_{order.payment_id.hex}"
        self.payments.setdefault(ref, "captured")
        return Page(ref=ref, url=order.success_url)

    def charge_saved(self, order: SavedCharge, key: str) -> PaymentFact:
        self._ask("charge", key)
        page = f"fake_page_{order.payment_id.hex}"
        self.payments[page] = "captured"
        return self._payment(page)

    def find_charges(self, order: SavedCharge, key: str) -> list[PaymentFact]:
        made = ("charge", key) in self.asked
        return [self._payment(f"fake_page_{order.payment_id.hex}")] if made else []

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        self._ask("capture", key)
        page = self._page_of(intent_ref)
        self.payments[page] = "captured"
        return self._payment(page)

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        self._ask("cancel", key)
        if self.payments[page_ref] != "captured":
            self.payments[page_ref] = "cancelled"
        return self._payment(page_ref)

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        self._ask("refund", key)
        return RefundFact(ref=f"fake_refund_{order.refund_id.hex}", state="succeeded")

    def fetch_refund(self, ref: str) -> RefundFact:
        return RefundFact(ref=ref, state="succeeded")

    def fetch_dispute(self, ref: str) -> DisputeFact:
        return self.disputes[ref]

    def fetch_warning(self, ref: str) -> str:
        return "stolen_card"

    def send_evidence(self, *, ref: str, words: str, key: str) -> DisputeFact:
        self._ask("evidence", key)
        self.disputes[ref] = replace(self.disputes[ref], state="submitted")
        return self.disputes[ref]

    def close_dispute(self, *, ref: str, key: str) -> DisputeFact:
        self._ask("close_dispute", key)
        self.disputes[ref] = replace(self.disputes[ref], state="lost")
        return self.disputes[ref]

    def open_account(self, order: PayeeOrder, key: str) -> str:
        self._ask("account", key)
        return f"fake_account_{order.payee_id.hex}"

    def onboarding_url(
        self, *, account_ref: str, return_url: str, refresh_url: str, key: str
    ) -> str:
        self._ask("onboarding", key)
        self.payees.setdefault(account_ref, "active")
        return return_url

    def fetch_payee(self, account_ref: str) -> PayeeFact:
        return PayeeFact(
            state=self.payees.get(account_ref, "pending"),
            destination="Banco ···· 6789",
            instrument=f"bank:{account_ref}",
            instant=True,
        )

    def allocate(self, order: AllocationOrder, key: str) -> str:
        self._ask("allocate", key)
        return f"fake_transfer_{order.allocation_id.hex}"

    def reverse(self, order: TakeBackOrder, key: str) -> str:
        self._ask("reverse", key)
        named = f"{order.transfer_ref}:{key}".encode()
        return f"fake_reversal_{hashlib.sha256(named).hexdigest()[:32]}"

    def rails(self, country: str) -> Rails:
        fast = "fake_instant" if country in self.instant_countries else None
        return Rails(free="fake_standard", fast=fast, allocates_at="release")

    def send(self, order: PayoutOrder, key: str) -> PayoutFact:
        self._ask("payout", key)
        ref = f"fake_payout_{order.payout_id.hex}_{order.attempt}"
        self.payouts.setdefault(ref, "submitted")
        return self._payout(ref)

    def fetch_payout(self, *, ref: str, account_ref: str) -> PayoutFact:
        return self._payout(ref)

    def _ask(self, purpose: str, key: str) -> None:
        if self.silent:
            raise NoAnswer(purpose)
        if self.refuses in (purpose, "all"):
            raise SaidNo(self.refusal, purpose)
        if (purpose, key) not in self.asked:
            self.asked.append((purpose, key))

    def _page_of(self, intent_ref: str) -> str:
        return intent_ref.replace("fake_intent_", "fake_page_")

    def _payment(self, page: str) -> PaymentFact:
        state = self.payments.get(page, "created")
        name = page.removeprefix("fake_page_")
        paid = state in ("authorised", "captured")
        return PaymentFact(
            state=state,
            intent_ref=f"fake_intent_{name}" if paid else "",
            charge_ref=f"fake_charge_{name}" if paid else "",
            fee_minor=0 if state == "captured" else None,
            settles_at=clock.now() if state == "captured" else None,
            instrument=f"card:{name}" if paid else "",
            method="Visa ···· 4242" if paid else "",
            customer_ref=f"fake_customer_{name}" if paid else "",
            method_ref=f"fake_card_{name}" if paid else "",
        )

    def _payout(self, ref: str) -> PayoutFact:
        state = self.payouts.get(ref, "submitted")
        return PayoutFact(
            ref=ref,
            state=state,
            arrives_at=clock.now() + timedelta(days=1),
            failure="account_closed" if state == "failed" else "",
        )


CAPS = Caps(
    methods=("card",), manual_capture=True, off_session=True, refundable=True, partial_refund=True
)


@register("fake", Offer(roles={COLLECTOR: (), PAYEES: (), RAIL: ()}, caps=CAPS))
@cache
def fake() -> FakeProvider:
    """Return the one fake of this process. Tests empty it."""
    return FakeProvider()
