"""A worker takes money out."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def cashout_ref(payout_id: UUID) -> str:
    """Return what a cash-out is called in the ledger."""
    return f"cashout:{payout_id}"


def cashout_requested(
    *, payout_id: UUID, attempt: int, worker: UUID, amount: Money, fee: Money, fee_from: str
) -> Draft:
    """A worker takes money out; `fee_from` says who pays the fee, worker or tenant."""
    paid_by_worker = fee.minor if fee_from == "worker" else 0
    return draft(
        "cashout.requested",
        f"cashout:{payout_id}:{attempt}",
        cashout_ref(payout_id),
        amount.currency,
        Leg("worker_available", amount.minor + paid_by_worker, worker),
        Leg("tenant_pending", fee.minor - paid_by_worker),
        Leg("worker_in_transit", -amount.minor, worker),
        Leg("cashout_fee", -fee.minor),
    )


def cashout_paid(
    *, payout_id: UUID, attempt: int, worker: UUID, payee: UUID, amount: Money
) -> Draft:
    """The bank has the money."""
    return draft(
        "cashout.paid",
        f"cashout:{payout_id}:{attempt}:paid",
        cashout_ref(payout_id),
        amount.currency,
        Leg("worker_in_transit", amount.minor, worker),
        Leg("psp_connected", -amount.minor, payee),
    )
