"""What customers pay, and what the processor keeps of it."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def charge_captured(*, payment_id: UUID, reference: str, amount: Money) -> Draft:
    """The customer's money for a job has arrived at the processor; it is still the customer's."""
    return draft(
        "charge.captured",
        f"charge:{payment_id}:captured",
        reference,
        amount.currency,
        Leg("psp_pending", amount.minor),
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
