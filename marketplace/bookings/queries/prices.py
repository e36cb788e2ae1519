"""What goes into a price: rules, facts about what is booked, quotes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Sum

from kernel import clock
from kernel.actor import SYSTEM, Actor, Role
from kernel.errors import NotFound
from kernel.money import Money, zero
from marketplace.bookings.models import Booking, CommissionRule, Quote
from marketplace.bookings.rules import country_rates
from marketplace.bookings.rules.commission import Facts, Rule, segment_of, tier_of
from marketplace.bookings.rules.price import Rates
from marketplace.bookings.rules.process import BEFORE_DELIVERED, State
from marketplace.catalog.models import Category, Service, WorkerService
from marketplace.matching.models import Occupancy
from payments.queries.credit import credit_at_checkout
from payments.queries.taxes import earned_in_month, is_tax_registered
from payments.queries.tips import tipped_later
from payments.rules.statements import month_of, next_month, starts
from payments.rules.taxes import (
    FEE,
    SERVICE,
    TaxLine,
    Withholding,
    asks_for_the_month,
    rate_inside,
    withhold,
)
from tenants.tenancy.queries import here

TIPPED = (State.DELIVERED, State.COMPLETED)


def commission_rules() -> list[Rule]:
    """Return all rules of this tenant."""
    return [row.rule for row in CommissionRule.objects.all()]


def facts_for(
    offer: WorkerService, *, at: datetime, source: str = "", customer_id: UUID | None = None
) -> Facts:
    """Return what commission rules may ask about something that is to be booked."""
    return Facts(
        worker_tier=tier_of(jobs_done=offer.worker.jobs_done),
        customer_segment=segment_of(visits=_visits_of(customer_id)),
        at=at,
        category_ids=categories_upwards(offer.service),
        service_id=offer.service_id,
        worker_id=offer.worker_id,
        source=source,
    )


def _visits_of(customer_id: UUID | None) -> int:
    """Return how many visits a customer has had; of a stranger we know none."""
    if customer_id is None:
        return 0
    return Booking.objects.filter(customer_id=customer_id, state=State.COMPLETED).count()


def month_before(offer: WorkerService, *, starts_at: datetime) -> int:
    """Return what its worker has earned, or is booked to earn, in the month of a visit.

    The visits that are still to be made count too: otherwise a month booked ahead would be free
    of a tax that only spares its beginning.
    """
    zone, currency = here().timezone, offer.service.currency
    month = month_of(starts_at, zone=zone)
    booked = Booking.objects.filter(
        worker_id=offer.worker_id,
        currency=currency,
        state__in=BEFORE_DELIVERED,
        starts_at__gte=starts(month, zone=zone),
        starts_at__lt=starts(next_month(month), zone=zone),
    ).aggregate(sum=Sum("worker_minor"))["sum"]
    return earned_in_month(offer.worker.member_id, month, currency=currency) + (booked or 0)


def categories_upwards(service: Service) -> tuple[UUID, ...]:
    """Return a service's category, its parent, and so on up."""
    parents = dict(Category.objects.values_list("pk", "parent_id"))
    path, above = [service.category_id], parents.get(service.category_id)
    while above is not None and above not in path:
        path.append(above)
        above = parents.get(above)
    return tuple(path)


def credit_for(quote: Quote) -> Money:
    """Return how much of a quote its customer's credits would pay now; nothing where it is cash."""
    if quote.customer_id is None or quote.in_cash:
        return zero(quote.currency)
    return credit_at_checkout(quote.customer_id, amount=quote.without_tip, tip=quote.tip)


def quote_of(*, by: Actor | None, quote_id: UUID) -> Quote:
    """Return a quote: one's own, or one that nobody owns yet, which its long id gives access to.

    The system books for customers what they agreed to before.
    """
    quotes = Quote.objects.select_related(
        "worker__member__user", "worker_service__service", "customer"
    )
    found = quotes.filter(pk=quote_id).first()
    if found is None or (found.customer_id is not None and not _owns(by, found)):
        raise NotFound(what="quote")
    return found


def _owns(by: Actor | None, quote: Quote) -> bool:
    if by is None:
        return False
    return by == SYSTEM or (by.role == Role.CUSTOMER and by.member_id == quote.customer_id)


def kept_times_of(by: Actor) -> list[tuple[Quote, Occupancy]]:
    """Return a customer's prices that keep somebody's time now, with that time, oldest first."""
    at = clock.now()
    mine = Quote.objects.select_related("worker__member__user", "worker_service__service").filter(
        customer_id=by.member_id, expires_at__gt=at, occupancy_id__isnull=False
    )
    quotes = {each.occupancy_id: each for each in mine if each.occupancy_id}
    kept = Occupancy.objects.filter(
        pk__in=quotes, active=True, kind=Occupancy.HOLD, expires_at__gt=at
    )
    return [(quotes[each.pk], each) for each in kept.order_by("expires_at", "pk")]


def tip_after(booking: Booking) -> Money | None:
    """Return what was tipped after a visit, beside its price; before one is done nothing is."""
    if booking.at not in TIPPED:
        return None
    return tipped_later(booking.reference, currency=booking.currency)


def rules_now() -> list[CommissionRule]:
    """Return the rules that hold or are to come, the defaults first."""
    rows = CommissionRule.objects.select_related("category", "service", "worker__member__user")
    return list(
        rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=clock.now())).order_by(
            "-default", "kind", "valid_from", "made_at"
        )
    )


def withheld_for(
    taxes: Sequence[TaxLine], offer: WorkerService, *, starts_at: datetime, earned_minor: int
) -> list[Withholding]:
    """Return the taxes kept back of the worker's share, with what the month brought before."""
    month = asks_for_the_month(taxes)
    before = month_before(offer, starts_at=starts_at) if month else 0
    return withhold(taxes, earned_minor=earned_minor, before_minor=before)


def rates_for(taxes: Sequence[TaxLine], *, worker_member_id: UUID) -> Rates:
    """Return the country's rates, with what the tenant's own tax lines say instead."""
    usual = country_rates.rates_of(here().country)
    inside_fee = rate_inside(taxes, base=FEE)
    inside_service = rate_inside(taxes, base=SERVICE)
    registered = inside_service is not None and is_tax_registered(worker_member_id)
    return replace(
        usual,
        tax_bp=usual.tax_bp if inside_fee is None else inside_fee,
        worker_tax_bp=inside_service or 0 if registered else 0,
    )
