"""Bank transfers that people at the business send themselves, many at once.

Payees give us their account number; the office makes a batch of what is asked for, a second person
looks at it, the bank takes the file, and its answer comes back.
"""

from functools import cache

from payments.providers.base import (
    AllocationOrder,
    PayeeFact,
    PayeeOrder,
    PayoutFact,
    PayoutOrder,
    Rails,
    TakeBackOrder,
)
from payments.providers.by_hand import CollectsNothing, TellsNothing, no
from payments.providers.desk import desk
from payments.providers.registry import PAYEES, RAIL, Offer, register


class ManualBank(CollectsNothing, TellsNothing):
    """The office and its bank."""

    def open_account(self, order: PayeeOrder, key: str) -> str:
        """Name the account; its number follows on our own form."""
        return f"bank_{order.payee_id.hex}"

    def onboarding_url(
        self, *, account_ref: str, return_url: str, refresh_url: str, key: str
    ) -> str:
        """Return our own form, beside the page that was asked from."""
        return f"{refresh_url}bank/"

    def fetch_payee(self, account_ref: str) -> PayeeFact:
        """Look whether there is an account number, and no bank has refused it."""
        return desk().bank_account(account_ref)

    def allocate(self, order: AllocationOrder, key: str) -> str:
        """Nothing is moved before a cash-out: the business's bank has the money."""
        raise no("allocate")

    def reverse(self, order: TakeBackOrder, key: str) -> str:
        """Nothing was moved."""
        raise no("reverse")

    def rails(self, country: str) -> Rails:
        """There is one way everywhere, and it is free."""
        return Rails(
            free="manual_bank", fast=None, allocates_at="never", pays_from="bank", by_batch=True
        )

    def send(self, order: PayoutOrder, key: str) -> PayoutFact:
        """Name a transfer that is in an approved batch; the same one gets the same name."""
        return PayoutFact(ref=transfer_ref(order), state="submitted")

    def fetch_payout(self, *, ref: str, account_ref: str) -> PayoutFact:
        """Look what the bank has answered."""
        return desk().payout(ref)


def transfer_ref(order: PayoutOrder) -> str:
    """Return what we call a transfer."""
    return f"bank_{order.payout_id.hex}_{order.attempt}"


@register("manual_bank", Offer(roles={PAYEES: (), RAIL: ()}, by_hand=True))
@cache
def manual_bank() -> ManualBank:
    """Return the office and its bank."""
    return ManualBank()
