"""Whoever runs the machines lends a marketplace money, so that workers need not wait."""

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.context import HOUSE, current_tenant
from kernel.errors import NotAllowed, NotFound
from kernel.events import publish
from kernel.money import Money
from payments.events.wages import FloatAsked
from payments.rules.refusals import AmountInvalid
from tenants.tenancy.actions.log_access import log_access
from tenants.tenancy.queries import all_tenants


@transaction.atomic
def lend(*, by: Actor, tenant_id: int, amount: Money, key: str) -> None:
    """Say who lends how much to whom, once per key; it is booked where the marketplace's books are.

    Only for the house.
    """
    if current_tenant() != HOUSE or by.role != Role.STAFF:
        raise NotAllowed
    tenant = all_tenants().filter(pk=tenant_id).first()
    if tenant is None:
        raise NotFound(what="tenant")
    if amount.minor <= 0 or amount.currency != tenant.currency:
        raise AmountInvalid(fields=["amount"])
    log_access(by=by, object_kind="float", object_id=tenant.slug, purpose="lend")
    publish(FloatAsked(tenant_id=tenant_id, amount_minor=amount.minor, key=f"lent:{key}"), by=by)
