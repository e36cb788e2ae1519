"""A worker is paid for work whose customer could not be charged: the business bears it until then.

What the customer pays later is the business's: it has paid the worker already.
"""

from kernel.actor import SYSTEM
from marketplace.bookings.actions.effects_news import tell_worker
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import charges as notices
from marketplace.bookings.tenant_settings import ChargeSettings
from payments.actions.credits import compensate_worker
from tenants.tenancy.queries import settings_of

WHY = "The customer's card could not be charged for work that was done."


def guarantee(booking: Booking) -> None:
    """Pay the worker's share out of the business's pocket, once, if the business does so."""
    share = booking.blocks.worker
    if booking.guaranteed or not share or not settings_of(ChargeSettings).guarantee_pay:
        return
    compensate_worker(
        by=SYSTEM,
        member_id=booking.worker.member_id,
        amount=share,
        reference=booking.reference,
        reason=WHY,
        key=f"{booking.reference}:guaranteed",
    )
    booking.guaranteed = True
    tell_worker(booking, notices.GUARANTEED_WORKER, share_minor=share.minor)
