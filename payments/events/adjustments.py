"""What payments announces of corrections of the books."""

from kernel.events import Event, event


@event("payments.books_adjusted")
class BooksAdjusted(Event):
    """Two people have corrected the books."""

    adjustment_id: str
    debit: str
    credit: str
    amount_minor: int
    currency: str
