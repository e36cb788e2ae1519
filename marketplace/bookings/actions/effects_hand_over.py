"""Somebody else comes instead: only whose price fits, for the same total, and free at that time."""

from dataclasses import asdict, replace

from kernel import clock
from kernel.errors import Refusal
from kernel.money import Money
from marketplace.bookings.actions.keep_time import check_free, take_slot
from marketplace.bookings.actions.moves import Move, effect
from marketplace.bookings.actions.quote import price_wish, rates_for, wish_of, withheld_for
from marketplace.bookings.models import Booking
from marketplace.bookings.models.priced import columns_of
from marketplace.bookings.queries.bookings import alternatives_to
from marketplace.bookings.queries.prices import commission_rules, facts_for
from marketplace.bookings.rules import changes, commission
from marketplace.bookings.rules.lines import Kind
from marketplace.bookings.rules.price import Price, price, rates_in
from marketplace.catalog.models import WorkerService
from marketplace.catalog.queries import readiness
from marketplace.catalog.rules.areas import Place as Point
from payments.queries.taxes import tax_lines

WORK = (Kind.SERVICE, Kind.ADD_ON, Kind.SURCHARGE, Kind.DISCOUNT)


def substitutes_for(booking: Booking) -> list[WorkerService]:
    """Return up to three others who could come instead, best rated first."""
    return [each for each in alternatives_to(booking, at_most=10) if _fits(booking, each)][:3]


def _fits(booking: Booking, offer: WorkerService) -> bool:
    """Tell whether somebody is ready, near enough, free, and no dearer than what was agreed."""
    if readiness(offer.worker) or not _reaches(booking, offer):
        return False
    wish = replace(wish_of(booking.quote), worker_service_id=offer.pk, starts_at=booking.starts_at)
    try:
        check_free(offer, starts_at=booking.starts_at, ends_at=booking.ends_at)
        return price_wish(wish=wish).price.work_minor <= booking.work_minor
    except Refusal:
        return False


def _reaches(booking: Booking, offer: WorkerService) -> bool:
    if booking.latitude is None or booking.longitude is None:
        return True
    area = offer.worker.area
    return area is not None and area.contains(Point(booking.latitude, booking.longitude))


@effect
def hand_over(move: Move) -> None:
    """Let another worker do the job: the customer pays the same, the rules are the new worker's."""
    booking = move.booking
    asked = str(move.facts.get("worker_service_id", ""))
    offer = next((each for each in substitutes_for(booking) if str(each.pk) == asked), None)
    if offer is None:
        raise changes.NoSubstitute
    take_slot(booking, offer=offer, starts_at=booking.starts_at, ends_at=booking.ends_at)
    worked, rules = _priced_again(booking, offer)
    booking.worker, booking.worker_service = offer.worker, offer
    for name, value in columns_of(worked).items():
        setattr(booking, name, value)
    booking.rules = booking.rules | rules
    booking.withheld = [
        asdict(each)
        for each in withheld_for(
            tax_lines(), offer, wish_of(booking.quote), earned_minor=worked.blocks.worker.minor
        )
    ]
    booking.departed_at = booking.arrived_at = booking.contacted_at = None


def _priced_again(booking: Booking, offer: WorkerService) -> tuple[Price, dict[str, object]]:
    """Divide the same price anew: the same lines and fee, the new worker's commission."""
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
    rates = rates_for(tax_lines(), worker_member_id=offer.worker.member_id)
    worked = price(
        lines=[line for line in booking.price_lines if line.kind in WORK],
        tip=Money(booking.currency, booking.tip_minor),
        commission_rule=rule,
        fee_rule=same_fee,
        rates=rates_in(rates, pay_in=booking.pay_in),
    )
    frozen = {"id": str(rule.rule_id), "version": rule.version} if rule.rule_id else None
    return worked, {rule.kind.value: frozen} if frozen else {}
