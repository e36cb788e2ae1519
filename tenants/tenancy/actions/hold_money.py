"""Money stays where it is for a while, because something about an account has changed."""

from kernel import clock
from kernel.actor import SYSTEM
from tenants.tenancy.actions.note_security import note_security
from tenants.tenancy.models import SecurityHold, User
from tenants.tenancy.rules.holds import held_until


def hold_money(*, user: User, reason: str) -> SecurityHold:
    """Hold a person's money for as long as the reason says: here, or everywhere in the house."""
    at = clock.now()
    note_security(by=SYSTEM, kind="hold", object_kind="user", object_id=str(user.pk), reason=reason)
    return SecurityHold.objects.create(
        user=user, reason=reason, opened_at=at, until=held_until(reason, at=at)
    )
