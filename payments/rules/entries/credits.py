"""Credits of customers, and what a worker gets for a wrong that was nobody's price."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def credit_granted(*, credit_id: UUID, customer: UUID, amount: Money) -> Draft:
    """The business gives a customer a credit."""
    return draft(
        "credit.granted",
        f"credit:{credit_id}:granted",
        f"credit:{credit_id}",
        amount.currency,
        Leg("goodwill", amount.minor),
        Leg("customer_credit", -amount.minor, customer),
    )


def credit_used(*, payment_id: UUID, reference: str, customer: UUID, amount: Money) -> Draft:
    """A customer pays with credit."""
    return draft(
        "credit.used",
        f"charge:{payment_id}:credit",
        reference,
        amount.currency,
        Leg("customer_credit", amount.minor, customer),
        Leg("customer_deposit", -amount.minor),
    )


def credit_expired(*, credit_id: UUID, customer: UUID, amount: Money) -> Draft:
    """Nobody spent a credit in time."""
    return draft(
        "credit.expired",
        f"credit:{credit_id}:expired",
        f"credit:{credit_id}",
        amount.currency,
        Leg("customer_credit", amount.minor, customer),
        Leg("goodwill", -amount.minor),
    )


def worker_compensated(*, key: str, reference: str, worker: UUID, amount: Money) -> Draft:
    """The business makes good to a worker; no commission is taken."""
    return draft(
        "worker.compensated",
        key,
        reference,
        amount.currency,
        Leg("goodwill", amount.minor),
        Leg("worker_available", -amount.minor, worker),
    )
