"""Customers who pay the worker in cash; the worker's share is in the worker's hand already."""

from functools import cache

from kernel import clock
from kernel.money import Money
from payments.providers.base import (
    Page,
    PageOrder,
    PaymentFact,
    RefundFact,
    RefundOrder,
)
from payments.providers.by_hand import KeepsNoAccounts, PaysNobody, TellsNothing, no
from payments.providers.registry import COLLECTOR, Caps, Offer, register

PROMISED = "cash_"


class Cash(KeepsNoAccounts, PaysNobody, TellsNothing):
    """Notes and coins: promised when the visit is booked, taken when the worker says so."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        """There is nothing to pay on a page."""
        return Page(ref=f"{PROMISED}{order.payment_id.hex}", url=order.success_url)

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        """A promise is all that can be known before the worker has the money."""
        return PaymentFact(state="authorised", intent_ref=page_ref)

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        """The worker has the money. It costs nothing, and nothing has to settle."""
        return PaymentFact(
            state="captured",
            intent_ref=intent_ref,
            fee_minor=0,
            settles_at=clock.now(),
        )

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        """A promise is forgotten."""
        return PaymentFact(state="cancelled")

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        """We never had the money: it goes back by hand, or becomes a credit."""
        raise no("refund")

    def fetch_refund(self, ref: str) -> RefundFact:
        """There are none."""
        raise no("refund")


CAPS = Caps(methods=("cash",), manual_capture=True, lands_in="cash_with_worker", takes_tips=False)


@register("cash", Offer(roles={COLLECTOR: ()}, caps=CAPS, by_hand=True, chosen_by_name=True))
@cache
def cash() -> Cash:
    """Return notes and coins."""
    return Cash()
