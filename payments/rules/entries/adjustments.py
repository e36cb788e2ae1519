"""Corrections of the books by hand."""

from uuid import UUID

from kernel.money import Money
from payments.rules.entries.draft import Draft, Leg, draft


def books_corrected(*, adjustment_id: UUID, debit: str, credit: str, amount: Money) -> Draft:
    """Two people agree that the books were wrong about money outside."""
    return draft(
        "recon.adjusted",
        f"adjustment:{adjustment_id}",
        f"adjustment:{adjustment_id}",
        amount.currency,
        Leg(debit, amount.minor),
        Leg(credit, -amount.minor),
    )
