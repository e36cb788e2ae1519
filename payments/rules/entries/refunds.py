"""Money that goes back to whoever paid."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def refund_ref(refund_id: UUID) -> str:
    """Return what a refund is called in the ledger."""
    return f"refund:{refund_id}"


def refund_due(*, refund_id: UUID, deposit: Money, goodwill: Money) -> Draft:
    """We owe the customer money: out of what is still theirs, or out of the business's pocket."""
    return draft(
        "refund.due",
        f"refund:{refund_id}:due",
        refund_ref(refund_id),
        deposit.currency,
        Leg("customer_deposit", deposit.minor),
        Leg("goodwill", goodwill.minor),
        Leg("refund_payable", -(deposit + goodwill).minor),
    )


def refund_paid(*, refund_id: UUID, amount: Money) -> Draft:
    """The processor has sent the customer's money back."""
    return draft(
        "refund.paid",
        f"refund:{refund_id}:succeeded",
        refund_ref(refund_id),
        amount.currency,
        Leg("refund_payable", amount.minor),
        Leg("psp_pending", -amount.minor),
    )
