"""An owner lets somebody in."""

from django.db import transaction

from kernel.actor import PEOPLE, Actor, Role
from kernel.errors import Invalid, NotAllowed
from tenants.tenancy.actions.end_sessions import end_sessions
from tenants.tenancy.actions.join import join
from tenants.tenancy.actions.sign_up import find_or_make_user
from tenants.tenancy.models import Membership, User
from tenants.tenancy.queries import member, roles_of


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
    """Give a person a role here; who has none yet gets an account, to sign in to with a code.

    With a role that they did not have, their sessions here end, except for the owner's own.
    """
    if by.role != Role.OWNER:
        raise OwnersInvite
    if role not in PEOPLE:
        raise RoleUnknown(fields=["role"])
    user = find_or_make_user(email=email, first_name=first_name, last_name=last_name)
    membership = _give(user, role, by)
    if membership.moderates != moderates:
        membership.moderates = moderates
        membership.save(update_fields=["moderates"])
    return membership


def _give(user: User, role: Role, by: Actor) -> Membership:
    had = role in roles_of(user.pk)
    membership = join(user=user, role=role, by=by)
    if not had and by.member_id is not None and member(by.member_id).user_id != user.pk:
        end_sessions(user=user)
    return membership
