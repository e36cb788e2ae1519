"""What the end of the work does to a price that was an estimate: it becomes the final one."""

from dataclasses import asdict, replace

from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.models import Booking
from marketplace.bookings.rules import estimates
from marketplace.bookings.rules.country_rates import rates_of
from marketplace.bookings.rules.extras import Agreed, Divided
from marketplace.bookings.rules.lines import Kind, Line
from payments.rules.blocks import PARTS
from payments.rules.taxes import withhold_of_kept
from tenants.tenancy.queries import here


@effect
def final_price(move: Move) -> None:
    """The worker says what the work cost in the end; without a word the estimate stands."""
    booking = move.booking
    final = move.facts.get("final_minor")
    if booking.over_bp is None or not isinstance(final, int):
        return
    estimates.check_final(final=final, estimate=booking.work_minor, over_bp=booking.over_bp)
    if final != booking.work_minor:
        _set(booking, final)


def _set(booking: Booking, final: int) -> None:
    agreed = Agreed(
        work=booking.work_minor,
        commission=booking.commission_minor,
        fee=booking.fee_minor,
        blocks=booking.blocks,
    )
    divided = estimates.divide_final(final=final, agreed=agreed, rates=rates_of(here().country))
    kept = withhold_of_kept(booking.withholdings, earned_minor=divided.blocks.worker.minor)
    booking.lines = [asdict(each) for each in _lines(booking, final, divided)]
    booking.withheld = [asdict(each) for each in kept]
    booking.work_minor, booking.fee_minor = divided.work, divided.fee
    booking.commission_minor = divided.commission
    for name in PARTS:
        setattr(booking, f"{name}_minor", getattr(divided.blocks, name).minor)


def _lines(booking: Booking, final: int, divided: Divided) -> list[Line]:
    """Return the lines with the difference among them, and the customer's fee as it is now."""
    added = estimates.difference(final=final, estimate=booking.work_minor)
    rest = (Kind.CUSTOMER_FEE, Kind.TIP)
    before = [each for each in booking.price_lines if each.kind not in rest]
    after = [
        replace(each, unit_minor=divided.fee) if each.kind == Kind.CUSTOMER_FEE else each
        for each in booking.price_lines
        if each.kind in rest
    ]
    return [*before, added, *after]
