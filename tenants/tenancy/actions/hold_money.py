"""Money stays where it is for a while, because something about an account has changed."""

from kernel import clock
from tenants.tenancy.models import SecurityHold, User
from tenants.tenancy.rules.holds import held_until


def hold_money(*, user: User, reason: str) -> SecurityHold:
    """Hold a person's money for as long as the reason says: here, or everywhere in the house."""
    at = clock.now()
    return SecurityHold.objects.create(
        user=user, reason=reason, opened_at=at, until=held_until(reason, at=at)
    )
