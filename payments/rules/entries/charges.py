"""What customers pay, and what the processor keeps of it."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft

CASH = "cash_with_worker"


def charge_captured(*, payment_id: UUID, reference: str, amount: Money, into: str) -> Draft:
    """The customer's money for a job has arrived; it is still the customer's.

    It has reached the processor, the business's bank or, as cash, the worker's hand.
    """
    return draft(
        "cash.collected" if into == CASH else "charge.captured",
        f"charge:{payment_id}:captured",
        reference,
        amount.currency,
        Leg(into, amount.minor),
        Leg("customer_deposit", -amount.minor),
    )


def psp_settled(*, payment_id: UUID, reference: str, amount: Money) -> Draft:
    """What is left of a charge can be used: the processor has received it."""
    return draft(
        "psp.settled",
        f"charge:{payment_id}:settled",
        reference,
        amount.currency,
        Leg("psp_available", amount.minor),
        Leg("psp_pending", -amount.minor),
    )


def psp_fee(*, payment_id: UUID, reference: str, fee: Money) -> Draft:
    """What the processor really keeps of a charge."""
    return draft(
        "psp.fee",
        f"charge:{payment_id}:fee",
        reference,
        fee.currency,
        Leg("psp_fee", fee.minor),
        Leg("psp_pending", -fee.minor),
    )


def fee_trued_up(*, payment_id: UUID, reference: str, estimate: Money, real: Money) -> Draft:
    """The business bears, or keeps, the difference between the fee we expected and the real one."""
    short = real.minor - estimate.minor
    return draft(
        "fee.trued_up",
        f"charge:{payment_id}:fee_trued_up",
        reference,
        real.currency,
        Leg("tenant_pending", short),
        Leg("psp_fee_recovered", -short),
    )


def cash_settled(*, key: str, reference: str, worker: UUID, share: Money, rest: Money) -> Draft:
    """The worker has the cash: the own share is paid with it, the rest the worker owes."""
    return draft(
        "cash.settled",
        f"{key}:cash_settled",
        reference,
        share.currency,
        Leg("worker_pending", share.minor, worker),
        Leg("worker_receivable", rest.minor, worker),
        Leg(CASH, -(share + rest).minor),
    )
