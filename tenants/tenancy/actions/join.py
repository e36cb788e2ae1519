"""A person joins a tenant, in a role."""

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from kernel.actor import OFFICE, Actor, Role
from kernel.errors import NotAllowed
from kernel.events import publish
from tenants.tenancy.events import MemberJoined
from tenants.tenancy.models import Membership, User

GROUPS = {Role.OWNER: "Owners", Role.STAFF: "Staff"}


class MembershipEnded(NotAllowed):
    code = "member.ended"
    title = "Your membership here has ended. Please write to the team."


@transaction.atomic
def join(*, user: User, role: Role, by: Actor | None = None) -> Membership:
    """Give a person a role here, or return the one they have.

    A membership that was ended stays so, unless an owner lets the person in again.
    """
    membership, made = _find_or_make(user, role)
    if not membership.active:
        if by is None or by.role != Role.OWNER:
            raise MembershipEnded
        membership.active = True
        membership.save(update_fields=["active"])
    if role in OFFICE:
        user.groups.add(*Group.objects.filter(name=GROUPS[role]))
    if made:
        author = by or Actor(role=role, member_id=membership.pk)
        publish(MemberJoined(member_id=str(membership.pk), role=role.value), by=author)
    return membership


def _find_or_make(user: User, role: Role) -> tuple[Membership, bool]:
    members = Membership.objects.select_related("user")
    found = members.filter(user_id=user.pk, role=role).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return Membership.objects.create(user=user, role=role), True
    except IntegrityError:  # Somebody let them in at the same moment.
        return members.get(user_id=user.pk, role=role), False
