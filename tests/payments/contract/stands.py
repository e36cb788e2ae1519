"""What people and banks do at each provider, so that one suite of claims can run on all of them."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from kernel import clock, outbox
from kernel.actor import SYSTEM, Actor
from payments.actions.answer_transfer import mark_paid, mark_rejected
from payments.actions.apply_payout import apply_payout
from payments.actions.capture import capture
from payments.actions.charge_card import charge_card
from payments.actions.collect import collect
from payments.actions.give_account import give_account
from payments.actions.open_page import open_page
from payments.actions.save_card import save_card
from payments.actions.see_transfer import see_transfer
from payments.actions.settle_payment import catch_up_payment
from payments.models import Payment, Payout
from payments.providers import caps_of
from payments.providers.base import PayoutFact
from payments.providers.fake import fake
from payments.queries.providers import provider_here
from payments.rules.blocks import PriceBlocks
from tests.support.worlds_bank import CLABE, approved, bank_receipt, line_of
from tests.support.worlds_money import can_be_paid, member_id, owes

CASH_JOB = PriceBlocks.of("MXN", worker=51_040, tenant=7_920, platform=580, tax=1_360)


@dataclass
class Stand:
    """The fake: whoever comes back from the page has paid; payouts do as a test says."""

    name: str
    worker: Actor
    payer: Actor
    office: tuple[Actor, Actor]
    sandbox: Any = None

    @property
    def blocks(self) -> PriceBlocks:
        """A price with a tip, where tips are taken."""
        tips = PriceBlocks.of("MXN", worker=50_000, tip=5_000, tenant=5_000)
        return tips if caps_of(self.name).takes_tips else CASH_JOB

    @property
    def job(self) -> PriceBlocks:
        """A job of which the worker gets 500, without a tip."""
        return PriceBlocks.of("MXN", worker=50_000, tenant=5_000)

    def owes(self, how: str = "automatic") -> Payment:
        """Let the customer owe a job's price here, and go to pay it."""
        assert provider_here("collector") == self.name
        payment = owes(self.payer, blocks=self.blocks, capture=how)
        return self.opens(payment)

    def opens(self, payment: Payment) -> Payment:
        """Let the payer see the page."""
        open_page(by=self.payer, payment_id=payment.pk)
        payment.refresh_from_db()
        return payment

    def hesitates(self, payment: Payment) -> Payment:
        """Let the payer not pay yet."""
        fake().payments[payment.page_ref] = "requires_action"
        return payment

    def pays(self, payment: Payment) -> Payment:
        """Let the payer pay."""
        catch_up_payment(payment_id=payment.pk)
        return self.seen(payment)

    def seen(self, payment: Payment) -> Payment:
        """Let everything that follows happen."""
        self.sandbox.deliver() if self.sandbox else outbox.drain()
        payment.refresh_from_db()
        return payment

    def leaves_card(self) -> Payment:
        """Let the payer leave a card for later."""
        asked = save_card(
            by=self.payer,
            payer_id=member_id(self.payer),
            reference="visit:later",
            title="Paseo",
            currency="MXN",
            return_path="/bookings/",
            expires_at=clock.now() + timedelta(hours=1),
            key="card",
        )
        return self.pays(self.opens(asked))

    def charged_later(self, card: Payment) -> Payment:
        """Let a job's price be taken from a card that was left."""
        payment = charge_card(
            by=SYSTEM,
            card_id=card.pk,
            payer_id=card.payer_id,
            reference="visit:later",
            amount=self.blocks.service,
            tip=self.blocks.tip,
            title="Paseo",
            return_path="/bookings/",
            expires_at=clock.now() + timedelta(days=1),
            key="later",
        )
        return self.seen(payment)

    def onboards(self) -> None:
        """Let the worker have an account to be paid to."""
        can_be_paid(self.worker)

    def later(self) -> AbstractContextManager[object]:
        """Let what was earned settle."""
        self.sandbox.deliver() if self.sandbox else outbox.drain()
        return self.sandbox.later(days=4) if self.sandbox else nullcontext()

    def leaves(self, payout: Payout) -> None:
        """Let a cash-out go on its way."""
        outbox.drain()

    def arrives(self, payout: Payout) -> None:
        """Let the money arrive."""
        self._report(payout, PayoutFact(ref="", state="paid"))

    def bounces(self, payout: Payout) -> None:
        """Let the bank refuse it."""
        self._report(payout, PayoutFact(ref="", state="failed", failure="account_closed"))

    def _report(self, payout: Payout, fact: PayoutFact) -> None:
        fake().payouts[payout.provider_ref] = fact.state
        apply_payout(payout_id=payout.pk, fact=fact)


class StripeStand(Stand):
    """The sandbox, through the real SDK."""

    def pays(self, payment: Payment) -> Payment:
        self.sandbox.control(f"/sessions/{payment.page_ref}/pay", card="visa")
        return self.seen(payment)

    def onboards(self) -> None:
        self.sandbox.onboards(self.worker)

    def leaves(self, payout: Payout) -> None:
        self.sandbox.deliver()

    def arrives(self, payout: Payout) -> None:
        with self.sandbox.later(days=5):
            payout.refresh_from_db()

    def bounces(self, payout: Payout) -> None:
        self._report(payout, PayoutFact(ref="", state="failed", failure="account_closed"))

    def _report(self, payout: Payout, fact: PayoutFact) -> None:
        apply_payout(payout_id=payout.pk, fact=fact)


class TransferStand(Stand):
    """The office sees the customer's transfer."""

    def pays(self, payment: Payment) -> Payment:
        see_transfer(
            by=self.office[0],
            payment_id=payment.pk,
            amount=payment.total,
            tracking_key=f"SPEI{payment.pk.hex[-8:]}",
        )
        return self.seen(payment)


class CashStand(Stand):
    """The worker takes notes and coins."""

    def owes(self, how: str = "automatic") -> Payment:
        about = "booking:cash"
        payment = collect(
            by=self.payer,
            payer_id=member_id(self.payer),
            reference=about,
            amount=self.blocks.service,
            tip=self.blocks.tip,
            title="Paseo",
            capture="manual",
            return_path="/bookings/",
            expires_at=clock.now() + timedelta(hours=1),
            key=f"{about}:charge",
            provider="cash",
        )
        return self.opens(payment)

    def pays(self, payment: Payment) -> Payment:
        catch_up_payment(payment_id=payment.pk)
        capture(by=self.worker, payment_id=payment.pk)
        return self.seen(payment)


class BankStand(TransferStand):
    """The office makes a batch, looks at it twice, and hears from its bank."""

    def onboards(self) -> None:
        give_account(by=self.worker, number=CLABE, holder="Ana Prueba")

    def leaves(self, payout: Payout) -> None:
        outbox.drain()
        approved(*self.office)

    def arrives(self, payout: Payout) -> None:
        maker = self.office[0]
        line = line_of(payout.lines.get().batch, payout)
        receipt = bank_receipt(maker)
        mark_paid(by=maker, line_id=line.pk, tracking_key="MBX1234", receipt=receipt)

    def bounces(self, payout: Payout) -> None:
        line = payout.lines.get()
        mark_rejected(by=self.office[0], line_id=line.pk, reason="account_closed")


STANDS: dict[str, type[Stand]] = {
    "cash": CashStand,
    "fake": Stand,
    "manual_bank": BankStand,
    "manual_transfer": TransferStand,
    "stripe": StripeStand,
}
