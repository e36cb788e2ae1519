"""A worker takes money out."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def cashout_ref(payout_id: UUID) -> str:
    """Return what a cash-out is called in the ledger."""
    return f"cashout:{payout_id}"


def cashout_requested(
    *,
    payout_id: UUID,
    attempt: int,
    worker: UUID,
    amount: Money,
    fee: Money,
    fee_from: str,
    advance: Money,
) -> Draft:
    """A worker takes money out; `fee_from` says who pays the fee, worker or tenant.

    The part that has not settled yet is an advance, and is taken from the float.
    """
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
        Leg("float_committed", advance.minor),
        Leg("operator_float", -advance.minor),
    )


def cashout_paid(
    *,
    payout_id: UUID,
    attempt: int,
    worker: UUID,
    payee: UUID,
    amount: Money,
    advance: Money,
    out_of: str,
) -> Draft:
    """The worker's bank has the money; `out_of` says which of our accounts it left."""
    return draft(
        "cashout.paid",
        f"cashout:{payout_id}:{attempt}:paid",
        cashout_ref(payout_id),
        amount.currency,
        Leg("worker_in_transit", amount.minor, worker),
        Leg(out_of, -(amount - advance).minor, payee if out_of == "psp_connected" else None),
        Leg("float_committed", -advance.minor),
    )


def advance_taken_back(*, payout_id: UUID, step: int, payee: UUID, amount: Money) -> Draft:
    """Settled money of the payee's account goes back to where the advance came from."""
    return draft(
        "payee.taken_back",
        f"cashout:{payout_id}:taken_back:{step}",
        cashout_ref(payout_id),
        amount.currency,
        Leg("psp_available", amount.minor),
        Leg("psp_connected", -amount.minor, payee),
    )


def advance_repaid(*, payout_id: UUID, step: int, amount: Money) -> Draft:
    """The customer's money has settled, and fills the float again."""
    return draft(
        "advance.repaid",
        f"cashout:{payout_id}:repaid:{step}",
        cashout_ref(payout_id),
        amount.currency,
        Leg("operator_float", amount.minor),
        Leg("psp_available", -amount.minor),
    )


def float_funded(*, key: str, amount: Money) -> Draft:
    """Somebody lends money, so that workers need not wait for customers' banks."""
    return draft(
        "float.funded",
        f"float:{key}",
        "float",
        amount.currency,
        Leg("operator_float", amount.minor),
        Leg("operator_capital", -amount.minor),
    )
