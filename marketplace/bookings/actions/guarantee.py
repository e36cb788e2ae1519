"""A worker is paid for work whose customer could not be charged: the business bears it until then.

What the customer pays later is the business's: it has paid the worker already.
"""

from kernel.actor import SYSTEM
from kernel.money import Money
from marketplace.bookings.actions.effects_news import tell_worker
from marketplace.bookings.models import Booking
from marketplace.bookings.notices import charges as notices
from marketplace.bookings.tenant_settings import ChargeSettings
from payments.actions.credits import compensate_worker
from tenants.tenancy.queries import settings_of

WHY = "Work that was done, and that the customer was not charged for."


def guarantee(*, booking: Booking, less_minor: int = 0) -> None:
    """Pay the worker out of the business's pocket, if the business does so."""
    if settings_of(ChargeSettings).guarantee_pay:
        pay_worker(booking=booking, less_minor=less_minor)


def pay_worker(*, booking: Booking, less_minor: int = 0) -> None:
    """Pay the worker's share out of the business's pocket, once.

    `less_minor` of it the worker pays for a fault of their own.
    """
    share = Money(booking.currency, booking.worker_minor - less_minor)
    if booking.guaranteed or share.minor <= 0:
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
