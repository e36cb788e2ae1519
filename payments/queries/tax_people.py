"""How workers are known to the tax office."""

from dataclasses import dataclass
from uuid import UUID

from kernel.actor import Actor, Role
from kernel.crypto import unseal
from kernel.errors import NotFound
from payments.models import Payee, TaxIdentity
from tenants.tenancy.models import Membership


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxPerson:
    """A worker, what they told of themselves, and whether their price holds service tax."""

    member: Membership
    identity: TaxIdentity | None
    registered: bool


def tax_identity_of(member_id: UUID) -> TaxIdentity | None:
    """Return what a worker has told, if anything."""
    return TaxIdentity.objects.filter(member_id=member_id).first()


def opened_number(row: TaxIdentity) -> str:
    """Return the whole number; nothing of a row that has none yet."""
    return unseal(bytes(row.sealed), about=f"tax-id|{row.pk}").decode() if row.sealed else ""


def tax_people(by: Actor) -> list[TaxPerson]:
    """Return to the owner every worker, those with something to look at first."""
    if by.role != Role.OWNER:
        raise NotFound(what="taxes")
    told = {row.member_id: row for row in TaxIdentity.objects.all()}
    registered = set(Payee.objects.filter(tax_registered=True).values_list("member_id", flat=True))
    workers = Membership.objects.filter(role=Role.WORKER, active=True).select_related("user")
    people = [
        TaxPerson(member=each, identity=told.get(each.pk), registered=each.pk in registered)
        for each in workers.order_by("user__first_name", "pk")
    ]
    return sorted(people, key=_waits, reverse=True)


def _waits(person: TaxPerson) -> bool:
    return person.identity is not None and person.identity.checked_at is None
