"""How a worker is known to the tax office: they say it, the owner looks at it."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor, Role
from kernel.crypto import seal
from kernel.errors import NotAllowed, NotFound
from kernel.ids import uuid7
from payments.actions.open_payee import payee_of
from payments.actions.set_tax import OwnersDecideTaxes
from payments.models import Payee, TaxIdentity
from payments.queries.tax_people import opened_number, tax_identity_of
from payments.rules.tax_ids import check_profile, read_tax_id
from tenants.tenancy.actions.log_access import log_access
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import here


@transaction.atomic
def give_tax_id(*, by: Actor, number: str, profile: str) -> TaxIdentity:
    """Keep how the worker who asks is known to the tax office; a change is looked at again."""
    if by.role != Role.WORKER or by.member_id is None:
        raise NotAllowed
    read = read_tax_id(here().country, number)
    check_profile(profile)
    row = _of(by.member_id)
    if (row.profile, row.shown) == (profile, read.shown) and opened_number(row) == read.number:
        return row
    row.country, row.profile, row.shown = here().country, profile, read.shown
    row.sealed = seal(read.number.encode(), about=f"tax-id|{row.pk}")
    row.given_at, row.checked_at, row.checked_by = clock.now(), None, None
    row.save()
    return row


@transaction.atomic
def register_worker(*, by: Actor, member_id: UUID, registered: bool) -> Payee:
    """Note whether a worker is registered for tax on services; their number counts as looked at."""
    if by.role != Role.OWNER:
        raise OwnersDecideTaxes
    if not Membership.objects.filter(pk=member_id, role=Role.WORKER).exists():
        raise NotFound(what="worker")
    payee = payee_of(member_id)
    payee.tax_registered = registered
    payee.save(update_fields=["tax_registered"])
    TaxIdentity.objects.filter(member_id=member_id).update(
        checked_at=clock.now(), checked_by_id=by.member_id
    )
    return payee


@transaction.atomic
def read_tax_number(*, by: Actor, member_id: UUID) -> str:
    """Show an owner the whole of a worker's number, and note that they looked."""
    if by.role != Role.OWNER:
        raise OwnersDecideTaxes
    row = tax_identity_of(member_id)
    if row is None:
        raise NotFound(what="tax number")
    log_access(by=by, object_kind="payments.tax_identity", object_id=row.pk, purpose="taxes")
    return opened_number(row)


def _of(member_id: UUID) -> TaxIdentity:
    known = TaxIdentity.objects.select_for_update().filter(member_id=member_id).first()
    return known or TaxIdentity(id=uuid7(), member_id=member_id)
