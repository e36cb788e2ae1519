"""How a price is paid with a credit and a card, and in which order it goes back. Pure."""


def paid_with_credit(*, amount: int, tip: int, credit: int, smallest: int) -> int:
    """Return how much of a price a credit pays, in minor units.

    It pays for the work, never for the tip: that is money for the worker. What is left for the
    card is nothing at all, or at least as much as the payment company takes.
    """
    part = min(amount, credit)
    rest = amount - part + tip
    if 0 < rest < smallest:
        part -= min(part, smallest - rest)
    return part


def ways_back(*, amount: int, card_left: int) -> tuple[int, int]:
    """Divide what goes back of a price into what the card gets and what becomes a credit again.

    Money first: what the card paid goes back to it before any of it comes back as a credit.
    """
    by_card = min(amount, max(0, card_left))
    return by_card, amount - by_card
