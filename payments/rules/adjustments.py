"""What a correction by hand may touch: accounts that are compared with somebody else's books.

Never a customer's, a worker's or the business's money: the database refuses that as well.
"""

from kernel.errors import Conflict, Invalid

ADJUSTABLE = ("psp_pending", "psp_available", "bank", "recon_difference")


class AccountsNotAdjustable(Invalid):
    code = "adjustment.accounts"
    title = "Choose two different accounts out of those that can be corrected."


class AdjustmentDecided(Conflict):
    code = "adjustment.decided"
    title = "Somebody has decided on this correction already."


def check_accounts(debit: str, credit: str) -> None:
    """Refuse any pair of accounts that a correction may not touch."""
    wrong = [
        name
        for name, account in (("debit", debit), ("credit", credit))
        if account not in ADJUSTABLE
    ]
    if wrong or debit == credit:
        raise AccountsNotAdjustable(fields=wrong or ["debit", "credit"])


def sides_of(account: str, *, lacks_minor: int) -> dict[str, str]:
    """Return which account gets and which gives when one lacks something, or has too much."""
    sides = (account, "recon_difference")
    debit, credit = sides if lacks_minor > 0 else sides[::-1]
    return {"debit": debit, "credit": credit}
