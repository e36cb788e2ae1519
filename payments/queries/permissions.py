"""Questions about who may move money."""

from django.db.models import QuerySet

from kernel.actor import SYSTEM, Actor, Role
from payments.models import Grant
from payments.rules.permissions import PermissionMissing


def may(by: Actor, permission: str) -> bool:
    """Tell whether somebody may do something with money: the owner all, staff what they got."""
    if by.role == Role.OWNER or by == SYSTEM:
        return True
    if by.role != Role.STAFF or by.member_id is None:
        return False
    return Grant.objects.filter(member_id=by.member_id, permission=permission).exists()


def demand(by: Actor, permission: str) -> None:
    """Refuse whoever lacks a permission."""
    if not may(by, permission):
        raise PermissionMissing(permission=permission)


def grants() -> QuerySet[Grant]:
    """Return who was given what."""
    return Grant.objects.select_related("member__user").order_by("pk")
