"""Those who are paid: when a payment company's account is lost, and another way is offered."""

from collections.abc import Sequence

DISCONNECTED = "account_invalid"  # Its owner does not let us act for it any more.


def may_leave(*, state: str, missing: Sequence[str]) -> bool:
    """Tell whether an account can pay its owner no more: given up by them, or closed on them."""
    return state == "rejected" or (state == "restricted" and DISCONNECTED in missing)
