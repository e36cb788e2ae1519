"""What payments announces of money that is lent for wages."""

from kernel.events import Event, event


@event("payments.float_asked")
class FloatAsked(Event):
    """The house lends a marketplace money; the marketplace's books are written where they are."""

    tenant_id: int
    amount_minor: int
    key: str
