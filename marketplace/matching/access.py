"""Whom somebody who searches does not meet."""

from uuid import UUID

from django.http import HttpRequest

from kernel.actor import Role
from marketplace.matching.queries.candidates import blocked_workers
from tenants.tenancy.access import roles


def not_for(request: HttpRequest) -> frozenset[UUID]:
    """Return the workers who are not shown to whoever asks: one of the two wanted it so."""
    member = roles(request).get(Role.CUSTOMER)
    return frozenset(blocked_workers(member.pk)) if member else frozenset()
