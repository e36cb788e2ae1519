"""When and how surely a visit is paid, by its service and the business's settings."""

from datetime import datetime
from typing import Any

from kernel import clock
from marketplace.bookings.rules import scheduling
from marketplace.bookings.tenant_settings import ChargeSettings
from marketplace.catalog.models import Service
from payments.queries.saved_cards import keeps_cards
from payments.rules.refusals import CardsNotKept
from tenants.tenancy.queries import settings_of

ESTIMATED = "estimated"


def how_paid(service: Service, *, starts_at: datetime, at_once: bool) -> dict[str, Any]:
    """Return when a visit is paid, and by how much its price may grow if it is an estimate.

    What an estimate comes to is known when the work is done, so it is paid then; and what is paid
    afterwards needs cards that can be kept. In cash, or paid ahead, none of this is asked.
    """
    if at_once:
        return {"pay_when": scheduling.AT_BOOKING, "over_bp": None}
    kept, estimated = keeps_cards(), service.pricing == ESTIMATED
    axis = scheduling.AFTER_SERVICE if estimated else service.payment
    if axis == scheduling.AFTER_SERVICE and not kept:
        raise CardsNotKept
    when = scheduling.pay_when(
        axis, starts_at=starts_at, at=clock.now(), keeps_cards=kept, in_cash=False
    )
    more = 100 * settings_of(ChargeSettings).estimate_over_percent if estimated else None
    return {"pay_when": when, "over_bp": more}


def knows_cash(service: Service) -> bool:
    """Tell whether a service takes cash, and it is known whose and how much it would be."""
    known = service.booking_mode != Service.DISPATCH and service.pricing != ESTIMATED
    return service.cash and known
