"""In which role somebody asks about bookings: customers join with their first one."""

from uuid import UUID

from django.http import HttpRequest

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.models import Booking
from marketplace.matching.access import customer_of
from tenants.tenancy.access import actor_of, office_actor_of, roles

__all__ = ["actors_of", "customer_of", "part_in"]


def actors_of(request: HttpRequest) -> list[Actor]:
    """Return every capacity in which somebody can look at bookings here."""
    mine = roles(request)
    found = [actor_of(request, role=role) for role in (Role.CUSTOMER, Role.WORKER) if role in mine]
    if Role.OWNER in mine or Role.STAFF in mine:
        found.append(office_actor_of(request))
    return found


def part_in(
    request: HttpRequest, *, code: str = "", booking_id: UUID | None = None
) -> tuple[Actor, Booking]:
    """Return a booking and in which capacity somebody has a part in it; a stranger has none."""
    for actor in actors_of(request):
        try:
            return actor, catch_up(by=actor, code=code, booking_id=booking_id)
        except NotFound:
            continue
    raise NotFound(what="booking")
