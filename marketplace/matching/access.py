"""Who searches: in which role, whom they do not meet, and whom they keep."""

from uuid import UUID

from django.http import HttpRequest

from kernel.actor import Actor, Role
from marketplace.matching.queries.candidates import blocked_workers
from marketplace.matching.queries.favourites import favourites_of
from tenants.tenancy.access import actor_of, me, roles
from tenants.tenancy.actions.join import join


def customer_of(request: HttpRequest) -> Actor:
    """Return who has signed in as a customer here; whoever was none becomes one."""
    if Role.CUSTOMER not in roles(request):
        return Actor(role=Role.CUSTOMER, member_id=join(user=me(request), role=Role.CUSTOMER).pk)
    return actor_of(request, role=Role.CUSTOMER)


def not_for(request: HttpRequest) -> frozenset[UUID]:
    """Return the workers who are not shown to whoever asks: one of the two wanted it so."""
    member = roles(request).get(Role.CUSTOMER)
    return frozenset(blocked_workers(member.pk)) if member else frozenset()


def kept_by(request: HttpRequest) -> frozenset[UUID]:
    """Return the workers whom whoever asks keeps as a customer; a stranger keeps nobody."""
    member = roles(request).get(Role.CUSTOMER)
    return favourites_of(member.pk) if member else frozenset()
