"""Money of a worker that rests, and comes back."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def hold_opened(
    *, hold_id: UUID, reference: str, worker: UUID, pending: Money, available: Money
) -> Draft:
    """A part of what is a worker's rests for a while, taken from where it was."""
    return draft(
        "hold.opened",
        f"hold:{hold_id}:opened",
        reference,
        pending.currency,
        Leg("worker_pending", pending.minor, worker),
        Leg("worker_available", available.minor, worker),
        Leg("worker_reserve", -(pending + available).minor, worker),
    )


def hold_released(
    *, hold_id: UUID, step: int, reference: str, worker: UUID, amount: Money
) -> Draft:
    """What rested may be taken out; `step` counts the releases of one hold."""
    return draft(
        "hold.released",
        f"hold:{hold_id}:released:{step}",
        reference,
        amount.currency,
        Leg("worker_reserve", amount.minor, worker),
        Leg("worker_available", -amount.minor, worker),
    )
