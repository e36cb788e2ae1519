"""An owner lets somebody in."""

from django.db import transaction

from kernel.actor import PEOPLE, Actor, Role
from kernel.errors import Invalid, NotAllowed
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.models import Membership


class OwnersInvite(NotAllowed):
    code = "member.owners_only"
    title = "Only owners decide who works here."


class RoleUnknown(Invalid):
    code = "member.role_unknown"
    title = "There is no such role."


@transaction.atomic
def invite_member(
    *,
    by: Actor,
    email: str,
    role: Role,
    first_name: str,
    last_name: str,
    moderates: bool = False,
) -> Membership:
    """Give a person a role here; who has none yet gets an account, to sign in to with a code."""
    if by.role != Role.OWNER:
        raise OwnersInvite
    if role not in PEOPLE:
        raise RoleUnknown(fields=["role"])
    user = find_or_make_user(email=email, first_name=first_name, last_name=last_name)
    membership = join(user=user, role=role, by=by)
    if membership.moderates != moderates:
        membership.moderates = moderates
        membership.save(update_fields=["moderates"])
    return membership
