"""An owner lets somebody go."""

from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction

from kernel.actor import OFFICE, Actor, Role
from kernel.errors import Conflict
from tenants.tenancy.actions.end_sessions import end_sessions
from tenants.tenancy.actions.invite_member import OwnersInvite
from tenants.tenancy.actions.join import GROUPS
from tenants.tenancy.models import Membership
from tenants.tenancy.queries import member


class LastOwner(Conflict):
    code = "member.last_owner"
    title = "A marketplace needs an owner: invite another one first."


@transaction.atomic
def end_membership(*, by: Actor, member_id: UUID) -> Membership:
    """End somebody's role here, and their sessions at once. The last owner stays."""
    if by.role != Role.OWNER:
        raise OwnersInvite
    owners = Membership.objects.select_for_update().filter(role=Role.OWNER, active=True)
    remaining = [each.pk for each in owners.order_by("pk") if each.pk != member_id]
    leaving = member(member_id)
    if leaving.role == Role.OWNER and not remaining:
        raise LastOwner
    leaving.active = False
    leaving.save(update_fields=["active"])
    role = Role(leaving.role)
    if role in OFFICE:
        leaving.user.groups.remove(*Group.objects.filter(name=GROUPS[role]))
    end_sessions(user=leaving.user)
    return leaving
