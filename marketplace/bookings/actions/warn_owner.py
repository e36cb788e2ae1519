"""Owners hear of prices with which their business loses money."""

from uuid import UUID

from django.db import transaction

from marketplace.bookings.models import Booking
from marketplace.bookings.notices import PART_BELOW_NOTHING
from tenants.messaging.actions.notify import notify
from tenants.tenancy.queries import office_members


@transaction.atomic
def warn_owner(*, booking_id: UUID) -> bool:
    """Tell the owners if of this booking less than nothing is left; once per service."""
    booking = Booking.objects.get(pk=booking_id)
    if booking.tenant_minor >= 0:
        return False
    for member in office_members().filter(role="owner"):
        notify(
            to_id=member.pk,
            notice=PART_BELOW_NOTHING,
            about=f"part:{booking.worker_service_id}",
            service=booking.service_name,
            part_minor=booking.tenant_minor,
            currency=booking.currency,
        )
    return True
