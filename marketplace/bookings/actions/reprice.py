"""The price of a booking divided anew when another worker does it: the customer pays the same."""

from dataclasses import asdict, dataclass

from kernel import clock
from kernel.money import Money
from marketplace.bookings.models import Booking
from marketplace.bookings.models.priced import columns_of
from marketplace.bookings.queries.prices import (
    commission_rules,
    facts_for,
    rates_for,
    withheld_for,
)
from marketplace.bookings.rules import commission
from marketplace.bookings.rules.lines import Kind
from marketplace.bookings.rules.price import Price, price, rates_in
from marketplace.catalog.models import WorkerService
from payments.queries.taxes import tax_lines
from payments.rules.taxes import Withholding

WORK = (Kind.SERVICE, Kind.ADD_ON, Kind.SURCHARGE, Kind.DISCOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repriced:
    """The same price under another worker's rules."""

    price: Price
    rules: dict[str, object]
    withheld: list[Withholding]

    @property
    def net_pay(self) -> Money:
        """What this worker gets of it: their share, less taxes kept back, and the tip."""
        blocks = self.price.blocks
        kept_back = Money(blocks.currency, sum(each.minor for each in self.withheld))
        return blocks.worker - kept_back + blocks.tip


def repriced(booking: Booking, offer: WorkerService) -> Repriced:
    """Divide the same price anew: the same lines and fee, the rules that hold for this worker."""
    facts = facts_for(
        offer,
        at=clock.now(),
        source=booking.quote.source,
        customer_id=booking.customer_id,
    )
    rule = commission.choose(
        commission_rules(), kind=commission.Kind.WORKER_COMMISSION, facts=facts
    )
    same_fee = commission.Rule(
        kind=commission.Kind.CUSTOMER_FEE, made_at=clock.now(), fixed_minor=booking.fee_minor
    )
    taxes = tax_lines()
    rates = rates_for(taxes, worker_member_id=offer.worker.member_id)
    worked = price(
        lines=[line for line in booking.price_lines if line.kind in WORK],
        tip=Money(booking.currency, booking.tip_minor),
        commission_rule=rule,
        fee_rule=same_fee,
        rates=rates_in(rates, pay_in=booking.pay_in),
    )
    frozen = {"id": str(rule.rule_id), "version": rule.version} if rule.rule_id else None
    return Repriced(
        price=worked,
        rules={rule.kind.value: frozen} if frozen else {},
        withheld=withheld_for(
            taxes,
            offer,
            starts_at=booking.quote.starts_at,
            earned_minor=worked.blocks.worker.minor,
        ),
    )


def give_to(booking: Booking, offer: WorkerService) -> None:
    """Let a worker be the one who comes, under their own rules; the caller saves the booking."""
    again = repriced(booking, offer)
    booking.worker, booking.worker_service = offer.worker, offer
    for name, value in columns_of(again.price).items():
        setattr(booking, name, value)
    booking.rules = booking.rules | again.rules
    booking.withheld = [asdict(each) for each in again.withheld]
    booking.departed_at = booking.arrived_at = booking.contacted_at = None
