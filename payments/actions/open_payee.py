"""A member is to be paid."""

from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from payments.events import PayeeOpened
from payments.models import Payee
from payments.providers.registry import PAYEES
from payments.queries.providers import provider_here
from tenants.tenancy.queries import here


def payee_of(member_id: UUID) -> Payee:
    """Return a member's payee, making it where there is none yet."""
    tenant = here()
    payee, _ = Payee.objects.get_or_create(
        member_id=member_id,
        defaults={
            "provider": provider_here(PAYEES),
            "country": tenant.country,
            "currency": tenant.currency,
        },
    )
    return payee


@transaction.atomic
def open_payee(*, by: Actor) -> Payee:
    """Begin a payout account for the worker who asks; the provider's own form does the rest."""
    if by.role != Role.WORKER or by.member_id is None:
        raise NotAllowed
    payee = payee_of(by.member_id)
    if payee.state == "none" and not payee.account_ref:
        publish(PayeeOpened(payee_id=str(payee.pk), member_id=str(by.member_id)), by=by)
    return payee
