"""The floor above says who may carry a badge."""

from uuid import UUID

from django.db import transaction

from kernel import clock
from kernel.actor import Actor
from tenants.identity.actions.issue_badge import issue_badge
from tenants.identity.models import Badge, Holder


@transaction.atomic
def set_holder(
    *, by: Actor, member_id: UUID, active: bool, line: str, photo_id: UUID | None = None
) -> Holder:
    """Say whether a member may carry a badge, what they do and how they look.

    Safe to repeat. Whoever becomes active for the first time gets a badge.
    """
    holder, _ = Holder.objects.update_or_create(
        member_id=member_id,
        defaults={
            "active": active,
            "line": line[:120],
            "photo_id": photo_id,
            "changed_at": clock.now(),
        },
    )
    if active and not Badge.objects.filter(holder=holder).exists():
        issue_badge(by=by, member_id=member_id)
    return holder
