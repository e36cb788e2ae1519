"""The owner lets somebody of the staff move money, or no longer."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from kernel.actor import Actor, Role
from kernel.errors import Invalid, NotAllowed
from payments.models import PERMISSIONS, Grant
from tenants.tenancy.queries import member


@transaction.atomic
def grant(*, by: Actor, member_id: UUID, permissions: Sequence[str]) -> list[Grant]:
    """Let a member of the staff do exactly these things with money, and nothing else."""
    if by.role != Role.OWNER or by.member_id is None:
        raise NotAllowed
    if unknown := set(permissions) - set(PERMISSIONS):
        raise Invalid(fields=["permissions"], unknown=sorted(unknown))
    whom = member(member_id)
    if whom.role != Role.STAFF:
        raise Invalid(fields=["member"])
    Grant.objects.filter(member=whom).exclude(permission__in=permissions).delete()
    return [
        Grant.objects.get_or_create(
            member=whom, permission=each, defaults={"given_by_id": by.member_id}
        )[0]
        for each in sorted(set(permissions))
    ]
