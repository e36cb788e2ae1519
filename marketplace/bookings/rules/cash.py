"""When a worker may say that less cash was handed over than was agreed."""

from kernel.errors import Conflict, Invalid


class CashNotShort(Invalid):
    code = "cash.not_short"
    title = "That is the whole price, or more: confirm that you have it."


class CashNoted(Conflict):
    code = "cash.noted"
    title = "You have confirmed this cash already. Please talk to the team."


def check_short(*, got_minor: int, total_minor: int) -> None:
    """Refuse an amount that is not less than what was agreed."""
    if got_minor >= total_minor:
        raise CashNotShort(fields=["amount"])
