"""Somebody looks at something personal: it is written down."""

from uuid import UUID

from kernel.actor import Actor
from tenants.tenancy.models import AccessLog


def log_access(*, by: Actor, object_kind: str, object_id: UUID | str, purpose: str) -> AccessLog:
    """Note who saw what, and why."""
    return AccessLog.objects.create(
        actor_role=by.role,
        actor_id=by.member_id,
        object_kind=object_kind,
        object_id=str(object_id),
        purpose=purpose,
    )
