"""What follows when somebody's second factor is set up, or taken away by the house."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from kernel.context import HOUSE
from kernel.edge import working_for
from kernel.errors import NotFound
from tenants.tenancy.actions.end_sessions import end_everywhere
from tenants.tenancy.actions.hold_money import hold_money
from tenants.tenancy.actions.warn import warn
from tenants.tenancy.models import SecurityHold, User
from tenants.tenancy.rules.alerts import FACTOR_CHANGED
from tenants.tenancy.rules.holds import FACTORS_RESET


@transaction.atomic
def note_factor_change(*, user: User, this_session: UUID | None) -> int:
    """End all other sessions on every host and tell the person; return how many ended."""
    warn(user=user, kind=FACTOR_CHANGED)
    return end_everywhere(user=user, except_for=this_session)


@transaction.atomic
def remove_factor(*, user: User, this_session: UUID | None) -> SecurityHold:
    """Take somebody's own authenticator and its recovery codes away, as they asked for."""
    Authenticator.objects.filter(user=user).delete()
    note_factor_change(user=user, this_session=this_session)
    return hold_money(user=user, reason=FACTORS_RESET)


@transaction.atomic
def renew_recovery_codes(*, user: User, this_session: UUID | None) -> SecurityHold:
    """Make new recovery codes; whoever had the old ones has nothing."""
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    note_factor_change(user=user, this_session=this_session)
    return hold_money(user=user, reason=FACTORS_RESET)


@transaction.atomic
def reset_factors(*, email: str, reason: str = FACTORS_RESET) -> SecurityHold:
    """Take away the second factor of somebody who lost it; their money rests for three days."""
    with working_for(HOUSE):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise NotFound(what="account")
        Authenticator.objects.filter(user=user).delete()
        note_factor_change(user=user, this_session=None)
        return hold_money(user=user, reason=reason)
