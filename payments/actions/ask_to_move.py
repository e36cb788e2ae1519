"""Asking a provider to move money to a payee's account, or back. Talks to it: no transactions."""

from payments.actions.call_provider import call_provider
from payments.providers.base import AllocationOrder, TakeBackOrder


def ask_to_allocate(order: AllocationOrder, *, provider: str, purpose: str, key: str) -> str:
    """Move money to a payee's account, once per key; return the transfer's name."""
    return call_provider(
        provider=provider,
        purpose=purpose,
        key=key,
        request=order,
        ask=lambda company: company.allocate(order, key),
        named=_itself,
        find=lambda company: company.find_transfers(key=key, group=order.group),
    )


def ask_to_take_back(order: TakeBackOrder, *, provider: str, key: str) -> str:
    """Move money back from a payee's account, once per key; return the reversal's name."""
    return call_provider(
        provider=provider,
        purpose="take_back",
        key=key,
        request=order,
        ask=lambda company: company.reverse(order, key),
        named=_itself,
        find=lambda company: company.find_reversals(key=key, transfer_ref=order.transfer_ref),
    )


def _itself(ref: str) -> str:
    return ref
