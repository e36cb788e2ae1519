"""Customers who transfer to the business's own bank account; the office sees the money arrive."""

from datetime import timedelta
from functools import cache
from uuid import UUID

from kernel.ids import as_readable
from kernel.money import Money
from payments.providers.base import (
    Page,
    PageOrder,
    PaymentFact,
    RefundFact,
    RefundOrder,
)
from payments.providers.by_hand import KeepsNoAccounts, PaysNobody, TellsNothing, no
from payments.providers.desk import desk
from payments.providers.registry import COLLECTOR, Caps, Offer, register

REFERENCE_LENGTH = 11


class ManualTransfer(KeepsNoAccounts, PaysNobody, TellsNothing):
    """The business's own bank account."""

    def open_page(self, order: PageOrder, key: str) -> Page:
        """Name what the customer is to write; our own page says where to transfer to."""
        return Page(ref=reference_of(order.payment_id), url=order.success_url)

    def fetch_payment(self, *, page_ref: str, intent_ref: str) -> PaymentFact:
        """Look whether the office has seen the money."""
        return desk().transfer(page_ref)

    def capture(self, *, intent_ref: str, amount: Money, key: str) -> PaymentFact:
        """A transfer is never only authorised."""
        raise no("capture")

    def cancel(self, *, page_ref: str, intent_ref: str, key: str) -> PaymentFact:
        """Wait no more, unless the money has been seen."""
        seen = desk().transfer(page_ref)
        return seen if seen.state == "captured" else PaymentFact(state="cancelled")

    def refund(self, order: RefundOrder, key: str) -> RefundFact:
        """Transfers go back by hand, or become a credit."""
        raise no("refund")

    def fetch_refund(self, ref: str) -> RefundFact:
        """There are none."""
        raise no("refund")


def reference_of(payment_id: UUID) -> str:
    """Return what a customer writes with a transfer: short, and nobody else's."""
    bits = 5 * REFERENCE_LENGTH
    return "T" + as_readable(payment_id.int & ((1 << bits) - 1), length=REFERENCE_LENGTH)


# Banks take up to a day, and somebody of the office has to see it arrive.
CAPS = Caps(methods=("bank_transfer",), lands_in="bank", pay_within=timedelta(hours=48))


@register("manual_transfer", Offer(roles={COLLECTOR: ()}, caps=CAPS, by_hand=True))
@cache
def manual_transfer() -> ManualTransfer:
    """Return the business's own bank account."""
    return ManualTransfer()
