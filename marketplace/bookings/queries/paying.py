"""When and how surely a visit is paid, by its service and the business's settings."""

from datetime import datetime

from kernel import clock
from marketplace.bookings.rules import scheduling
from marketplace.bookings.tenant_settings import ChargeSettings
from marketplace.catalog.models import Service
from payments.queries.saved_cards import keeps_cards
from payments.rules.refusals import CardsNotKept
from tenants.tenancy.queries import settings_of

ESTIMATED = "estimated"


def when_paid(service: Service, *, starts_at: datetime, in_cash: bool) -> str:
    """Return when a visit is paid; what is paid afterwards needs cards that can be kept.

    What an estimate comes to is known when the work is done, so it is paid then.
    """
    kept = keeps_cards()
    axis = scheduling.AFTER_SERVICE if service.pricing == ESTIMATED else service.payment
    if axis == scheduling.AFTER_SERVICE and not kept:
        raise CardsNotKept
    return scheduling.pay_when(
        axis, starts_at=starts_at, at=clock.now(), keeps_cards=kept, in_cash=in_cash
    )


def over_bp(service: Service) -> int | None:
    """Return by how much a final price may be above the estimate; a price that stands has none."""
    if service.pricing != ESTIMATED:
        return None
    return 100 * settings_of(ChargeSettings).estimate_over_percent
