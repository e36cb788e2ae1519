"""What callers send and get wherever matching is asked."""

from datetime import datetime

from ninja import Schema
from pydantic import ConfigDict


class In(Schema):
    """What callers send: fields we do not know are refused."""

    model_config = ConfigDict(extra="forbid")


class PriceOut(Schema):
    """An amount in minor units of a currency."""

    minor: int
    currency: str


class SlotOut(Schema):
    """A time that can be booked."""

    starts_at: datetime
    ends_at: datetime


def rating(average: float | None) -> float | None:
    """Return an average with two decimals; who shows fewer rounds what we keep, not this."""
    return None if average is None else round(average, 2)
