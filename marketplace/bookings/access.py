"""In which role somebody asks about bookings: customers join with their first one."""

from uuid import UUID

from django.http import HttpRequest

from kernel.actor import Actor, Role
from kernel.errors import NotFound
from marketplace.bookings.actions.catch_up import catch_up
from marketplace.bookings.models import Booking
from tenants.tenancy.access import actor_of, me, office_actor_of, roles
from tenants.tenancy.actions.join import join


def customer_of(request: HttpRequest) -> Actor:
    """Return who has signed in as a customer here; whoever was none becomes one."""
    if Role.CUSTOMER not in roles(request):
        return Actor(role=Role.CUSTOMER, member_id=join(user=me(request), role=Role.CUSTOMER).pk)
    return actor_of(request, role=Role.CUSTOMER)


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
