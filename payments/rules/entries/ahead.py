"""Money that was paid ahead, and never used."""

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def deposit_forfeited(*, key: str, reference: str, amount: Money, tax: Money) -> Draft:
    """What a customer paid ahead has expired: it is the business's, less the tax inside."""
    return draft(
        "deposit.forfeited",
        f"{key}:forfeited",
        reference,
        amount.currency,
        Leg("customer_deposit", amount.minor),
        Leg("tenant_pending", -(amount - tax).minor),
        Leg("tax_payable", -tax.minor),
    )
