"""Questions about who may move money."""

from django.db.models import QuerySet

from kernel.actor import SYSTEM, Actor, Role
from kernel.context import HOUSE, current_tenant
from payments.models import Grant
from payments.rules.permissions import PermissionMissing


def may(by: Actor, permission: str) -> bool:
    """Tell whether somebody may do something with money: owners all, staff what they were given."""
    if by.role == Role.OWNER or by == SYSTEM:
        return True
    if by.role != Role.STAFF or by.member_id is None:
        return False
    if current_tenant() == HOUSE:
        return True  # It has no owner: whoever works for the house looks after all money.
    return Grant.objects.filter(member_id=by.member_id, permission=permission).exists()


def demand(by: Actor, permission: str) -> None:
    """Refuse whoever lacks a permission."""
    if not may(by, permission):
        raise PermissionMissing(permission=permission)


def grants() -> QuerySet[Grant]:
    """Return who was given what."""
    return Grant.objects.select_related("member__user").order_by("pk")
