"""How far a payment has got. It only ever rises; what is final stays."""

RANKS = {
    "created": 0,
    "requires_action": 1,
    "processing": 2,
    "authorised": 3,
    "captured": 4,
    "cancelled": 5,
    "expired": 5,
}
STATES = tuple(RANKS)
FINAL = ("captured", "cancelled", "expired")
UNPAID = ("created", "requires_action", "processing")


def shown_state(state: str, *, total: int, given_back: int) -> str:
    """Return how a payment is shown: one that went back whole is not shown as money taken."""
    whole = state == "captured" and 0 < total <= given_back
    return "refunded" if whole else state


def rises(state: str, to: str) -> bool:
    """Tell whether a report may move a payment: only upwards, and never out of a final state."""
    return state not in FINAL and RANKS[to] > RANKS[state]
