"""One module per family of Stripe's objects; importing this registers all operations."""

from simulators.stripe.resources import (
    account_links,
    accounts,
    balances,
    charges,
    checkout,
    customers,
    disputes,
    endpoints,
    external_accounts,
    payment_intents,
    payment_methods,
    payouts,
    refunds,
    setup_intents,
    transfers,
    verifications,
)

__all__ = [
    "account_links",
    "accounts",
    "balances",
    "charges",
    "checkout",
    "customers",
    "disputes",
    "endpoints",
    "external_accounts",
    "payment_intents",
    "payment_methods",
    "payouts",
    "refunds",
    "setup_intents",
    "transfers",
    "verifications",
]
