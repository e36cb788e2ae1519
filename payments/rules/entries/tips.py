"""Tips: taken, held, earned, given back. They touch no account but the worker's."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def tip_ref(payment_id: UUID) -> str:
    """Return what a tip is called in the ledger; nothing else may touch its money."""
    return f"tip:{payment_id}"


def tip_captured(*, payment_id: UUID, tip: Money, into: str) -> Draft:
    """A tip has arrived at the processor or the business's bank, and is held for the worker."""
    return draft(
        "tip.captured",
        f"tip:{payment_id}:captured",
        tip_ref(payment_id),
        tip.currency,
        Leg(into, tip.minor),
        Leg("tip_held", -tip.minor),
    )


def tip_earned(*, payment_id: UUID, worker: UUID, tip: Money) -> Draft:
    """The whole tip becomes the worker's."""
    return draft(
        "tip.earned",
        f"tip:{payment_id}:earned",
        tip_ref(payment_id),
        tip.currency,
        Leg("tip_held", tip.minor),
        Leg("worker_available", -tip.minor, worker),
    )


def tip_returned(
    *, refund_id: UUID, payment_id: UUID, tip: Money, out_of: str, worker: UUID | None = None
) -> Draft:
    """A tip goes back: one that is held as it is; an earned one out of the business's pocket.

    Only a tip that was charged in error comes back from the worker's wallet.
    """
    return draft(
        "tip.returned",
        f"refund:{refund_id}:tip",
        tip_ref(payment_id),
        tip.currency,
        Leg(out_of, tip.minor, worker),
        Leg("refund_payable", -tip.minor),
    )
