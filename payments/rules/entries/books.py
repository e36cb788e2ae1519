"""Money that moves between places of our own."""

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def own_payout_key(source: str) -> str:
    """Return the key of what the collecting account paid to its own bank."""
    return f"psp_payout:{source}:paid_out"


def psp_paid_out(*, source: str, amount: Money) -> Draft:
    """The collecting account was paid out to the bank that belongs to it."""
    return draft(
        "psp.paid_out",
        own_payout_key(source),
        f"psp_payout:{source}",
        amount.currency,
        Leg("bank", amount.minor),
        Leg("psp_available", -amount.minor),
    )


def own_payout_fee(*, source: str, fee: Money) -> Draft:
    """What the processor kept for paying the collecting account out."""
    return draft(
        "payout.fee",
        f"psp_payout:{source}:fee",
        f"psp_payout:{source}",
        fee.currency,
        Leg("payout_fee", fee.minor),
        Leg("psp_available", -fee.minor),
    )
