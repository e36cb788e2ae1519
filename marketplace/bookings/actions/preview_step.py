"""What a step would do, to the booking and to its money; nothing is stored."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel.models import OutboxEvent
from kernel.money import Money
from marketplace.bookings.actions.take_step import take_step
from marketplace.bookings.models import Booking
from payments.events import CaptureAsked, VoidAsked
from payments.events.payments import ChargeAsked
from payments.queries import money_of
from payments.queries.pay import payment_of

ASKED = {CaptureAsked.name: "capture", VoidAsked.name: "void", ChargeAsked.name: "charge"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The booking as it would be, and what would happen to its money, by the codes of its lines.

    `capture`, `charge` and `void` are asked of the payment company, which answers later.
    """

    booking: Booking
    money: list[tuple[str, Money]]


@transaction.atomic
def preview_step(*, booking_id: UUID, **asked: Any) -> Preview:
    """Take a step as `take_step` does, look at what came of it, and take it back."""
    mark = transaction.savepoint()
    try:
        last = OutboxEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        before = _lines(booking_id)
        booking = take_step(booking_id=booking_id, **asked).booking
        new = _lines(booking_id) - before
        return Preview(booking=booking, money=[*_asked(last), *new.elements()])
    finally:
        transaction.savepoint_rollback(mark)


def _lines(booking_id: UUID) -> Counter[tuple[str, Money]]:
    return Counter((line.code, line.amount) for line in money_of(f"booking:{booking_id}"))


def _asked(last: int) -> list[tuple[str, Money]]:
    found = OutboxEvent.objects.filter(pk__gt=last, name__in=ASKED).order_by("pk")
    return [
        (ASKED[each.name], payment_of(UUID(each.payload["payment_id"])).charged) for each in found
    ]
