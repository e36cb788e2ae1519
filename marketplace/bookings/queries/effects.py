"""What the rules in force make of the prices that a business asks, shown to its owner."""

from dataclasses import dataclass
from datetime import datetime

from kernel import clock
from kernel.money import zero
from marketplace.bookings.queries.prices import categories_upwards, commission_rules
from marketplace.bookings.rules import commission, country_rates
from marketplace.bookings.rules.lines import Kind, Line
from marketplace.bookings.rules.price import Price, price
from marketplace.catalog.models import Service
from tenants.tenancy.queries import here

MOST_SERVICES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A service at its usual price, divided by the rules of a moment."""

    service: Service
    price: Price

    @property
    def loses(self) -> bool:
        """Tell whether the business pays for every such job."""
        return self.price.blocks.tenant.minor < 0


def effects_at(at: datetime | None = None) -> list[Effect]:
    """Return what becomes of each service's usual price: no tip, a regular worker and customer."""
    moment = at or clock.now()
    rules, rates = commission_rules(), country_rates.rates_of(here().country)
    services = Service.objects.filter(active=True).order_by("name")[:MOST_SERVICES]
    found = []
    for service in services:
        facts = commission.Facts(
            at=moment,
            category_ids=categories_upwards(service),
            service_id=service.pk,
            worker_tier="regular",
            customer_segment="returning",
            source="page",
        )
        work = Line(
            kind=Kind.SERVICE,
            code=service.slug,
            label=service.name,
            unit_minor=service.price_minor,
        )
        worked = price(
            lines=[work],
            tip=zero(service.currency),
            commission_rule=commission.choose(
                rules, kind=commission.Kind.WORKER_COMMISSION, facts=facts
            ),
            fee_rule=commission.choose(rules, kind=commission.Kind.CUSTOMER_FEE, facts=facts),
            rates=rates,
        )
        found.append(Effect(service=service, price=worked))
    return found
